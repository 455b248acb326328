package dev.diolab.benchmarks.record;

import dev.diolab.results.run.Slices;
import dev.diolab.results.run.Slices.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;

/**
 * The service times of one thread in each slice of the warm-up and of the measured time.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>one thread records; others begin a stretch, and read, only while it does not work, with a
 *       happens-before edge between.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>recording allocates nothing and takes no lock; it costs a look at the clock;
 *   <li>what returns before a stretch begins or after its planned end is in no slice.
 * </ol>
 */
final class SliceRecorder {
  static final int WARMUP = 5;
  static final int MEASURED = 15;

  private static final int SIGNIFICANT_DIGITS = 1;
  private static final double PERCENT = 99;

  private final AbstractHistogram[] slices = new AbstractHistogram[WARMUP + MEASURED];
  private long startNanos;
  private int first;
  private int count;
  private long sliceNanos = 1;
  private long warmupSliceNanos = 1;

  SliceRecorder() {
    for (int i = 0; i < slices.length; i++) {
      slices[i] = new IntCountsHistogram(PhaseRecorder.HIGHEST_NANOS, SIGNIFICANT_DIGITS);
    }
  }

  /** Begins the warm-up or the measured time, which is to last so long. */
  void begin(boolean measured, long now, long nanos) {
    startNanos = now;
    first = measured ? WARMUP : 0;
    count = measured ? MEASURED : WARMUP;
    sliceNanos = Math.max(1, nanos / count);
    if (!measured) {
      warmupSliceNanos = sliceNanos;
    }
  }

  /** Records an operation that has just returned; nothing unless a stretch was begun. */
  void record(long serviceNanos) {
    if (count > 0) {
      record(System.nanoTime(), serviceNanos);
    }
  }

  /** Records an operation that returned at {@code now}. */
  void record(long now, long serviceNanos) {
    long index = (now - startNanos) / sliceNanos;
    if (now >= startNanos && index < count) {
      slices[first + (int) index].recordValue(Math.min(serviceNanos, PhaseRecorder.HIGHEST_NANOS));
    }
  }

  /** Adds what {@code other} recorded in the same stretches. */
  void add(SliceRecorder other) {
    for (int i = 0; i < slices.length; i++) {
      slices[i].add(other.slices[i]);
    }
  }

  /** What was recorded; empty unless the last stretch was the measured time. */
  Optional<Slices> result() {
    return count == MEASURED
        ? Optional.of(
            new Slices(
                result(0, WARMUP, warmupSliceNanos), result(WARMUP, slices.length, sliceNanos)))
        : Optional.empty();
  }

  private List<Slice> result(int from, int to, long nanos) {
    List<Slice> result = new ArrayList<>();
    for (int i = from; i < to; i++) {
      long operations = slices[i].getTotalCount();
      double p99Us = operations == 0 ? 0 : slices[i].getValueAtPercentile(PERCENT) / 1e3;
      result.add(new Slice(operations * 1e9 / nanos, p99Us));
    }
    return result;
  }
}
