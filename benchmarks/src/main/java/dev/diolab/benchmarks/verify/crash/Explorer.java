package dev.diolab.benchmarks.verify.crash;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.history.FileOracle;
import dev.diolab.benchmarks.verify.history.History;
import dev.diolab.benchmarks.verify.history.Violation;
import dev.diolab.benchmarks.verify.record.OverlayDevice;
import dev.diolab.benchmarks.verify.record.RecordedRun;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.engine.device.RecordedWrite;
import dev.diolab.engine.device.RecordingDevice;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tries the crash states of a recorded run.
 *
 * <p>Some states crash twice: once in the workload and once in the recovery from it.
 *
 * <p>Thread safety: none.
 */
public final class Explorer {
  /** States of a point on average; only to share out a budget. */
  private static final int STATES_PER_POINT = 7;

  /** One state in so many is left by a crash of the recovery. */
  private static final int RECOVERY_CRASHES = 16;

  private static final Set<Claim> OF_STATES =
      EnumSet.of(Claim.IMAGE, Claim.G1, Claim.G2, Claim.G3, Claim.G5, Claim.G6);

  private final StateJudge judge;

  /** Whether direct writes may put a part of their data through the page cache. */
  private final boolean fallsBack;

  /** Recovers as {@code strategy} and {@code policy} do. */
  public Explorer(DioStrategy strategy, ConversionPolicy policy) {
    this.judge = new StateJudge(strategy, policy);
    this.fallsBack = !strategy.rules().allocates() || !policy.allowsDirectConversion();
  }

  /**
   * Tries about {@code budget} states of {@code run}, all when there are not more.
   *
   * @param seed of all choices
   * @param enough asked after each state; true ends it
   */
  public Tally explore(RecordedRun run, long seed, long budget, Predicate<Tally> enough) {
    Tally tally = new Tally();
    countLive(run, tally);
    byte[] durable = run.base().clone();
    CrashTimeline timeline = CrashTimeline.of(run, durable);
    OverlayDevice device = new OverlayDevice(durable);
    List<FileOracle> oracles = oraclesOf(run.history());
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "states"));
    StateChoice choice = new StateChoice(Seeds.derive(seed, "choice"));
    double share = (double) budget / STATES_PER_POINT / timeline.points();
    while (timeline.hasNext() && !enough.test(tally)) {
      CrashPoint point = timeline.next();
      if (random.nextDouble() >= share) {
        continue;
      }
      for (CrashState state : choice.of(point)) {
        device.reset();
        timeline.build(state, device);
        if (random.nextInt(RECOVERY_CRASHES) == 0) {
          OverlayDevice image = crashInRecovery(device, random.nextLong());
          judge(run, state, image, image.copy(), oracles, tally);
        } else {
          judge(run, state, device, null, oracles, tally);
        }
        if (enough.test(tally)) {
          break;
        }
      }
    }
    return tally;
  }

  /** Judges one crashed image again. */
  public List<Violation> judge(byte[] image, History history, long tick) {
    return judge.judge(new OverlayDevice(image), tick, oraclesOf(history));
  }

  /** The image that {@code state} of {@code run} is. */
  public static byte[] imageOf(RecordedRun run, CrashState state) {
    byte[] durable = run.base().clone();
    CrashTimeline timeline = CrashTimeline.of(run, durable);
    timeline.goTo(state.tick());
    OverlayDevice device = new OverlayDevice(durable);
    timeline.build(state, device);
    return device.contents();
  }

  /** The writes that a crash at {@code tick} may lose, by begin. */
  public static List<RecordedWrite> looseAt(RecordedRun run, long tick) {
    return CrashTimeline.of(run, run.base().clone()).goTo(tick).loose();
  }

  private List<FileOracle> oraclesOf(History history) {
    List<FileOracle> oracles = new ArrayList<>();
    for (int file = 0; file < Script.FILES; file++) {
      oracles.add(new FileOracle(history, file, fallsBack));
    }
    return oracles;
  }

  private static void countLive(RecordedRun run, Tally tally) {
    tally.countRun();
    long reads =
        run.history().events().stream()
            .filter(event -> event.op().kind().isRead() && event.end() != Event.NEVER)
            .count();
    tally.countAttacks(Claim.G1, 1);
    tally.countAttacks(Claim.G4, reads);
    tally.countAttacks(Claim.G6, reads);
    tally.countAttacks(Claim.G7, reads);
    tally.countAttacks(Claim.G8, 1);
    Set<Claim> broken = EnumSet.noneOf(Claim.class);
    for (Violation violation : run.violations()) {
      if (broken.add(violation.claim())) {
        tally.countBroken(new Found(run, violation, null, null));
      }
    }
  }

  private void judge(
      RecordedRun run,
      CrashState state,
      OverlayDevice image,
      @Nullable OverlayDevice inRecovery,
      List<FileOracle> oracles,
      Tally tally) {
    List<Violation> violations = judge.judge(image, state.tick(), oracles);
    tally.countState();
    for (Claim claim : OF_STATES) {
      if (oracles.stream().anyMatch(oracle -> oracle.tested(claim))) {
        tally.countAttacks(claim, 1);
      }
    }
    Set<Claim> broken = EnumSet.noneOf(Claim.class);
    for (Violation violation : violations) {
      if (broken.add(violation.claim())) {
        tally.countBroken(
            new Found(run, violation, state, imageToKeep(inRecovery, violation, tally)));
      }
    }
  }

  /** Only the image of a first case is looked at again. */
  private static byte @Nullable [] imageToKeep(
      @Nullable OverlayDevice inRecovery, Violation violation, Tally tally) {
    return inRecovery == null || tally.isBroken(violation.claim()) ? null : inRecovery.contents();
  }

  /** Lets a recovery of {@code crashed} begin, and crashes it too. */
  private OverlayDevice crashInRecovery(OverlayDevice crashed, long seed) {
    OverlayDevice image = crashed.copy();
    RecordingDevice recording = new RecordingDevice(crashed);
    try {
      judge.mount(recording);
    } catch (IOException | RuntimeException | Error e) {
      return image; // it will fail in the same way when it is judged
    }
    CrashTimeline timeline = CrashTimeline.ofRecovery(recording.log(), image);
    SplittableRandom random = new SplittableRandom(seed);
    CrashPoint point = timeline.next();
    for (int i = random.nextInt(timeline.points()); i > 0; i--) {
      point = timeline.next();
    }
    List<CrashState> states = List.copyOf(new StateChoice(seed).of(point));
    timeline.build(states.get(random.nextInt(states.size())), image);
    return image;
  }
}
