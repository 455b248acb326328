package dev.diolab.benchmarks.image;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.device.UringDevice;
import dev.diolab.engine.os.Uring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which device of the engine serves the image. They differ in asynchronous requests only: those of
 * {@link #FILE} are synchronous ones in threads.
 */
public enum ImageDevice {
  /** O_DIRECT reads and writes; a few threads for each asynchronous context. */
  FILE("file") {
    @Override
    public BlockDevice open(Path image) throws IOException {
      return FileDevice.open(image);
    }
  },
  /** The same, with a ring of io_uring for each asynchronous context. */
  URING("uring") {
    @Override
    public BlockDevice open(Path image) throws IOException {
      return UringDevice.open(image);
    }

    @Override
    public ImageDevice permitted(Consumer<String> notice) {
      return unless(Uring.unavailableBecause(), notice);
    }
  };

  private final String label;

  ImageDevice(String label) {
    this.label = label;
  }

  /**
   * This device, or the one that serves where io_uring is not permitted.
   *
   * @param notice told in a sentence when it is another one, and why
   */
  public ImageDevice permitted(Consumer<String> notice) {
    return this;
  }

  /** This device if {@code why} is null, else threads. */
  final ImageDevice unless(@Nullable String why, Consumer<String> notice) {
    if (why == null) {
      return this;
    }
    notice.accept(
        "--device "
            + label
            + " cannot be used here: "
            + why
            + "; --device "
            + FILE.label
            + " takes its place, and stands in the results");
    return FILE;
  }

  /** The name on the command line and in results. */
  public String label() {
    return label;
  }

  /**
   * Opens the image.
   *
   * @throws dev.diolab.engine.device.UnusableDeviceException when the image cannot serve, or
   *     io_uring is not permitted
   */
  public abstract BlockDevice open(Path image) throws IOException;
}
