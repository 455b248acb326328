package dev.diolab.engine.device;

import dev.diolab.engine.os.Uring;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The queues that keep the whole contract of {@link IoQueue}. */
enum QueueKind {
  POOL_ON_MEMORY {
    @Override
    BlockDevice createDevice(Path directory, long sizeBytes) {
      return new MemoryDevice(sizeBytes);
    }

    @Override
    IoQueue open(BlockDevice device, int depth) {
      return new PoolQueue(device, depth);
    }
  },

  POOL_ON_FILE {
    @Override
    BlockDevice createDevice(Path directory, long sizeBytes) throws IOException {
      return FileDevice.create(directory.resolve("device"), sizeBytes);
    }
  },

  INLINE {
    @Override
    BlockDevice createDevice(Path directory, long sizeBytes) {
      return new MemoryDevice(sizeBytes);
    }
  },

  INLINE_SHUFFLED {
    @Override
    BlockDevice createDevice(Path directory, long sizeBytes) {
      return new MemoryDevice(sizeBytes);
    }

    @Override
    IoQueue open(BlockDevice device, int depth) {
      return InlineQueue.shuffled(device, depth, 11);
    }
  },

  EMULATED {
    @Override
    BlockDevice createDevice(Path directory, long sizeBytes) {
      return new EmulatedDevice(
          DiskModels.NVME_PLP, new MemoryDevice(sizeBytes), 5, EmulatedClock.real());
    }
  },

  URING {
    @Override
    BlockDevice createDevice(Path directory, long sizeBytes) throws IOException {
      assumePermitted();
      return UringDevice.create(directory.resolve("device"), sizeBytes);
    }
  };

  /** A new device full of zeros; {@code directory} is empty and has direct I/O. */
  abstract BlockDevice createDevice(Path directory, long sizeBytes) throws IOException;

  /** A queue of a device of this kind. */
  IoQueue open(BlockDevice device, int depth) throws IOException {
    return device.openQueue(depth);
  }

  /** Skips the test where io_uring is not permitted. */
  static void assumePermitted() {
    String why = Uring.unavailableBecause();
    Assumptions.assumeTrue(why == null, () -> "no io_uring here: " + why);
  }
}
