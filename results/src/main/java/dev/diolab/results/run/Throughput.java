package dev.diolab.results.run;

import java.util.List;

/**
 * How much was done.
 *
 * @param rounds how often the cell was measured, at least 1
 * @param operations operations of all rounds
 * @param seconds measured time of all rounds
 * @param opsPerSecond operations a second over all rounds
 * @param bytesPerSecond bytes a second over all rounds
 * @param opsPerSecondByRound operations a second of each round, in the order of measuring
 */
public record Throughput(
    int rounds,
    long operations,
    double seconds,
    double opsPerSecond,
    double bytesPerSecond,
    List<Double> opsPerSecondByRound) {

  /** Refuses negative quantities, and another number of rounds than {@code rounds}. */
  public Throughput {
    Require.that(rounds >= 1, "rounds is %d, but must be at least 1", rounds);
    Require.count("operations", operations);
    Require.quantity("seconds", seconds);
    Require.quantity("opsPerSecond", opsPerSecond);
    Require.quantity("bytesPerSecond", bytesPerSecond);
    opsPerSecondByRound = Require.list("opsPerSecondByRound", opsPerSecondByRound);
    Require.that(
        opsPerSecondByRound.size() == rounds,
        "opsPerSecondByRound has %d values, but rounds is %d",
        opsPerSecondByRound.size(),
        rounds);
    opsPerSecondByRound.forEach(value -> Require.quantity("opsPerSecondByRound", value));
  }

  /** What one round did. */
  public record Round(long operations, long bytes, double seconds) {}

  /**
   * Sums rounds up.
   *
   * @throws IllegalArgumentException without a round, or with a round that took no time
   */
  public static Throughput of(List<Round> rounds) {
    long operations = 0;
    long bytes = 0;
    double seconds = 0;
    for (Round round : rounds) {
      Require.that(round.seconds > 0, "a round took %s seconds", round.seconds);
      operations += round.operations;
      bytes += round.bytes;
      seconds += round.seconds;
    }
    return new Throughput(
        rounds.size(),
        operations,
        seconds,
        operations / seconds,
        bytes / seconds,
        rounds.stream().map(round -> round.operations / round.seconds).toList());
  }
}
