package dev.diolab.benchmarks.image;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DiskModel;
import dev.diolab.engine.device.DiskModels;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.device.UringDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which device of the engine serves the volume. {@link #FILE} and {@link #URING} serve an image and
 * differ in asynchronous requests only: those of {@link #FILE} are synchronous ones in threads. The
 * others are disks that one does not have, emulated in memory.
 */
public enum ImageDevice {
  /** O_DIRECT reads and writes; a few threads for each asynchronous context. */
  FILE("file", null),
  /** The same, with a ring of io_uring for each asynchronous context. */
  URING("uring", null),
  /** A hard disk of 7200 rpm. */
  EMULATED_HDD("emulated-hdd", DiskModels.HDD),
  /** A consumer's SATA SSD. */
  EMULATED_SATA("emulated-sata", DiskModels.SATA_SSD),
  /** A consumer's NVMe SSD, with a volatile cache. */
  EMULATED_NVME("emulated-nvme", DiskModels.NVME),
  /** A data centre's NVMe SSD, protected against power loss. */
  EMULATED_NVME_PLP("emulated-nvme-plp", DiskModels.NVME_PLP);

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // a record of records
  private final @Nullable DiskModel model;

  ImageDevice(String label, @Nullable DiskModel model) {
    this.label = label;
    this.model = model;
  }

  /** The name on the command line and in results; that of an emulated disk says so. */
  public String label() {
    return label;
  }

  /** What an emulated disk is like; null for a device that serves an image. */
  public @Nullable DiskModel model() {
    return model;
  }

  /** The names of all, for messages. */
  public static String labels() {
    return Arrays.stream(values()).map(ImageDevice::label).collect(Collectors.joining(", "));
  }

  /**
   * Opens the image.
   *
   * @throws dev.diolab.engine.device.UnusableDeviceException when the image cannot serve, or
   *     io_uring is not permitted
   */
  public BlockDevice open(Path image) throws IOException {
    return switch (this) {
      case FILE -> FileDevice.open(image);
      case URING -> UringDevice.open(image);
      default -> throw new AssertionError(label + " does not serve an image: " + image);
    };
  }
}
