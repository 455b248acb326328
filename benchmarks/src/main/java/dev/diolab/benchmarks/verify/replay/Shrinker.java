package dev.diolab.benchmarks.verify.replay;

import dev.diolab.benchmarks.verify.crash.Applied;
import dev.diolab.benchmarks.verify.crash.CrashState;
import dev.diolab.benchmarks.verify.crash.Explorer;
import dev.diolab.benchmarks.verify.crash.Found;
import dev.diolab.benchmarks.verify.crash.Tally;
import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.benchmarks.verify.record.RecordedRun;
import dev.diolab.benchmarks.verify.record.Recorder;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.engine.device.RecordedWrite;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failing case small: first takes threads and operations away as long as the same claim
 * still breaks, then gives lost writes back to the crashed state as long as it stays broken, so
 * that what is still missing is what matters.
 *
 * <p>Thread safety: none.
 */
public final class Shrinker {
  /** How often a script that runs differently each time gets its chance. */
  private static final int TRIES = 6;

  private static final long STATES = 3000;

  private final Recorder recorder;
  private final Explorer explorer;
  private final Claim claim;
  private final long deadlineNanos;
  private Found smallest;

  private Shrinker(DioStrategy strategy, ConversionPolicy policy, Found found, Duration patience) {
    this.recorder = new Recorder(strategy, policy);
    this.explorer = new Explorer(strategy, policy);
    this.claim = found.violation().claim();
    this.deadlineNanos = System.nanoTime() + patience.toNanos();
    this.smallest = found;
  }

  /** The smallest case that was found within {@code patience}; at worst {@code found} itself. */
  public static Found shrink(
      DioStrategy strategy, ConversionPolicy policy, Found found, Duration patience) {
    Shrinker shrinker = new Shrinker(strategy, policy, found, patience);
    while (shrinker.removeSomething()) {
      // goes on with the smaller case
    }
    return shrinker.withFewestLosses();
  }

  private boolean removeSomething() {
    Script script = smallest.run().script();
    return candidates(script).anyMatch(this::stillBreaks);
  }

  /** Smaller scripts, the smallest first. */
  private static Stream<Script> candidates(Script script) {
    List<Script> candidates = new ArrayList<>();
    for (int thread = 0;
        script.threads().size() > 1 && thread < script.threads().size();
        thread++) {
      candidates.add(script.withoutThread(thread));
    }
    for (int thread = 0; thread < script.threads().size(); thread++) {
      int size = script.threads().get(thread).size();
      for (int length = Integer.highestOneBit(Math.max(1, size / 2)); length > 0; length /= 2) {
        for (int from = size - length; from >= 0; from -= length) {
          candidates.add(script.without(thread, from, length));
        }
      }
    }
    for (int i = script.setup().size() - 1; i >= 0; i--) {
      candidates.add(script.withoutSetup(i));
    }
    if (script.freeBlocks() > 0) {
      candidates.add(new Script(script.blockSize(), 0, script.setup(), script.threads()));
    }
    return candidates.stream();
  }

  private boolean stillBreaks(Script script) {
    if (script.operations() == 0) {
      return false;
    }
    int tries = script.isDeterministic() ? 1 : TRIES;
    for (int i = 0; i < tries && System.nanoTime() < deadlineNanos; i++) {
      Found found = find(script, i);
      if (found != null) {
        smallest = found;
        return true;
      }
    }
    return false;
  }

  private @Nullable Found find(Script script, long seed) {
    try {
      RecordedRun run = recorder.record(script, seed);
      Tally tally = explorer.explore(run, seed, STATES, so -> so.isBroken(claim));
      return tally.first(claim);
    } catch (IOException e) {
      return null; // its setup needs what was taken away
    }
  }

  private Found withFewestLosses() {
    CrashState state = smallest.state();
    if (state == null || smallest.recoveryImage() != null) {
      return smallest;
    }
    List<RecordedWrite> loose = Explorer.looseAt(smallest.run(), state.tick());
    for (RecordedWrite write : loose) {
      CrashState fuller = with(state, loose, write);
      Found found = judge(fuller);
      if (found != null) {
        state = fuller;
        smallest = found;
      }
    }
    return smallest;
  }

  /** {@code state} with the whole of {@code write}; the writes by begin. */
  private static CrashState with(CrashState state, List<RecordedWrite> loose, RecordedWrite write) {
    List<Applied> applied = new ArrayList<>();
    for (RecordedWrite each : loose) {
      if (each.equals(write)) {
        applied.add(new Applied(each, Applied.WHOLE));
      } else {
        state.applied().stream()
            .filter(present -> present.write().equals(each))
            .forEach(applied::add);
      }
    }
    return new CrashState(state.tick(), applied);
  }

  private @Nullable Found judge(CrashState state) {
    RecordedRun run = smallest.run();
    return explorer.judge(Explorer.imageOf(run, state), run.history(), state.tick()).stream()
        .filter(violation -> violation.claim() == claim)
        .findFirst()
        .map(violation -> new Found(run, violation, state, null))
        .orElse(null);
  }
}
