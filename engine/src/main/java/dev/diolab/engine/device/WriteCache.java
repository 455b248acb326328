package dev.diolab.engine.device;

import dev.diolab.engine.os.FileStatus.DeviceNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel believes of the write cache of a block device (sysfs queue/write_cache). */
final class WriteCache {
  private static final String WRITE_THROUGH = "write through";

  private WriteCache() {}

  /** False only when the kernel says that no completed write is ever lost at power failure. */
  static boolean isVolatile(DeviceNumber storage) {
    return isVolatile(Path.of("/sys/dev/block", storage.major() + ":" + storage.minor()));
  }

  /** As {@link #isVolatile(DeviceNumber)}, for the description of the device in {@code sysfs}. */
  static boolean isVolatile(Path sysfs) {
    try {
      Path device = sysfs.toRealPath();
      Path queue = device.resolve("queue/write_cache");
      if (!Files.exists(queue)) {
        // A partition has no queue of its own; its disk stands above it.
        queue = device.resolveSibling("queue/write_cache");
      }
      return !Files.readString(queue).strip().equals(WRITE_THROUGH);
    } catch (IOException unknown) {
      return true;
    }
  }
}
