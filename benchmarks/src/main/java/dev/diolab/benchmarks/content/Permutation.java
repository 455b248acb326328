package dev.diolab.benchmarks.content;

import java.util.SplittableRandom;

/** Random permutations that depend on nothing but a seed. */
public final class Permutation {
  private Permutation() {}

  /** The numbers 0 to {@code size - 1}, each once, in an order that {@code seed} fixes. */
  public static int[] of(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
