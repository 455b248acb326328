package dev.diolab.benchmarks.verify.sweep;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.verify.crash.Explorer;
import dev.diolab.benchmarks.verify.crash.Tally;
import dev.diolab.benchmarks.verify.record.RecordedRun;
import dev.diolab.benchmarks.verify.record.Recorder;
import dev.diolab.results.verify.Shard;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Shares a number of crash states out over targets and processors. A target under which a run hangs
 * is left alone from then on: each further one would cost a minute and leave its threads behind.
 *
 * <p>Thread safety: {@link #run} is called once; {@link #states} by anybody.
 */
public final class Sweep {
  private final List<Target> targets;
  private final long seed;
  private final Shard shard;
  private final long statesOfTarget;
  private final BiPredicate<Target, Tally> enough;

  /** What was counted of each target. [its Progress] */
  private final Map<Target, Progress> progress = new ConcurrentHashMap<>();

  /** What each worker is at. */
  private final Map<Thread, Work> working = new ConcurrentHashMap<>();

  /** Set when somebody wants the sweep to end early. */
  private volatile boolean stopped;

  /**
   * A sweep of about {@code states} crash states in all shards together.
   *
   * @param enough asked about a target after each of its units; true ends the work on it
   */
  public Sweep(
      List<Target> targets,
      long seed,
      Shard shard,
      long states,
      BiPredicate<Target, Tally> enough) {
    this.targets = List.copyOf(targets);
    this.seed = seed;
    this.shard = shard;
    this.statesOfTarget = Math.max(1, states / targets.size() / shard.count());
    this.enough = enough;
    targets.forEach(target -> progress.put(target, new Progress()));
  }

  /** States judged so far. */
  public long states() {
    return progress.values().stream().mapToLong(Progress::states).sum();
  }

  /** States that will be judged, about. */
  public long expectedStates() {
    return statesOfTarget * targets.size();
  }

  /** A target that some worker has been at for longer than {@code patience} without an end. */
  public Optional<Target> stuckAt(Duration patience) {
    long now = System.nanoTime();
    return working.values().stream()
        .filter(work -> now - work.sinceNanos() > patience.toNanos())
        .map(Work::target)
        .findFirst();
  }

  /** Lets {@link #run} return as soon as the units that are being worked on are over. */
  public void stop() {
    stopped = true;
  }

  /** Does the work with {@code workers} threads; what was counted of each target. */
  public Map<Target, Tally> run(int workers) {
    ExecutorService pool = Executors.newFixedThreadPool(workers, Sweep::worker);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        all.add(pool.submit(this::workUntilDone));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      stop();
      throw Failure.run("the verifier failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
    } finally {
      pool.shutdown();
    }
    Map<Target, Tally> tallies = new ConcurrentHashMap<>();
    progress.forEach((target, counted) -> tallies.put(target, counted.tally));
    return tallies;
  }

  private static Thread worker(Runnable work) {
    Thread thread = new Thread(work, "diolab-sweep");
    thread.setDaemon(true);
    return thread;
  }

  private void workUntilDone() {
    try {
      for (Target target = next(); target != null && !stopped; target = next()) {
        work(target, take(target));
      }
    } catch (IOException e) {
      stop();
      throw new IllegalStateException("a volume to verify could not be made", e);
    } catch (RuntimeException | Error e) {
      stop();
      throw e;
    }
  }

  private void work(Target target, Unit unit) throws IOException {
    Recorder recorder = new Recorder(target.strategy(), target.policy());
    working.put(Thread.currentThread(), new Work(target, System.nanoTime()));
    RecordedRun run = recorder.record(unit.script(), unit.unitSeed());
    Tally tally =
        new Explorer(target.strategy(), target.policy())
            .explore(run, unit.unitSeed(), unit.states(), so -> stopped);
    working.remove(Thread.currentThread());
    of(target).add(tally, all -> recorder.hung() || enough.test(target, all));
  }

  /** The target that is furthest behind; null when all are done. */
  private synchronized @Nullable Target next() {
    Target next = null;
    for (Target target : targets) {
      Progress its = of(target);
      if (!its.isDone(statesOfTarget) && (next == null || its.claimed() < of(next).claimed())) {
        next = target;
      }
    }
    return next;
  }

  /** Each target has scripts of its own: what all of them share is tried in more ways. */
  private Unit take(Target target) {
    return new Unit(of(target).take(shard), Seeds.derive(seed, target.toString()));
  }

  private Progress of(Target target) {
    Progress its = progress.get(target);
    if (its == null) {
      throw new AssertionError("no target of this sweep: " + target);
    }
    return its;
  }

  /** A unit of {@code target} that was begun at {@code sinceNanos}. */
  private record Work(Target target, long sinceNanos) {}

  /** What was done of one target. */
  private static final class Progress {
    /** [this] */
    private final Tally tally = new Tally();

    /** Number of the next unit. [this] */
    private long nextUnit;

    /** [this] */
    private boolean enough;

    /** Units go in pairs, so that each shard has as many short scripts as long ones. */
    synchronized long take(Shard shard) {
      while (nextUnit / 2 % shard.count() != shard.number() - 1) {
        nextUnit++;
      }
      return nextUnit++;
    }

    synchronized void add(Tally more, Predicate<Tally> test) {
      tally.add(more);
      enough = test.test(tally);
    }

    synchronized long states() {
      return tally.states();
    }

    synchronized long claimed() {
      return nextUnit;
    }

    synchronized boolean isDone(long states) {
      return enough || tally.states() >= states;
    }
  }
}
