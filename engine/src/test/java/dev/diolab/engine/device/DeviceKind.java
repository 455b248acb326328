package dev.diolab.engine.device;

import java.io.IOException;
import java.nio.file.Path;

/** The devices that keep the whole contract of {@link BlockDevice}. */
enum DeviceKind {
  FILE {
    @Override
    BlockDevice create(Path directory, long sizeBytes) throws IOException {
      return FileDevice.create(directory.resolve("device"), sizeBytes);
    }
  },

  MEMORY {
    @Override
    BlockDevice create(Path directory, long sizeBytes) {
      return new MemoryDevice(sizeBytes);
    }
  },

  EMULATED {
    @Override
    BlockDevice create(Path directory, long sizeBytes) {
      return new EmulatedDevice(
          DiskModels.HDD, new MemoryDevice(sizeBytes), 5, new CountingClock());
    }
  };

  /** A new device full of zeros; {@code directory} is empty and has direct I/O. */
  abstract BlockDevice create(Path directory, long sizeBytes) throws IOException;
}
