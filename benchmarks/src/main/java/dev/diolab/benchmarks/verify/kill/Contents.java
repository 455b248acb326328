package dev.diolab.benchmarks.verify.kill;

import org.jspecify.annotations.Nullable;

/**
 * What the units of 4096 bytes of all files hold.
 *
 * @param zero never written: zeros
 * @param whole a whole stamp of the killed bench, at its own place
 * @param torn the two ends are of different writes; a kill tears no unit that the kernel took as
 *     one
 * @param wrong anything else: poison, or what was written to another place, by another version or
 *     by another bench
 * @param firstProblem the first torn or wrong unit, where there is one
 */
record Contents(long zero, long whole, long torn, long wrong, @Nullable String firstProblem) {
  /** Of no file. */
  static final Contents NONE = new Contents(0, 0, 0, 0, null);

  long units() {
    return zero + whole + torn + wrong;
  }

  Contents plus(Contents other) {
    return new Contents(
        zero + other.zero,
        whole + other.whole,
        torn + other.torn,
        wrong + other.wrong,
        firstProblem == null ? other.firstProblem : firstProblem);
  }
}
