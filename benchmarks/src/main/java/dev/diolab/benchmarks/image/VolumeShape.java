package dev.diolab.benchmarks.image;

import dev.diolab.engine.file.VolumeOptions;

/** How much of an image the journal takes, and what is left for test files. */
public final class VolumeShape {
  private static final long MIB = 1L << 20;
  private static final long SMALLEST_JOURNAL_BYTES = 4 * MIB;
  private static final long LARGEST_JOURNAL_BYTES = 64 * MIB;
  private static final int JOURNAL_SHARE = 16;

  /** Few files are ever there at once; a table of 128 is one to eight blocks. */
  private static final int INODES = 128;

  /** One bitmap for each group, at worst 0.4 %, and the extent trees: nodes of one file. */
  private static final int METADATA_SHARE = 64;

  private VolumeShape() {}

  /** What mkfs is told for an image of {@code deviceBytes}. */
  public static VolumeOptions options(long deviceBytes, int blockBytes) {
    return new VolumeOptions(
        blockBytes, Math.toIntExact(journalBytes(deviceBytes) / blockBytes), INODES);
  }

  /** The largest test file, in whole MiB, that an image of {@code deviceBytes} has room for. */
  public static long largestFileBytes(long deviceBytes) {
    long rest = deviceBytes - journalBytes(deviceBytes) - deviceBytes / METADATA_SHARE - MIB;
    return Math.max(0, rest / MIB * MIB);
  }

  /** Size of a device that has room for a file of {@code fileBytes}. */
  public static long deviceBytes(long fileBytes) {
    long bytes = Math.ceilDiv(Math.max(fileBytes, MIB), MIB) * MIB;
    while (largestFileBytes(bytes) < fileBytes) {
      bytes = Math.ceilDiv(bytes + bytes / 16, MIB) * MIB;
    }
    return bytes;
  }

  private static long journalBytes(long deviceBytes) {
    return Math.clamp(
        deviceBytes / JOURNAL_SHARE / MIB * MIB, SMALLEST_JOURNAL_BYTES, LARGEST_JOURNAL_BYTES);
  }
}
