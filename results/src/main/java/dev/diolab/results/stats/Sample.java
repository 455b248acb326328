package dev.diolab.results.stats;

import java.util.Arrays;
import java.util.Optional;

/**
 * A figure that was measured in several rounds: what all rounds together give, what each gives by
 * itself, and the standard error of the logarithm of the former. Immutable.
 *
 * <p>A sample of one round, or with a figure that is not positive, tells nothing of its own error
 * and is not {@linkplain #hasSpread() spread}: it has no interval and is told apart from nothing.
 */
public final class Sample {
  private final double value;
  private final double[] rounds;
  private final double logError;
  private final NoiseFloor floor;

  private Sample(double value, double[] rounds, double logError, NoiseFloor floor) {
    this.value = value;
    this.rounds = rounds.clone();
    this.logError = logError;
    this.floor = floor;
  }

  /**
   * A figure whose error is that of the mean of independent rounds.
   *
   * @param value of all rounds together
   * @param rounds of each round
   */
  public static Sample of(double value, double[] rounds) {
    return of(value, rounds, standardErrorOfLogs(rounds));
  }

  /**
   * A figure whose error is known from elsewhere.
   *
   * @param value of all rounds together
   * @param rounds of each round
   * @param logError the standard error of the logarithm of {@code value}
   */
  public static Sample of(double value, double[] rounds, double logError) {
    return new Sample(value, rounds, logError, NoiseFloor.NONE);
  }

  /** The same figure, measured where equals come apart by so much. */
  public Sample with(NoiseFloor measured) {
    return new Sample(value, rounds, logError, measured);
  }

  /** The standard error of the mean logarithm; infinite where there is none. */
  private static double standardErrorOfLogs(double[] rounds) {
    int count = rounds.length;
    if (count < 2 || !arePositive(rounds)) {
      return Double.POSITIVE_INFINITY;
    }
    return Deviation.of(Arrays.stream(rounds).map(Math::log).toArray()) / Math.sqrt(count);
  }

  private static boolean arePositive(double[] values) {
    return Arrays.stream(values).allMatch(value -> value > 0);
  }

  /** The figure, of all rounds together. */
  public double value() {
    return value;
  }

  /** What each round gives, in the order of measuring. */
  public double[] rounds() {
    return rounds.clone();
  }

  /** The standard error of the logarithm of the figure; infinite where it is not known. */
  public double logError() {
    return logError;
  }

  /** How far equals come apart where this was measured; {@link NoiseFloor#NONE} if unknown. */
  NoiseFloor floor() {
    return floor;
  }

  /** Degrees of freedom of the error. */
  int freedom() {
    return rounds.length - 1;
  }

  /** Whether something is known of the error. */
  public boolean hasSpread() {
    return rounds.length > 1 && value > 0 && arePositive(rounds) && Double.isFinite(logError);
  }

  /** The interval of the figure; none without a spread. */
  public Optional<ConfidenceInterval> interval() {
    return hasSpread()
        ? Optional.of(new StudentInterval(value, logError, freedom()).ends())
        : Optional.empty();
  }
}
