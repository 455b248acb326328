package dev.diolab.benchmarks.verify.fsx;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Where the bytes of all writes come from: one array of random bytes, of which each write takes a
 * piece that begins somewhere else. What a write stored at a place is then known from one number,
 * and comparing with it is comparing two arrays.
 *
 * <p>Thread safety: immutable; nobody writes into {@link #bytes}.
 */
final class Contents {
  /** Places at which pieces begin; neighbours share no data at the same offset of a file. */
  private static final int PLACES = 1 << 14;

  private static final int GAP = 64;

  private static final byte[] ZEROS = new byte[1 << 16];

  private final byte[] bytes;

  /** For writes of at most {@code longest} bytes. */
  Contents(long seed, int longest) {
    bytes = new byte[PLACES * GAP + longest];
    new SplittableRandom(seed).nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] |= 1; // never zero: a hole is told from data byte by byte
    }
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the piece of write number {@code number} begins. */
  int place(long number) {
    return (int) ((number * 0x9E37_79B9_7F4A_7C15L) >>> 50) * GAP;
  }

  /** How many bytes from {@code from} on of {@code data} are zero, at most {@code count}. */
  static int zeros(byte[] data, int from, int count) {
    int done = 0;
    while (done < count) {
      int step = Math.min(count - done, ZEROS.length);
      int same = Arrays.mismatch(data, from + done, from + done + step, ZEROS, 0, step);
      if (same >= 0) {
        return done + same;
      }
      done += step;
    }
    return count;
  }

  /** How many bytes of {@code data} are those of the contents at {@code place}. */
  int same(byte[] data, int from, int place, int count) {
    return same(data, from, bytes, place, count);
  }

  /** How many bytes at the start of two ranges are the same. */
  static int same(byte[] data, int from, byte[] other, int otherFrom, int count) {
    int at = Arrays.mismatch(data, from, from + count, other, otherFrom, otherFrom + count);
    return at < 0 ? count : at;
  }
}
