package dev.diolab.benchmarks.verify.races;

import dev.diolab.engine.format.Poison;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.StringJoiner;

/**
 * Contents in words: each write of a race is filled with one letter of its own, a hole is '0', and
 * what mkfs left on the device, or anything else that nobody wrote, is '!'.
 */
final class Letters {
  /** What no file may ever show. */
  static final char STALE = '!';

  /** Zeros. */
  static final char ZERO = '0';

  private static final int WORST_RUNS = 6;

  private Letters() {}

  /** {@code bytes} times {@code letter}. */
  static byte[] of(char letter, int bytes) {
    byte[] data = new byte[bytes];
    Arrays.fill(data, (byte) letter);
    return data;
  }

  /** The letter of one byte. */
  static char letterOf(byte value) {
    if (value == 0) {
      return ZERO;
    }
    return value >= 'a' && value <= 'z' ? (char) value : STALE;
  }

  /** The runs of equal letters, as "512 x a, 3584 x 0". */
  static String describe(byte[] data) {
    if (data.length == 0) {
      return "nothing";
    }
    StringJoiner runs = new StringJoiner(", ");
    int from = 0;
    for (int count = 1; from < data.length; count++) {
      if (count > WORST_RUNS) {
        return runs.add("...").toString();
      }
      int to = from;
      while (to < data.length && letterOf(data[to]) == letterOf(data[from])) {
        to++;
      }
      runs.add(to - from + " x " + letterOf(data[from]));
      from = to;
    }
    return runs.toString();
  }

  /** Whether a byte of poison is taken for a letter; never, by the choice of the poison word. */
  static boolean poisonLooksLikeALetter() {
    MemorySegment word = MemorySegment.ofArray(new byte[Long.BYTES]);
    Poison.fill(word);
    for (byte value : word.toArray(ValueLayout.JAVA_BYTE)) {
      if (letterOf(value) != STALE) {
        return true;
      }
    }
    return false;
  }
}
