package dev.diolab.results.stats;

import java.util.SplittableRandom;

/** Draws from gamma distributions of scale 1, by the method of Marsaglia and Tsang (2000). */
final class Gamma {
  private Gamma() {}

  /**
   * One value.
   *
   * @param shape at least 1
   */
  static double draw(double shape, SplittableRandom random) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    double normal;
    double cube;
    do {
      normal = random.nextGaussian();
      double root = 1 + c * normal;
      cube = root * root * root;
    } while (!isTaken(normal, cube, d, random));
    return d * cube;
  }

  private static boolean isTaken(double normal, double cube, double d, SplittableRandom random) {
    return cube > 0
        && Math.log(random.nextDouble()) < normal * normal / 2 + d * (1 - cube + Math.log(cube));
  }
}
