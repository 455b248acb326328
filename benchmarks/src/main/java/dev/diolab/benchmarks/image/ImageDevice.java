package dev.diolab.benchmarks.image;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.device.UringDevice;
import java.io.IOException;
import java.nio.file.Path;

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
  };

  private final String label;

  ImageDevice(String label) {
    this.label = label;
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
