package dev.diolab.benchmarks.verify.fsx;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failing log short: first finds the shortest tail of it, by doubling, that still goes
 * wrong on an empty file, then takes threads and pieces out of that as long as it still does.
 *
 * <p>Thread safety: none.
 */
final class OpShrinker {
  private final Trial trial;
  private final int tries;
  private final long deadlineNanos;
  private Case smallest;

  /** Does operations again. */
  interface Trial {
    /** What is wrong with {@code ops} on an empty file, null when nothing is. */
    @Nullable Difference run(List<Op> ops) throws IOException;
  }

  /**
   * Operations that go wrong.
   *
   * @param ops the operations
   * @param difference what is wrong
   */
  record Case(List<Op> ops, Difference difference) {}

  private OpShrinker(Trial trial, int tries, Case first, Duration patience) {
    this.trial = trial;
    this.tries = tries;
    this.smallest = new Case(List.copyOf(first.ops), first.difference);
    this.deadlineNanos = System.nanoTime() + patience.toNanos();
  }

  /**
   * The smallest case that was found within {@code patience}; at worst {@code first} itself.
   *
   * @param tries how often a part gets the chance to go wrong: more than one when threads race
   */
  static Case shrink(Trial trial, int tries, Case first, Duration patience) throws IOException {
    OpShrinker shrinker = new OpShrinker(trial, tries, first, patience);
    shrinker.findTail();
    shrinker.removeThreads();
    for (int length = Integer.highestOneBit(Math.max(1, shrinker.size() / 2));
        length > 0 && !shrinker.isLate();
        length /= 2) {
      shrinker.removePieces(length);
    }
    while (shrinker.removePieces(1)) {
      // one that went made another one needless
    }
    return shrinker.smallest;
  }

  private int size() {
    return smallest.ops.size();
  }

  private void findTail() throws IOException {
    List<Op> all = smallest.ops;
    for (int length = 1; length < all.size(); length *= 2) {
      if (stillFails(all.subList(all.size() - length, all.size()))) {
        return;
      }
    }
  }

  private void removeThreads() throws IOException {
    for (int thread : smallest.ops.stream().mapToInt(Op::thread).distinct().toArray()) {
      stillFails(smallest.ops.stream().filter(op -> op.thread() != thread).toList());
    }
  }

  /** Whether some piece of {@code length} operations was needless. */
  private boolean removePieces(int length) throws IOException {
    boolean removed = false;
    for (int from = size() - length; from >= 0 && !isLate(); from -= length) {
      List<Op> rest = new ArrayList<>(smallest.ops.subList(0, from));
      rest.addAll(smallest.ops.subList(from + length, size()));
      removed |= stillFails(rest);
      from = Math.min(from, size());
    }
    return removed;
  }

  private boolean isLate() {
    return System.nanoTime() >= deadlineNanos;
  }

  private boolean stillFails(List<Op> ops) throws IOException {
    if (ops.isEmpty()) {
      return false;
    }
    for (int i = 0; i < tries && !isLate(); i++) {
      Difference found = trial.run(ops);
      if (found != null) {
        smallest = new Case(List.copyOf(ops), found);
        return true;
      }
    }
    return false;
  }
}
