package dev.diolab.benchmarks.content;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The mark that every written unit of 4096 bytes carries, so that a lost, misplaced, stale or torn
 * write is found when the file is read back.
 *
 * <pre>
 *  0       8      16        24                                  4088     4096
 *  +-------+------+---------+-----------------------------------+--------+
 *  | trial | unit | version |  not part of the stamp            |  seal  |
 *  +-------+------+---------+-----------------------------------+--------+
 * </pre>
 *
 * <p>{@code trial} tells this trial from any other, {@code unit} is the place in the file in units,
 * {@code version} counts the writes of that place, {@code seal} is a hash of the three and stands
 * at the other end: a unit whose ends are of different writes is torn.
 *
 * <p>Thread safety: stateless.
 */
public final class Stamp {
  /** Bytes that one stamp stands for. */
  public static final int UNIT_BYTES = 4096;

  private static final int TRIAL = 0;
  private static final int UNIT = 8;
  private static final int VERSION = 16;
  private static final int SEAL = UNIT_BYTES - Long.BYTES;

  private Stamp() {}

  /** Marks the units in {@code [bufferOffset, bufferOffset + bytes)} as {@code unit} and next. */
  public static void write(
      MemorySegment buffer, long bufferOffset, int bytes, long trial, long unit, long version) {
    for (int done = 0; done < bytes; done += UNIT_BYTES) {
      long at = bufferOffset + done;
      long current = unit + done / UNIT_BYTES;
      buffer.set(ValueLayout.JAVA_LONG_UNALIGNED, at + TRIAL, trial);
      buffer.set(ValueLayout.JAVA_LONG_UNALIGNED, at + UNIT, current);
      buffer.set(ValueLayout.JAVA_LONG_UNALIGNED, at + VERSION, version);
      buffer.set(ValueLayout.JAVA_LONG_UNALIGNED, at + SEAL, seal(trial, current, version));
    }
  }

  /** Whether the unit at {@code at} is exactly what {@link #write} left for these values. */
  public static boolean matches(
      MemorySegment buffer, long at, long trial, long unit, long version) {
    return buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + TRIAL) == trial
        && buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + UNIT) == unit
        && buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + VERSION) == version
        && buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + SEAL) == seal(trial, unit, version);
  }

  /**
   * Whether the unit at {@code at} carries the mark of {@code trial}, whatever place or version.
   */
  public static boolean isOfTrial(MemorySegment buffer, long at, long trial) {
    return buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + TRIAL) == trial;
  }

  /**
   * Whether the unit at {@code at} begins as all zeros do, or as {@link #write} leaves it for this
   * trial and place: also while it is being written it cannot begin otherwise.
   */
  public static boolean isOfPlaceOrZero(MemorySegment buffer, long at, long trial, long unit) {
    long foundTrial = buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + TRIAL);
    long foundUnit = buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + UNIT);
    return (foundTrial == 0 || foundTrial == trial) && (foundUnit == 0 || foundUnit == unit);
  }

  /** Whether both ends of the unit at {@code at} are of the same write, whichever it was. */
  public static boolean isWhole(MemorySegment buffer, long at) {
    return buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + SEAL)
        == seal(
            buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + TRIAL),
            buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + UNIT),
            versionAt(buffer, at));
  }

  /** The version that the unit at {@code at} carries, if it carries a stamp. */
  public static long versionAt(MemorySegment buffer, long at) {
    return buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + VERSION);
  }

  /** What stands at {@code at}, for a message. */
  public static String describe(MemorySegment buffer, long at) {
    return String.format(
        "trial=%016x unit=%d version=%d %s",
        buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + TRIAL),
        buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at + UNIT),
        versionAt(buffer, at),
        isWhole(buffer, at) ? "whole" : "torn");
  }

  /** Never 0 for the all-zero stamp, so that a zeroed unit is no stamp. */
  private static long seal(long trial, long unit, long version) {
    long hash = trial * 0x9E37_79B9_7F4A_7C15L + unit;
    hash = (hash ^ (hash >>> 32)) * 0xD6E8_FEB8_6659_FD93L + version;
    return hash ^ (hash >>> 29) ^ 0x5DEE_CE66_D1CE_4E5BL;
  }
}
