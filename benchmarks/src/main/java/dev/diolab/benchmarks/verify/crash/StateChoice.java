package dev.diolab.benchmarks.verify.crash;

import dev.diolab.engine.device.RecordedWrite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Chooses states of a crash point: all subsets of the loose writes when they are few, else nothing,
 * everything, prefixes and a seeded sample of subsets; some of them in the other order that two
 * writes at the same time allow, some with torn writes.
 *
 * <p>Thread safety: none.
 */
final class StateChoice {
  /** Up to so many loose writes, all subsets are tried. */
  private static final int EXHAUSTIVE = 3;

  private static final int SAMPLES = 5;
  private static final int TORN = 2;

  private final SplittableRandom random;

  StateChoice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The states of {@code point}, each once. */
  Set<CrashState> of(CrashPoint point) {
    List<RecordedWrite> loose = point.loose();
    Set<CrashState> states = new LinkedHashSet<>();
    if (loose.size() <= EXHAUSTIVE) {
      for (int subset = 0; subset < 1 << loose.size(); subset++) {
        states.add(whole(point, subset));
      }
    } else {
      states.add(whole(point, 0));
      states.add(whole(point, -1L));
      states.add(whole(point, (1L << random.nextInt(1, Math.min(62, loose.size()))) - 1));
      for (int i = 0; i < SAMPLES; i++) {
        states.add(whole(point, random.nextLong()));
      }
    }
    for (int i = 0; i < TORN && !loose.isEmpty(); i++) {
      states.add(torn(point));
    }
    return states;
  }

  private CrashState whole(CrashPoint point, long subset) {
    List<Applied> applied = new ArrayList<>();
    for (int i = 0; i < point.loose().size(); i++) {
      if ((subset >>> i & 1) != 0) {
        applied.add(new Applied(point.loose().get(i), Applied.WHOLE));
      }
    }
    return new CrashState(point.tick(), maybeByEnd(applied));
  }

  /** One write torn, the others there or not. */
  private CrashState torn(CrashPoint point) {
    int chosen = random.nextInt(point.loose().size());
    long subset = random.nextBoolean() ? -1L : random.nextLong();
    List<Applied> applied = new ArrayList<>();
    for (int i = 0; i < point.loose().size(); i++) {
      RecordedWrite write = point.loose().get(i);
      if (i == chosen) {
        applied.add(new Applied(write, tear(write)));
      } else if ((subset >>> i & 1) != 0) {
        applied.add(new Applied(write, Applied.WHOLE));
      }
    }
    return new CrashState(point.tick(), maybeByEnd(applied));
  }

  /** The first sectors, the last, or any. */
  private long tear(RecordedWrite write) {
    int sectors = Math.min(Long.SIZE, write.bytes() / CrashState.SECTOR);
    if (sectors < 2) {
      return Applied.WHOLE;
    }
    long head = (1L << random.nextInt(1, sectors)) - 1;
    return switch (random.nextInt(3)) {
      case 0 -> head;
      case 1 -> ~head;
      default -> random.nextLong();
    };
  }

  /** Writes at the same time may reach the medium in either order. */
  private List<Applied> maybeByEnd(List<Applied> applied) {
    if (random.nextInt(3) == 0) {
      applied.sort(Comparator.comparingLong(each -> each.write().end()));
    }
    return applied;
  }
}
