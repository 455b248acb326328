package dev.diolab.benchmarks.record;

import static dev.diolab.engine.file.Phase.CONVERSION;
import static dev.diolab.engine.file.Phase.DEVICE;
import static dev.diolab.engine.file.Phase.JOURNAL_WAIT;
import static dev.diolab.engine.file.Phase.LOCK_WAIT;
import static dev.diolab.engine.file.Phase.MAPPING;

import dev.diolab.engine.file.DioRequest;
import dev.diolab.results.run.Phase;
import dev.diolab.results.run.Slices;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The histograms of one thread, one for each phase, in nanoseconds.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>one thread records; others read only after it has stopped, with a happens-before edge
 *       between (JMH's barriers around an iteration are one).
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>recording allocates nothing and takes no lock;
 *   <li>every value up to {@link #HIGHEST_NANOS} is kept to 3 significant digits; a longer one
 *       counts as that and is told by {@link #clamped}.
 * </ol>
 */
public final class PhaseRecorder {
  /** The longest latency that is kept: one minute. */
  public static final long HIGHEST_NANOS = 60_000_000_000L;

  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram lockWait = newHistogram();
  private final Histogram mapping = newHistogram();
  private final Histogram device = newHistogram();
  private final Histogram conversion = newHistogram();
  private final Histogram journalWait = newHistogram();
  private final Histogram total = newHistogram();
  private final Histogram sync = newHistogram();
  private final Histogram response = newHistogram();
  private long bytes;
  private long nanos;
  private long clamped;

  /** Null where nobody asks what was done from slice to slice. */
  private final @Nullable SliceRecorder slices;

  /** A recorder that keeps nothing but histograms and sums. */
  public PhaseRecorder() {
    this(null);
  }

  private PhaseRecorder(@Nullable SliceRecorder slices) {
    this.slices = slices;
  }

  /** A recorder that also keeps what is done in each slice of a time. */
  public static PhaseRecorder inSlices() {
    return new PhaseRecorder(new SliceRecorder());
  }

  /**
   * Cuts the time from now on into slices, where the recorder keeps such. They outlive {@link
   * #reset}.
   *
   * @param measured whether it is the measured time, not the warm-up before it
   * @param stretch how long it is to last, in nanoseconds
   */
  public void beginSlices(boolean measured, long stretch) {
    if (slices != null) {
      slices.begin(measured, System.nanoTime(), stretch);
    }
  }

  /** What was done from slice to slice; empty where no measured time was cut into such. */
  public Optional<Slices> slices() {
    return slices == null ? Optional.empty() : slices.result();
  }

  /** An empty histogram with the range and the precision that all share. */
  public static Histogram newHistogram() {
    return new Histogram(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
  }

  /** Records the phases of a request that has just returned, and that it moved {@code moved}. */
  public void record(DioRequest request, int moved) {
    record(lockWait, request.nanos(LOCK_WAIT));
    record(mapping, request.nanos(MAPPING));
    record(device, request.nanos(DEVICE));
    record(conversion, request.nanos(CONVERSION));
    record(journalWait, request.nanos(JOURNAL_WAIT));
    record(total, request.totalNanos());
    slice(request.totalNanos());
    nanos += request.totalNanos();
    bytes += moved;
  }

  /** Records an operation that is nothing but a look-up. */
  public void recordMapping(long mappingNanos) {
    record(lockWait, 0);
    record(mapping, mappingNanos);
    record(device, 0);
    record(conversion, 0);
    record(journalWait, 0);
    record(total, mappingNanos);
    slice(mappingNanos);
    nanos += mappingNanos;
  }

  /** Records an operation whose phases nobody told apart, and that it moved {@code moved}. */
  public void recordWhole(long wholeNanos, int moved) {
    record(lockWait, 0);
    record(mapping, 0);
    record(device, 0);
    record(conversion, 0);
    record(journalWait, 0);
    record(total, wholeNanos);
    slice(wholeNanos);
    nanos += wholeNanos;
    bytes += moved;
  }

  /** Records a separate fdatasync. */
  public void recordSync(long nanos) {
    record(sync, nanos);
  }

  /** Records the response time of an operation that was recorded by itself, in an open loop. */
  public void recordResponse(long nanos) {
    record(response, nanos);
  }

  /** Forgets everything. */
  public void reset() {
    for (Phase phase : Phase.values()) {
      of(phase).reset();
    }
    bytes = 0;
    nanos = 0;
    clamped = 0;
  }

  /** The histogram of {@code phase}; live, not a copy. */
  public Histogram of(Phase phase) {
    return switch (phase) {
      case LOCK_WAIT -> lockWait;
      case MAPPING -> mapping;
      case DEVICE -> device;
      case CONVERSION -> conversion;
      case JOURNAL_WAIT -> journalWait;
      case TOTAL -> total;
      case SYNC -> sync;
      case RESPONSE -> response;
    };
  }

  /** Operations recorded. */
  public long operations() {
    return total.getTotalCount();
  }

  /** Bytes that the operations moved. */
  public long bytes() {
    return bytes;
  }

  /** Time that the operations took together, in nanoseconds. */
  public long nanos() {
    return nanos;
  }

  /** Values longer than {@link #HIGHEST_NANOS}. */
  public long clamped() {
    return clamped;
  }

  /** Adds what {@code other} recorded; its thread has stopped. */
  public void add(PhaseRecorder other) {
    for (Phase phase : Phase.values()) {
      of(phase).add(other.of(phase));
    }
    bytes += other.bytes;
    nanos += other.nanos;
    clamped += other.clamped;
    if (slices != null && other.slices != null) {
      slices.add(other.slices);
    }
  }

  private void slice(long serviceNanos) {
    if (slices != null) {
      slices.record(serviceNanos);
    }
  }

  private void record(Histogram histogram, long nanos) {
    if (nanos > HIGHEST_NANOS) {
      clamped++;
      histogram.recordValue(HIGHEST_NANOS);
    } else {
      histogram.recordValue(nanos);
    }
  }
}
