package dev.diolab.benchmarks.verify.history;

import dev.diolab.engine.format.Poison;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The data of writes: each sector of 512 bytes is filled with one word that names the write and the
 * place, so that every sector read back tells where it comes from.
 *
 * <pre>
 *   63        48 47          28 27    24 23         0
 *  +------------+--------------+--------+------------+
 *  | 0xD10B     | event id     | file   | sector     |
 *  +------------+--------------+--------+------------+
 * </pre>
 */
public final class Words {
  /** Bytes of a sector: the unit in which a device does not tear. */
  public static final int SECTOR = 512;

  /** The word of a sector that is not filled with one word. */
  public static final long MIXED = -1;

  /** The word of a sector of zeros. */
  public static final long ZERO = 0;

  private static final long MAGIC = 0xD10BL << 48;

  private Words() {}

  /** The word of event {@code id} at {@code sector} of {@code file}. */
  public static long of(int id, int file, long sector) {
    return MAGIC | (long) id << 28 | (long) file << 24 | sector;
  }

  /** Fills the buffer with what event {@code id} writes from {@code fileOffset} on. */
  public static void fill(MemorySegment buffer, int bytes, int id, int file, long fileOffset) {
    for (int at = 0; at < bytes; at += Long.BYTES) {
      long word = of(id, file, (fileOffset + at) / SECTOR);
      buffer.set(ValueLayout.JAVA_LONG_UNALIGNED, at, word);
    }
  }

  /** The words of the sectors in the first {@code bytes} of {@code buffer}. */
  public static long[] read(MemorySegment buffer, int bytes) {
    long[] words = new long[bytes / SECTOR];
    for (int i = 0; i < words.length; i++) {
      words[i] = wordAt(buffer, (long) i * SECTOR);
    }
    return words;
  }

  private static long wordAt(MemorySegment buffer, long at) {
    long first = buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
    long differences = 0;
    for (int i = Long.BYTES; i < SECTOR; i += Long.BYTES) {
      differences |= first ^ buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + i);
    }
    return differences == 0 ? first : MIXED;
  }

  /** Whether {@code word} is of a write, whatever file and place. */
  public static boolean isData(long word) {
    return word >>> 48 == MAGIC >>> 48;
  }

  /** The event that {@code word} names. */
  public static int id(long word) {
    return (int) (word >>> 28) & 0xF_FFFF;
  }

  /** Whether {@code word} belongs at {@code sector} of {@code file}. */
  public static boolean isAt(long word, int file, long sector) {
    return (word & 0xFFF_FFFF) == ((long) file << 24 | sector);
  }

  /** What a sector holds, for a message. */
  public static String describe(long word) {
    if (word == ZERO) {
      return "zeros";
    } else if (word == MIXED) {
      return "bytes of no single write";
    } else if (word == Poison.WORD) {
      return "poison, which was never written to any file";
    } else if (isData(word)) {
      return String.format(
          "data of write #%d at offset %d of file %d",
          id(word), (word & 0xFF_FFFF) * SECTOR, word >>> 24 & 0xF);
    }
    return String.format("%016x, which no write ever wrote", word);
  }
}
