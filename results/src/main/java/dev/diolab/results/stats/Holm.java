package dev.diolab.results.stats;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of several findings stand when all are taken together: of many pairs of equals one in
 * twenty comes apart by chance. The method of Holm (1979): the smallest chance must be below 5 %
 * divided by their number, the next below 5 % divided by one less, and so on to the first that is
 * not. Then no more than once in twenty does any of them fall on equals.
 */
public final class Holm {
  private Holm() {}

  /**
   * Whether each of some findings stands.
   *
   * @param chances how likely each is between equals
   */
  public static boolean[] stand(double... chances) {
    List<Integer> order =
        IntStream.range(0, chances.length)
            .boxed()
            .sorted(Comparator.comparingDouble(index -> chances[index]))
            .toList();
    boolean[] stand = new boolean[chances.length];
    for (int i = 0; i < chances.length; i++) {
      if (chances[order.get(i)] > RankTest.SIGNIFICANT / (chances.length - i)) {
        break;
      }
      stand[order.get(i)] = true;
    }
    return stand;
  }
}
