package dev.diolab.results.across;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.diolab.results.SyntheticRun;
import dev.diolab.results.compare.LoadSweep;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Git;
import dev.diolab.results.run.Offered;
import dev.diolab.results.run.RunDirectory;
import dev.diolab.results.run.RunFormatException;
import dev.diolab.results.stats.NoiseFloor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SideBySideTest {
  private static final Git OTHER_COMMIT =
      new Git("ffffffffffffffffffffffffffffffffffffffff", false);

  @TempDir private Path directory;
  private int runs;

  @Test
  void everyCellOfTwoRunsIsComparedWithTheFirstThatHasIt() throws IOException {
    SideBySide sides =
        sides(
            run(1).add(key("i-mutex", "file"), 4096, false),
            run(2).add(key("iomap-endio", "file"), 4096, false),
            run(3)
                .add(key("i-mutex", "file"), 4096, false)
                .add(key("iomap-endio", "file"), 4096, false)
                .add(key("placeholder", "file"), 4096, false));

    assertThat(sides.deltas())
        .extracting(
            delta ->
                "%s: %s by %s"
                    .formatted(delta.place().strategy(), delta.side().name(), delta.base().name()))
        .containsExactly("i-mutex: C by A", "iomap-endio: C by B");
    assertThat(sides.deltas(sides.sides().get(1))).isEmpty();
  }

  @Test
  void cellsOfSeveralDisksAreComparedButNotWithThoseInMemory() throws IOException {
    SideBySide sides =
        sides(
            run(1)
                .add(key("i-mutex", "file"), 4096, false)
                .add(key("iomap-endio", "memory"), 4096, false),
            run(2)
                .add(key("i-mutex", "emulated-hdd"), 4096, false)
                .add(key("iomap-endio", "file"), 4096, false));

    assertThat(sides.places()).extracting(Place::strategy).containsExactly("i-mutex");
  }

  @Test
  void eachLoadOfASweepIsAPlaceOfItsOwnAndComparedByResponseTime() throws IOException {
    SideBySide sides = sides(sweep(run(1), 10, 50), sweep(run(2).slower("i-mutex", 2), 50, 90));

    assertThat(sides.places())
        .extracting(Place::toString)
        .containsExactly(
            "PAGE-OVERWRITE 4k-write, 50 % of capacity poisson, i-mutex, end-io, 4 threads");
    Delta delta = sides.deltas().getFirst();
    assertThat(delta.throughput().isTie()).isTrue();
    assertThat(delta.p99().ratio())
        .isEqualTo(responseP99Us(delta.side()) / responseP99Us(delta.base()));
  }

  private static double responseP99Us(Side side) {
    return LoadSweep.of(side.run().cells()).getFirst().curves().getFirst().points().stream()
        .filter(point -> Integer.valueOf(50).equals(point.offered().percentOfCapacity()))
        .findFirst()
        .orElseThrow()
        .response()
        .p99Us();
  }

  private static SyntheticRun sweep(SyntheticRun run, int... percents) throws IOException {
    for (int percent : percents) {
      run.offered(new Offered("poisson", 40.0 * percent, percent))
          .add(key("i-mutex", "file"), 4096, false);
    }
    return run;
  }

  @ParameterizedTest
  @CsvSource({"2", "3", "5", "10"})
  void runsOfEqualsHaveAFalseWinnerInAtMostOneCellOfTwenty(int rounds) throws IOException {
    int cells = 0;
    long measuredFloor = 0;
    long leastFloor = 0;
    for (int seed = 0; seed < 8; seed++) {
      SyntheticRun one = cells(run(seed).rounds(rounds).operationsPerRound(100), 4);
      SyntheticRun repeated = cells(run(100 + seed).rounds(rounds).operationsPerRound(100), 4);
      SyntheticRun other =
          cells(run(200 + seed).git(OTHER_COMMIT).rounds(rounds).operationsPerRound(100), 4);
      SideBySide repeats = sides(one, repeated);
      cells += repeats.places().size();
      measuredFloor += winners(repeats);
      leastFloor += winners(sides(one, other));
    }

    assertThat(cells).isEqualTo(40);
    assertThat(measuredFloor).isLessThanOrEqualTo(cells / 20);
    // Two standard deviations of so few cells; ContrastCoverageTest counts thousands.
    assertThat(leastFloor).isLessThanOrEqualTo(cells / 20 + 2);
  }

  /** Nearly all of an operation is the device, so that throughput is 0.912 of what it was. */
  @Test
  void aPlantedSlowDownIsFoundInEveryWorkloadWithItsSize() throws IOException {
    SideBySide sides =
        sides(
            workloads(run(1).rounds(10).operationsPerRound(400)),
            workloads(
                run(2)
                    .git(OTHER_COMMIT)
                    .rounds(10)
                    .operationsPerRound(400)
                    .slower("placeholder", 1.1)));

    assertThat(sides.deltas()).hasSize(10);
    for (Delta delta : sides.deltas()) {
      if (delta.place().strategy().equals("placeholder")) {
        assertThat(delta.throughput().isLower()).as("%s", delta.place()).isTrue();
        assertThat(delta.throughput().interval().orElseThrow().contains(0.912))
            .as("%s", delta.throughput().interval())
            .isTrue();
      }
    }
    assertThat(sides.standing())
        .extracting(delta -> delta.place().workload() + " " + delta.place().strategy())
        .containsExactly("PAGE-OVERWRITE placeholder", "LOCK-COST placeholder");
  }

  @Test
  void theNoiseOfARepetitionHidesDifferencesOfAllRuns() throws IOException {
    SyntheticRun slowerHour =
        run(2)
            .rounds(5)
            .slower("i-mutex", 1.2)
            .slower("placeholder", 1.2)
            .slower("overwrite-nolock", 1.2)
            .slower("iomap-endio", 1.2)
            .slower("no-lock", 1.2);
    SideBySide sides =
        sides(
            cells(run(1).rounds(5), 4),
            cells(slowerHour, 4),
            cells(run(3).rounds(5).git(OTHER_COMMIT).slower("placeholder", 1.1), 4));

    assertThat(sides.repeats()).hasSize(1);
    assertThat(sides.throughputFloor().ratio()).isBetween(1.15, 1.3);
    assertThat(sides.p99Floor().ratio()).isGreaterThan(1.05);
    assertThat(winners(sides)).isZero();
  }

  @Test
  void theLargerOfTheFloorsOfRunsAndTwinsHolds() throws IOException {
    SyntheticRun noisyTwins = cells(run(1).rounds(2).operationsPerRound(60).twin("iomap-endio"), 4);
    SideBySide sides = sides(noisyTwins, cells(run(2).git(OTHER_COMMIT).operationsPerRound(60), 4));
    Side side = sides.sides().getFirst();
    double floor = side.at(sides.places().getFirst()).orElseThrow().floors().throughput().ratio();

    assertThat(side.cells()).hasSize(5);
    assertThat(floor).isGreaterThan(NoiseFloor.LEAST.ratio());
    assertThat(sides.throughputFloor()).isEqualTo(NoiseFloor.LEAST);
    assertThat(sides.deltas())
        .filteredOn(delta -> new NoiseFloor(floor).hides(delta.throughput().ratio()))
        .isNotEmpty()
        .allMatch(delta -> delta.throughput().chance() == 1);
  }

  @Test
  void onlyTheSameCleanCodeWithTheSameSettingsRepeatsARun() throws IOException {
    assertThat(repeats(run(1), run(2))).isTrue();
    assertThat(repeats(run(1), run(2).git(OTHER_COMMIT))).isFalse();
    assertThat(repeats(run(1), run(2).environment("kernel", "5.15"))).isFalse();
    Git dirty = new Git(OTHER_COMMIT.commit(), true);
    assertThat(repeats(run(1).git(dirty), run(2).git(dirty))).isFalse();
    assertThat(repeats(run(1).git(Git.UNKNOWN), run(2).git(Git.UNKNOWN))).isFalse();
  }

  @Test
  void withoutARepetitionTheLeastFloorHolds() throws IOException {
    SideBySide sides = sides(cells(run(1), 4), cells(run(2).git(OTHER_COMMIT), 4));

    assertThat(sides.repeats()).isEmpty();
    assertThat(sides.throughputFloor()).isEqualTo(NoiseFloor.LEAST);
    assertThat(sides.p99Floor()).isEqualTo(NoiseFloor.LEAST);
  }

  @Test
  void whatElseDiffersIsNamed() throws IOException {
    SideBySide sides =
        sides(
            run(1).add(key("i-mutex", "file"), 4096, false),
            run(2)
                .add(key("i-mutex", "file"), 4096, false)
                .environment("device", "sda")
                .environment("loadAtStart", 7)
                .environment("governor", "powersave")
                .parameter("blockBytes", 1024)
                .parameter("PAGE-OVERWRITE.rounds", 7));

    assertThat(sides.differences())
        .containsExactly(
            "device: nvme0n1 in A, sda in B",
            "governor: unknown in A, powersave in B",
            "blockBytes: 4096 in A, 1024 in B");
  }

  @Test
  void runsThatCannotBeLaidSideBySideAreRefused() throws IOException {
    SyntheticRun ambiguous =
        run(1).add(key("i-mutex", "file"), 4096, false).add(key("i-mutex", "uring"), 4096, false);

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> sides(ambiguous, run(2)))
        .withMessageContaining("holds two cells that differ in the disk only (PAGE-OVERWRITE");
    assertThatIllegalArgumentException().isThrownBy(() -> SideBySide.of(List.of()));
  }

  @Test
  void manyRunsHaveNamesOfTheirOwn() {
    assertThat(List.of(Side.name(0), Side.name(25), Side.name(26), Side.name(52)))
        .containsExactly("A", "Z", "A1", "A2");
  }

  private static long winners(SideBySide sides) {
    return sides.deltas().stream().filter(delta -> !delta.throughput().isTie()).count();
  }

  private boolean repeats(SyntheticRun one, SyntheticRun other) throws IOException {
    SideBySide sides =
        sides(
            one.add(key("i-mutex", "file"), 4096, false),
            other.add(key("i-mutex", "file"), 4096, false));
    return !sides.repeats().isEmpty();
  }

  private static SyntheticRun cells(SyntheticRun run, int threads) throws IOException {
    return run.add("PAGE-OVERWRITE", "4k-write", 4096, false, threads);
  }

  private static SyntheticRun workloads(SyntheticRun run) throws IOException {
    return run.add("PAGE-OVERWRITE", "4k-write", 4096, false, 1)
        .add("LOCK-COST", "4k-write", 4096, false, 1);
  }

  private static CellKey key(String strategy, String device) {
    return new CellKey("PAGE-OVERWRITE", "4k-write", strategy, "end-io", 4, device);
  }

  private SyntheticRun run(long seed) throws IOException {
    Path path = directory.resolve("run-" + runs++);
    return SyntheticRun.in(path, seed).operationsPerRound(300);
  }

  private static SideBySide sides(SyntheticRun... runs) throws IOException {
    List<RunDirectory> opened = new ArrayList<>();
    for (SyntheticRun run : runs) {
      run.write();
      opened.add(RunDirectory.read(run.directory()));
    }
    return SideBySide.of(opened);
  }
}
