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
        states.addAll(orders(point.tick(), applied(loose, subset)));
      }
    } else {
      states.add(new CrashState(point.tick(), List.of()));
      states.add(oneOrder(point.tick(), applied(loose, -1)));
      int prefix = random.nextInt(1, loose.size());
      states.add(oneOrder(point.tick(), applied(loose.subList(0, prefix), -1)));
      for (int i = 0; i < SAMPLES; i++) {
        states.add(oneOrder(point.tick(), sample(loose)));
      }
    }
    List<RecordedWrite> tearable =
        loose.stream().filter(write -> write.bytes() > CrashState.SECTOR).toList();
    for (int i = 0; i < TORN && !tearable.isEmpty(); i++) {
      states.add(torn(point, tearable.get(random.nextInt(tearable.size()))));
    }
    return states;
  }

  /** Those of at most 64 writes whose bit is set. */
  private static List<Applied> applied(List<RecordedWrite> writes, long subset) {
    List<Applied> applied = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      if (subset == -1 || (subset >>> i & 1) != 0) {
        applied.add(new Applied(writes.get(i), Applied.WHOLE));
      }
    }
    return applied;
  }

  private List<Applied> sample(List<RecordedWrite> writes) {
    List<Applied> applied = new ArrayList<>();
    for (RecordedWrite write : writes) {
      if (random.nextBoolean()) {
        applied.add(new Applied(write, Applied.WHOLE));
      }
    }
    return applied;
  }

  /** One write torn, the others there or not. */
  private CrashState torn(CrashPoint point, RecordedWrite chosen) {
    boolean all = random.nextBoolean();
    List<Applied> applied = new ArrayList<>();
    for (RecordedWrite write : point.loose()) {
      if (write.equals(chosen)) {
        applied.add(new Applied(write, tear(write)));
      } else if (all || random.nextBoolean()) {
        applied.add(new Applied(write, Applied.WHOLE));
      }
    }
    return oneOrder(point.tick(), applied);
  }

  /** The first sectors, the last, or any; never none or all. */
  private long tear(RecordedWrite write) {
    int sectors = Math.min(Long.SIZE, write.bytes() / CrashState.SECTOR);
    long all = Applied.mask(sectors);
    long head = Applied.mask(random.nextInt(1, sectors));
    long any = random.nextLong() & all;
    return switch (random.nextInt(3)) {
      case 0 -> head;
      case 1 -> all & ~head;
      default -> any == 0 || any == all ? head : any;
    };
  }

  private CrashState oneOrder(long tick, List<Applied> applied) {
    List<CrashState> orders = orders(tick, applied);
    return orders.get(random.nextInt(orders.size()));
  }

  /** Writes at the same time may reach the medium in either order. */
  private static List<CrashState> orders(long tick, List<Applied> applied) {
    List<CrashState> orders = new ArrayList<>();
    orders.add(new CrashState(tick, applied));
    if (hasRace(applied)) {
      List<Applied> byEnd = new ArrayList<>(applied);
      byEnd.sort(Comparator.comparingLong(each -> each.write().end()));
      orders.add(new CrashState(tick, byEnd));
      orders.add(new CrashState(tick, otherWayRound(applied)));
    }
    return orders.stream().distinct().toList();
  }

  /** Whether two of the writes, which are by begin, overlap in time and place. */
  private static boolean hasRace(List<Applied> applied) {
    for (int i = 0; i < applied.size(); i++) {
      RecordedWrite one = applied.get(i).write();
      for (int j = i + 1; j < applied.size(); j++) {
        RecordedWrite other = applied.get(j).write();
        if (!one.isBefore(other) && one.overlaps(other)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The writes, each as late as those allow that began after its end. */
  private static List<Applied> otherWayRound(List<Applied> applied) {
    List<Applied> rest = new ArrayList<>(applied);
    List<Applied> order = new ArrayList<>();
    while (!rest.isEmpty()) {
      int last = rest.size() - 1;
      while (precededIn(rest, last)) {
        last--;
      }
      order.add(rest.remove(last));
    }
    return order;
  }

  private static boolean precededIn(List<Applied> rest, int index) {
    RecordedWrite write = rest.get(index).write();
    return rest.stream().anyMatch(each -> each.write().isBefore(write));
  }
}
