package dev.diolab.benchmarks.workload;

import dev.diolab.engine.file.DioFile;
import java.io.IOException;

/** How SEG-ROLL makes the next segment of a log: its variants. */
enum SegmentCreation {
  /** Unwritten blocks: etcd, dqlite, and Zeebe with POSIX. */
  FALLOCATE("fallocate", 0, false),
  /** Zeros in writes of 128 KiB, then one sync: Scylla since its issue 7802. */
  ZEROS_128K("zero-fill 128k", 128 << 10, false),
  /** The same, every write durable: Scylla before that. */
  ZEROS_128K_DSYNC("zero-fill 128k, dsync", 128 << 10, true),
  /** Zeros in writes of 1 MiB, then one sync. */
  ZEROS_1M("zero-fill 1m", 1 << 20, false),
  /** The same, every write durable. */
  ZEROS_1M_DSYNC("zero-fill 1m, dsync", 1 << 20, true),
  /** The segment that was written out last is written again, as after a rename. */
  RECYCLE("recycle", 0, false);

  private final String label;
  private final int writeBytes;
  private final boolean dsync;

  SegmentCreation(String label, int writeBytes, boolean dsync) {
    this.label = label;
    this.writeBytes = writeBytes;
    this.dsync = dsync;
  }

  static SegmentCreation parse(String variant) {
    for (SegmentCreation creation : values()) {
      if (creation.label.equals(variant)) {
        return creation;
      }
    }
    throw new AssertionError("no variant of SEG-ROLL: " + variant);
  }

  /** The variant of the workload. */
  String label() {
    return label;
  }

  /** A new file of {@code bytes}, durable; what can be recycled is all written. */
  DioFile make(WorkVolume volume, long bytes) throws IOException {
    DioFile file = volume.volume().create();
    switch (this) {
      case FALLOCATE -> {
        file.fallocate(0, bytes, false);
        file.fsync();
      }
      case ZEROS_128K, ZEROS_128K_DSYNC, ZEROS_1M, ZEROS_1M_DSYNC ->
          ZeroFill.fill(volume, file, 0, bytes, writeBytes, dsync);
      case RECYCLE -> ZeroFill.fill(volume, file, 0, bytes);
    }
    return file;
  }
}
