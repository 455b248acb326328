package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.load.ArrivalSchedule;
import dev.diolab.benchmarks.load.ArrivalSpan;
import dev.diolab.benchmarks.load.LoadClock;
import dev.diolab.benchmarks.load.OpenLoop;
import dev.diolab.benchmarks.record.ArrivalResult;
import dev.diolab.benchmarks.record.PhaseRecorder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * The pass of a trial in which operations arrive at a rate: an open loop for each thread, and what
 * became of the operations of all.
 *
 * <p>Thread safety: {@link #run} by as many threads as there are, each with an index of its own;
 * everything else while none runs.
 */
final class ArrivalPass {
  /** From the start of a pass until its first operation may be due: all threads are there then. */
  private static final long LEAD_NANOS = 20_000_000;

  private static final double SECOND = 1e9;

  private final OpenLoopSettings settings;
  private final LoadClock clock;
  private final long seed;
  private final int threads;
  private final List<OpenLoop> loops = new ArrayList<>();
  private long lengthNanos;
  private long startNanos;

  /**
   * A pass that has not begun.
   *
   * @param seed of the fork; the arrivals are the same for all forks that have it in common
   */
  ArrivalPass(OpenLoopSettings settings, long seed, int threads, LoadClock clock) {
    this.settings = settings;
    this.clock = clock;
    this.seed = Seeds.derive(seed, "arrivals");
    this.threads = threads;
    this.lengthNanos = nanos(settings.seconds());
    for (int i = 0; i < threads; i++) {
      loops.add(new OpenLoop(schedule(i), clock));
    }
  }

  private ArrivalSchedule schedule(int index) {
    return ArrivalSchedule.of(settings.rate(), threads, index, Seeds.derive(seed, index));
  }

  /**
   * Ends the measured time before more is due than there is room for; called before {@link #start}.
   *
   * @param room what all operations together may take
   * @param sizes how much the operations of a thread take, by its index and in their order
   */
  void limit(long room, IntFunction<IntSupplier> sizes) {
    List<ArrivalSpan.Demand> demands = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      demands.add(new ArrivalSpan.Demand(schedule(i), sizes.apply(i)));
    }
    lengthNanos = ArrivalSpan.nanos(demands, room, lengthNanos);
  }

  /** Lets the measured time begin in a moment. */
  void start() {
    startNanos = clock.nanos() + LEAD_NANOS;
  }

  /** Sends all that is due from one thread, which records what it does in {@code recorder}. */
  void run(int index, OpenLoop.Operation operation, PhaseRecorder recorder) throws IOException {
    loops.get(index).run(startNanos, lengthNanos, operation, recorder::recordResponse);
  }

  /** What became of the operations. */
  ArrivalResult result() {
    long nanos = lengthNanos;
    long sent = 0;
    long unsent = 0;
    for (OpenLoop loop : loops) {
      nanos = Math.max(nanos, loop.endNanos() - startNanos);
      sent += loop.sent();
      unsent += loop.unsent();
    }
    return new ArrivalResult(
        settings.rate().opsPerSecond(),
        lengthNanos / SECOND,
        nanos / SECOND,
        sent + unsent,
        unsent);
  }

  /** Nanoseconds of a time that is told in seconds. */
  static long nanos(double seconds) {
    return Math.round(seconds * SECOND);
  }
}
