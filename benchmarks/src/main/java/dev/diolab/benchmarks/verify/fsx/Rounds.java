package dev.diolab.benchmarks.verify.fsx;

import dev.diolab.benchmarks.content.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations of a run, round by round; all threads end a round before the next one begins. */
interface Rounds {

  /** The next round, null after the last one. */
  @Nullable Round next();

  /**
   * Operations that threads do at once.
   *
   * <p>Thread safety: each thread asks for its own operations only.
   */
  interface Round {
    /** What {@code thread} does next to the file that {@code oracle} knows, null for nothing. */
    @Nullable Op next(int thread, Oracle oracle);
  }

  /** Random operations: as many as the settings say. */
  static Rounds generated(Settings settings, long seed, int opsOfRound) {
    List<OpGenerator> generators = new ArrayList<>();
    for (int i = 0; i < settings.threads(); i++) {
      generators.add(new OpGenerator(settings, i, Seeds.derive(seed, i)));
    }
    return new Rounds() {
      private int left = settings.operations();
      private int[] leftOf = new int[settings.threads()];

      @Override
      public @Nullable Round next() {
        left += Arrays.stream(leftOf).sum();
        if (left == 0) {
          return null;
        }
        int all = Math.min(left, opsOfRound);
        left -= all;
        int[] mine = new int[settings.threads()];
        for (int i = 0; i < mine.length; i++) {
          mine[i] = all / mine.length + (i < all % mine.length ? 1 : 0);
        }
        leftOf = mine;
        return (thread, oracle) -> {
          if (mine[thread] == 0 || oracle.isCrowded()) {
            return null;
          }
          mine[thread]--;
          return generators.get(thread).next(oracle.sizeHint());
        };
      }
    };
  }

  /** The operations of a log again; its barriers end rounds. */
  static Rounds replayed(List<Op> ops, int threads) {
    Iterator<Op> rest = List.copyOf(ops).iterator();
    return () -> {
      if (!rest.hasNext()) {
        return null;
      }
      List<List<Op>> round = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        round.add(new ArrayList<>());
      }
      while (rest.hasNext()) {
        Op op = rest.next();
        if (op.kind() == OpKind.BARRIER) {
          break;
        }
        round.get(op.thread() % threads).add(op);
      }
      List<Iterator<Op>> streams = round.stream().map(List::iterator).toList();
      return (thread, oracle) -> streams.get(thread).hasNext() ? streams.get(thread).next() : null;
    };
  }
}
