package dev.diolab.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.load.Arrivals;
import dev.diolab.benchmarks.plan.CellPlan;
import dev.diolab.benchmarks.plan.OfferedLoad;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.ArrivalResult;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.HistogramFile;
import dev.diolab.results.run.Offered;
import dev.diolab.results.run.OpenLoop;
import dev.diolab.results.run.Phase;
import dev.diolab.results.run.RunCheck;
import dev.diolab.results.verify.Verdicts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellRoundsTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path directory;

  @Test
  void addsHistogramsAndCountersAndKeepsTheRounds() throws IOException {
    CellRounds rounds =
        new CellRounds(
            plan("unwritten, fdatasync", "iomap-endio"), ImageDevice.FILE, Verdicts.none());
    rounds.add(round(1, 100, 1.0, null, 1_000));
    rounds.add(round(2, 300, 1.0, null, 3_000));

    Cell cell = rounds.cells().getFirst();

    assertThat(rounds.cells()).hasSize(1);
    assertThat(cell.throughput().operations()).isEqualTo(400);
    assertThat(cell.throughput().opsPerSecond()).isEqualTo(200);
    assertThat(cell.throughput().opsPerSecondByRound()).containsExactly(100.0, 300.0);
    assertThat(cell.throughput().bytesPerSecond()).isEqualTo(200 * 4096.0);
    assertThat(cell.latency().p50Us()).isCloseTo(3, within(0.01));
    assertThat(cell.latency().maxUs()).isCloseTo(3, within(0.01));
    assertThat(cell.effects().journalCommits()).isEqualTo(2 * 3);
    assertThat(cell.effects().deviceWrites()).isEqualTo(2 * 5);
    assertThat(cell.effects().bytesZeroed()).isEqualTo(2 * 8192);
    assertThat(cell.effects().extentsAfter()).isEqualTo(2);
    assertThat(cell.allocatedBytesPerOp()).isEqualTo(2 * 800 / 400.0);
    assertThat(cell.promise().verdict()).isEqualTo("unchecked");
    assertThat(cell.promise().ranked()).isTrue();
  }

  @Test
  void agreesWithTheHistogramsItWrites() throws IOException {
    CellRounds rounds =
        new CellRounds(plan("unwritten, fdatasync", "i-mutex"), ImageDevice.FILE, Verdicts.none());
    rounds.add(round(1, 100, 1.0, null, 1_000));
    rounds.add(round(2, 300, 2.0, null, 70_000));
    Files.createDirectory(directory.resolve("hdr"));

    rounds.writeHistograms(directory, START);

    Cell cell = rounds.cells().getFirst();
    assertThat(
            RunCheck.contradictions(
                cell, HistogramFile.read(directory.resolve(cell.histogram()), 2)))
        .isEmpty();
    assertThat(HistogramFile.read(directory.resolve(cell.histogram()), 2).rounds(Phase.TOTAL))
        .extracting(histogram -> histogram.getTotalCount())
        .containsExactly(100L, 300L);
  }

  @Test
  void chargesAZeroFillInACellOfItsOwn() throws IOException {
    CellRounds rounds =
        new CellRounds(plan("zeroed, fdatasync", "i-mutex"), ImageDevice.FILE, Verdicts.none());
    rounds.add(round(1, 100, 1.0, 3.0, 1_000));

    List<Cell> cells = rounds.cells();

    assertThat(cells)
        .extracting(cell -> cell.key().variant())
        .containsExactly("zeroed, fdatasync", "zeroed+fill, fdatasync");
    assertThat(cells)
        .extracting(cell -> cell.throughput().opsPerSecond())
        .containsExactly(100.0, 25.0);
    assertThat(cells).extracting(Cell::fillSeconds).containsExactly(3.0, 3.0);
  }

  @Test
  void addsWhatCameOfTheOperationsThatArrived() throws IOException {
    CellPlan open =
        new CellPlan(
            Workload.PAGE_OVERWRITE,
            "4k-write",
            "i-mutex",
            "end-io",
            4,
            1,
            0,
            4L << 20,
            2,
            new OfferedLoad(Arrivals.POISSON, null, 90));
    CellRounds rounds = new CellRounds(open, ImageDevice.FILE, Verdicts.none());
    rounds.add(openRound(1, 100, new ArrivalResult(150, 0.8, 1.0, 120, 20)));
    rounds.add(openRound(2, 140, new ArrivalResult(150, 0.8, 1.0, 150, 10)));

    Cell cell = rounds.cells().getFirst();

    assertThat(rounds.opsPerSecond()).isEqualTo(120);
    assertThat(cell.key().offered()).isEqualTo(new Offered("poisson", 150, 90));
    assertThat(cell.throughput().opsPerSecond()).isEqualTo(120);
    OpenLoop openLoop = Objects.requireNonNull(cell.openLoop());
    assertThat(openLoop.due()).isEqualTo(270);
    assertThat(openLoop.unsent()).isEqualTo(30);
    assertThat(openLoop.arrivedOpsPerSecond()).isCloseTo(270 / 1.6, within(1e-9));
    assertThat(openLoop.response().p99Us()).isCloseTo(7, within(0.01));
    assertThat(cell.latency().p99Us()).isCloseTo(1, within(0.01));
    Files.createDirectory(directory.resolve("hdr"));
    rounds.writeHistograms(directory, START);
    assertThat(
            RunCheck.contradictions(
                cell, HistogramFile.read(directory.resolve(cell.histogram()), 2)))
        .isEmpty();
  }

  private RoundFiles.Round openRound(int number, int operations, ArrivalResult arrivals)
      throws IOException {
    PhaseRecorder recorder = new PhaseRecorder();
    for (int i = 0; i < operations; i++) {
      recorder.recordWhole(1_000, 4096);
      recorder.recordResponse(7_000);
    }
    RoundResult result =
        new RoundResult(
                operations, operations * 4096L, 9.9, null, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, null)
            .with(arrivals);
    Path base = directory.resolve("open" + number);
    RoundFiles.write(base, result, recorder, START, START.plusSeconds(1));
    RoundFiles.Round round = RoundFiles.read(base);
    assertThat(round.result()).isEqualTo(result);
    return round;
  }

  @Test
  void neverRanksTheCeiling() throws IOException {
    CellRounds rounds =
        new CellRounds(plan("unwritten, no sync", "no-lock"), ImageDevice.FILE, Verdicts.none());
    rounds.add(round(1, 100, 1.0, null, 1_000));

    assertThat(rounds.cells().getFirst().promise().ranked()).isFalse();
  }

  private static CellPlan plan(String variant, String strategy) {
    return new CellPlan(Workload.TSO32, variant, strategy, "end-io", 4, 0, 0, 32L << 20, 2);
  }

  private RoundFiles.Round round(
      int number, int operations, double seconds, @Nullable Double fill, long nanos)
      throws IOException {
    PhaseRecorder recorder = new PhaseRecorder();
    for (int i = 0; i < operations; i++) {
      recorder.recordMapping(nanos);
    }
    recorder.recordSync(5_000);
    RoundResult result =
        new RoundResult(
            operations,
            operations * 4096L,
            seconds,
            fill,
            0,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8192,
            800,
            9,
            null);
    Path base = directory.resolve("r" + number);
    RoundFiles.write(base, result, recorder, START, START.plusSeconds(1));
    return RoundFiles.read(base);
  }
}
