package dev.diolab.benchmarks.verify.races;

import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Races on a real file with O_DIRECT, by threads that run freely and pause at random. */
public final class RaceStress {
  private final Path directory;
  private final int rounds;
  private final long seed;

  /**
   * Rounds on a new file in {@code directory}.
   *
   * @param rounds at least 1
   * @param seed of the first round; each later one has the next
   */
  public RaceStress(Path directory, int rounds, long seed) {
    this.directory = directory;
    this.rounds = rounds;
    this.seed = seed;
  }

  /**
   * The rounds of one race that were lost.
   *
   * @param race the race
   * @param strategy name of the strategy
   * @param policy name of the policy
   * @param declared whether the guarantee is declared
   * @param rounds rounds that were run
   * @param count rounds that were lost
   * @param first what went wrong first, empty if nothing did
   */
  public record Losses(
      Race race,
      String strategy,
      String policy,
      boolean declared,
      int rounds,
      int count,
      String first) {
    /** As a line. */
    public String line() {
      String verdict = count == 0 ? "safe" : declared ? "FAILS" : "fails";
      return String.format(
              Locale.ROOT,
              "%-12s %-17s %-18s %5s %d of %d %s",
              race.id(),
              strategy,
              policy,
              verdict,
              count,
              rounds,
              first)
          .stripTrailing();
    }
  }

  /**
   * Runs all rounds of one race. A round with a deadlock is the last one: its threads stay.
   *
   * @throws IOException when the file cannot be made or used with O_DIRECT
   */
  public Losses run(Race race, DioStrategy strategy, ConversionPolicy policy) throws IOException {
    Path image = Files.createTempFile(directory, "races", ".img");
    Files.delete(image);
    int done = 0;
    int lost = 0;
    String first = "";
    try (FileDevice device = FileDevice.create(image, RaceRun.deviceBytes())) {
      boolean stuck = false;
      while (done < rounds && !stuck) {
        Verdict verdict = RaceRun.stress(race, strategy, policy, device, seed + done);
        done++;
        if (verdict.fails()) {
          lost++;
          first = first.isEmpty() ? verdict.problems().get(0) : first;
        }
        stuck = verdict.isStuck();
      }
    } finally {
      Files.deleteIfExists(image);
    }
    boolean declared = RaceRun.isDeclared(race, strategy, policy);
    return new Losses(race, strategy.name(), policy.name(), declared, done, lost, first);
  }
}
