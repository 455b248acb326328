package dev.diolab.benchmarks.verify.faults;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a file may hold: its bytes before and after what was written since it was last made durable.
 *
 * <p>Thread safety: none.
 */
final class Expected {
  private static final int SECTOR = 512;

  /** What is durable. */
  private byte[] old;

  /** What was acknowledged, and what was not where {@link #doubtFrom} says so. */
  private byte[] now;

  /** The range of a write that failed: it was done, in part or not at all. */
  private long doubtFrom;

  private long doubtTo;

  Expected(byte[] contents) {
    old = contents.clone();
    now = contents.clone();
  }

  /** Somebody writes {@code data}. */
  void write(long offset, byte[] data) {
    int end = (int) offset + data.length;
    if (end > now.length) {
      now = Arrays.copyOf(now, end);
    }
    System.arraycopy(data, 0, now, (int) offset, data.length);
  }

  /** The write of this range is neither acknowledged nor known not to have happened. */
  void doubt(long offset, int bytes) {
    doubtFrom = offset;
    doubtTo = offset + bytes;
  }

  /** The write was acknowledged. */
  void trust() {
    doubtFrom = 0;
    doubtTo = 0;
  }

  /** Everything acknowledged is durable. */
  void sync() {
    if (doubtTo == 0) {
      old = now.clone();
    }
  }

  /** The first thing that is wrong with {@code contents} while the volume is in use, or null. */
  @Nullable String problemNow(byte[] contents) {
    long least = doubtTo > 0 ? old.length : now.length;
    if (contents.length < least || contents.length > now.length) {
      return sizeProblem(contents.length, least);
    }
    for (int at = 0; at < contents.length; at += SECTOR) {
      boolean inDoubt = at >= doubtFrom && at < doubtTo;
      boolean isRight = holds(contents, at, now) || (inDoubt && holds(contents, at, old));
      if (!isRight) {
        return sectorProblem(contents, at);
      }
    }
    return null;
  }

  /** The first thing that is wrong with {@code contents} after a crash, or null. */
  @Nullable String problemAfterCrash(byte[] contents) {
    if (contents.length != old.length && contents.length != now.length) {
      return sizeProblem(contents.length, old.length);
    }
    for (int at = 0; at < contents.length; at += SECTOR) {
      if (!holds(contents, at, now) && !holds(contents, at, old)) {
        return sectorProblem(contents, at);
      }
    }
    return null;
  }

  private String sizeProblem(long size, long least) {
    return "the file has " + size + " bytes, but must have " + least + " to " + now.length;
  }

  /** Whether the sector at {@code at} is as in {@code version}, which is zero behind its end. */
  private static boolean holds(byte[] contents, int at, byte[] version) {
    int end = Math.min(at + SECTOR, contents.length);
    for (int i = at; i < end; i++) {
      if (contents[i] != (i < version.length ? version[i] : 0)) {
        return false;
      }
    }
    return true;
  }

  private String sectorProblem(byte[] contents, int at) {
    int end = Math.min(at + SECTOR, contents.length);
    return "the sector at "
        + at
        + " holds "
        + name(Arrays.copyOfRange(contents, at, end))
        + ", not what was written";
  }

  private String name(byte[] sector) {
    byte[] zeros = new byte[sector.length];
    if (Arrays.equals(sector, zeros)) {
      return "zeros";
    }
    if (sector.length >= 8
        && new String(sector, 0, 8, StandardCharsets.US_ASCII).equals("!!STALE!")) {
      return "stale bytes";
    }
    for (int at = 0; at + sector.length <= old.length; at += SECTOR) {
      if (holdsAt(sector, at, old)) {
        return "what was at " + at + " before";
      }
    }
    return "bytes that nobody wrote";
  }

  private static boolean holdsAt(byte[] sector, int at, byte[] version) {
    return Arrays.equals(sector, 0, sector.length, version, at, at + sector.length);
  }
}
