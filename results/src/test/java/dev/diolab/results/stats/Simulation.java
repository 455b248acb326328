package dev.diolab.results.stats;

import java.util.Arrays;
import java.util.Random;

/** Rounds of cells that never were, whose true throughput is known. */
final class Simulation {
  /** How rounds differ from each other. */
  enum Noise {
    /** By chance alone. */
    PLAIN,
    /** Also by a drift of the machine, which the rounds of both cells of a pair share. */
    DRIFT,
    /** One round in ten also takes twice as long. */
    STALLS
  }

  private final Random random;
  private final Noise noise;

  /** Two cells. */
  record Pair(Sample one, Sample other) {
    Contrast contrast() {
      return Contrast.of(one, other);
    }
  }

  Simulation(long seed, Noise noise) {
    this.random = new Random(seed);
    this.noise = noise;
  }

  /**
   * Two cells measured in the same rounds.
   *
   * @param ratio true throughput of the one in terms of the other's
   * @param oneScatter deviation of the logarithms of its rounds
   * @param otherScatter the same of the other
   */
  Pair pair(int rounds, double ratio, double oneScatter, double otherScatter) {
    double[] one = new double[rounds];
    double[] other = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      double drift = noise == Noise.DRIFT ? Math.exp(0.2 * random.nextGaussian()) : 1;
      one[i] = 1000 * ratio * drift * round(oneScatter);
      other[i] = 1000 * drift * round(otherScatter);
    }
    return new Pair(sample(one), sample(other));
  }

  /** A round of mean 1. */
  private double round(double scatter) {
    double stall = noise == Noise.STALLS && random.nextInt(10) == 0 ? 0.5 : 1;
    return stall * Math.exp(scatter * random.nextGaussian() - scatter * scatter / 2);
  }

  private static Sample sample(double[] rounds) {
    return Sample.of(Arrays.stream(rounds).average().orElseThrow(), rounds);
  }
}
