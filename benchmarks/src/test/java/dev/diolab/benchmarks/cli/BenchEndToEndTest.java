package dev.diolab.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.environment.CodeDigest;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.Offered;
import dev.diolab.results.run.OpenLoop;
import dev.diolab.results.run.RunCheck;
import dev.diolab.results.run.RunDirectory;
import dev.diolab.results.verify.GuaranteeVerdict;
import dev.diolab.results.verify.Verification;
import dev.diolab.results.verify.VerificationFile;
import dev.diolab.results.verify.VerifiedCell;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One whole run with a forked JVM for each cell, on a small image. */
class BenchEndToEndTest {
  @TempDir private Path directory;

  @Test
  void leavesACompleteRunDirectory() throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Path wanted = directory.resolve("run");

    int code =
        Diolab.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "bench",
            "tiny",
            "--profiles",
            profiles().toString(),
            "--workload",
            "page-overwrite,tso32",
            "--strategy",
            "i-mutex",
            "--threads",
            "2",
            "--seconds",
            "0.1",
            "--warmup",
            "0.1",
            "--seed",
            "5",
            "--verification",
            verification().toString(),
            "--image",
            directory.resolve("test.img").toString(),
            "--size",
            "64M",
            "--out",
            wanted.toString());

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString().strip().lines().toList().getLast()).isEqualTo(wanted.toString());
    RunDirectory run = RunDirectory.read(wanted);
    assertThat(run.run().seed()).isEqualTo(5);
    assertThat(run.run().cells()).hasSize(3);
    for (Cell cell : run.run().cells()) {
      assertThat(cell.throughput().operations()).isPositive();
      assertThat(cell.promise().verdict()).isEqualTo("BROKEN: G1");
      assertThat(RunCheck.contradictions(cell, run.histograms(cell))).isEmpty();
    }
    for (Cell twin : run.run().twinCells()) {
      assertThat(twin.key()).isEqualTo(run.run().cells().getFirst().key());
      assertThat(RunCheck.contradictions(twin, run.histograms(twin))).isEmpty();
    }
    assertThat(run.run().twinCells()).hasSize(1);
    assertThat(run.run().cells().getFirst().slices()).isNotNull();
    assertThat(wanted.resolve("report.md"))
        .content()
        .contains("PAGE-OVERWRITE: noise floor", "cells that run for a time");
    assertThat(out.toString()).contains("Declared guarantees are BROKEN: i-mutex/end-io (G1)");
    assertThat(out.toString()).contains("Claw-back, TSO32 durable writes, fdatasync, 2 threads");
    assertThat(wanted.resolve("report.html"))
        .content()
        .contains("BROKEN: G1", "Claw-back: TSO32 durable writes", "(plain overwrites)");
    assertThat(wanted.resolve("charts/claw-back-tso32-durable-writes.svg")).exists();
    assertThat(wanted).isDirectoryContaining("glob:**/jmh.json");
    assertThat(wanted).isDirectoryNotContaining("glob:**/forks");
    assertThat(directory).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void measuresOnAnEmulatedDiskWithoutAnImageAndMarksEveryFigure() throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Path wanted = directory.resolve("emulated");

    int code =
        Diolab.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "bench",
            "tiny",
            "--profiles",
            profiles().toString(),
            "--workload",
            "page-overwrite,tso32",
            "--strategy",
            "i-mutex",
            "--threads",
            "2",
            "--seconds",
            "0.1",
            "--warmup",
            "0.1",
            "--verification",
            verification().toString(),
            "--device",
            "emulated-nvme-plp",
            "--size",
            "96M",
            "--out",
            wanted.toString());

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("(EMULATED nvme-plp)")
        .contains("the times of the disk are those of a model");
    RunDirectory run = RunDirectory.read(wanted);
    assertThat(run.run().cells()).hasSize(3); // with the plain overwrites of TSO32
    for (Cell cell : run.run().cells()) {
      assertThat(cell.key().device()).isEqualTo("emulated-nvme-plp");
      // No write is quicker than the shortest that the model draws, let alone one in memory.
      assertThat(cell.latency().p50Us()).isGreaterThan(5);
      assertThat(RunCheck.contradictions(cell, run.histograms(cell))).isEmpty();
    }
    assertThat(run.run().environment())
        .containsEntry("device", "EMULATED nvme-plp")
        .containsEntry("emulated", true)
        .containsEntry("writeCache", "write through")
        .doesNotContainKeys("scheduler", "mountOptions");
    assertThat(run.run().parameters())
        .containsEntry("imageBytes", 96L << 20)
        .containsEntry("imageDevice", "emulated-nvme-plp");
    assertThat(wanted.resolve("report.html")).content().contains("EMULATED nvme-plp");
    assertThat(directory).isDirectoryNotContaining("glob:**.img");
  }

  @Test
  void sweepsOverSharesOfWhatTheStrategyDidInAClosedLoop() throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Path wanted = directory.resolve("sweep");

    int code =
        Diolab.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "bench",
            "smoke",
            "--sweep",
            "--workload",
            "PAGE-OVERWRITE",
            "--strategy",
            "i-mutex",
            "--threads",
            "2",
            "--seconds",
            "0.1",
            "--warmup",
            "0.1",
            "--seed",
            "5",
            "--verification",
            verification().toString(),
            "--device",
            "emulated-nvme-plp",
            "--size",
            "96M",
            "--out",
            wanted.toString());

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    RunDirectory run = RunDirectory.read(wanted);
    List<Cell> cells = run.run().cells();
    assertThat(cells).hasSize(3);
    double capacity = cells.getFirst().throughput().opsPerSecond();
    assertThat(cells.getFirst().key().offered()).isNull();
    assertThat(cells.subList(1, 3))
        .allSatisfy(
            cell -> {
              Offered offered = Objects.requireNonNull(cell.key().offered());
              OpenLoop openLoop = Objects.requireNonNull(cell.openLoop());
              int percent = Objects.requireNonNull(offered.percentOfCapacity());
              assertThat(offered.opsPerSecond())
                  .isCloseTo(capacity * percent / 100, Percentage.withPercentage(0.001));
              assertThat(cell.throughput().operations())
                  .isPositive()
                  .isEqualTo(openLoop.due() - openLoop.unsent());
              assertThat(RunCheck.contradictions(cell, run.histograms(cell))).isEmpty();
            });
    assertThat(run.run().parameters()).containsEntry("PAGE-OVERWRITE.arrivals", "poisson");
    assertThat(out.toString())
        .contains(
            "Sweep, PAGE-OVERWRITE 4k-write (EMULATED nvme-plp), 2 threads, poisson arrivals");
    assertThat(wanted.resolve("report.md")).content().contains("- i-mutex: ", "Sweep: PAGE");
  }

  @Test
  void offersARateToWhatUsesUpItsFile() throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Path wanted = directory.resolve("rate");

    int code =
        Diolab.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "bench",
            "finite",
            "--profiles",
            finiteProfile().toString(),
            "--rate",
            "300",
            "--arrivals",
            "constant",
            "--strategy",
            "i-mutex",
            "--seconds",
            "0.2",
            "--seed",
            "5",
            "--verification",
            verification().toString(),
            "--device",
            "emulated-nvme-plp",
            "--size",
            "96M",
            "--out",
            wanted.toString());

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    RunDirectory run = RunDirectory.read(wanted);
    assertThat(run.run().cells())
        .extracting(cell -> cell.key().workload() + " " + cell.key().variant())
        .containsExactly("WAL-COMMIT recycled, dsync, commit", "TSO32 unwritten, fdatasync");
    for (Cell cell : run.run().cells()) {
      assertThat(cell.key().offered()).isEqualTo(new Offered("constant", 300, null));
      OpenLoop openLoop = Objects.requireNonNull(cell.openLoop());
      assertThat(openLoop.due()).isEqualTo(60);
      assertThat(cell.throughput().operations())
          .isPositive()
          .isEqualTo(openLoop.due() - openLoop.unsent());
      assertThat(RunCheck.contradictions(cell, run.histograms(cell))).isEmpty();
    }
    assertThat(run.run().parameters()).containsEntry("WAL-COMMIT.arrivals", "constant");
    assertThat(wanted.resolve("report.md"))
        .content()
        .contains("p99 of the response time (of the service time): i-mutex ");
  }

  @Test
  void sweepsOverSharesOfWhatWasCommittedUntilTheLogWasFull() throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Path wanted = directory.resolve("sweep");

    int code =
        Diolab.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "bench",
            "finite",
            "--profiles",
            finiteProfile().toString(),
            "--sweep",
            "--workload",
            "WAL-COMMIT",
            "--strategy",
            "iomap-endio",
            "--seed",
            "5",
            "--verification",
            verification().toString(),
            "--device",
            "emulated-nvme-plp",
            "--size",
            "96M",
            "--out",
            wanted.toString());

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    RunDirectory run = RunDirectory.read(wanted);
    assertThat(run.run().cells())
        .extracting(cell -> cell.key().variant())
        .containsExactly(
            "recycled, dsync, commit", "recycled, dsync, log write", "recycled, dsync, commit");
    Cell capacity = run.run().cells().getFirst();
    Cell offered = run.run().cells().getLast();
    assertThat(Objects.requireNonNull(offered.key().offered()).opsPerSecond())
        .isCloseTo(capacity.throughput().opsPerSecond() / 2, Percentage.withPercentage(0.001));
    assertThat(Objects.requireNonNull(offered.openLoop()).due())
        .as("no more than there are pages")
        .isBetween(20L, 256L);
    for (Cell cell : run.run().cells()) {
      assertThat(RunCheck.contradictions(cell, run.histograms(cell))).isEmpty();
    }
    assertThat(wanted.resolve("report.md")).content().contains("Sweep: WAL-COMMIT");
  }

  /** A profile of workloads that use up their files. */
  private Path finiteProfile() throws IOException {
    Path file = directory.resolve("finite.jsonc");
    return Files.writeString(
        file,
        """
        {
          "finite": {
            "summary": "for this test", "imageMiB": 256, "rounds": 1, "verifyMiB": 64,
            "sweepPercents": [50],
            "blocks": [
              {"workload": "WAL-COMMIT", "variants": ["recycled, dsync"], "threads": [2], "fileMiB": 1},
              {"workload": "TSO32", "variants": ["unwritten, fdatasync", "unwritten, fdatasync, depth 4"],
               "threads": [2], "chunks": 1}
            ]
          }
        }
        """);
  }

  /** A profile with a twin and with plain overwrites. */
  private Path profiles() throws IOException {
    Path file = directory.resolve("profiles.jsonc");
    return Files.writeString(
        file,
        """
        {
          "tiny": {
            "summary": "for this test", "imageMiB": 256, "rounds": 1, "verifyMiB": 64,
            "blocks": [
              {"workload": "PAGE-OVERWRITE", "variants": ["4k-write"], "threads": [8],
               "warmupSeconds": 0.3, "seconds": 0.5, "fileMiB": 64, "twin": "i-mutex"},
              {"workload": "TSO32", "variants": ["unwritten, fdatasync"],
               "controls": ["rewritten, fdatasync"], "threads": [4], "chunks": 1}
            ]
          }
        }
        """);
  }

  /** A verification of the running code in which a promise fell. */
  private Path verification() throws IOException {
    Path file = directory.resolve(VerificationFile.NAME);
    GuaranteeVerdict fell = new GuaranteeVerdict("G1", true, 5, 1, "stale", null);
    VerificationFile.write(
        file,
        new Verification(
            Verification.SCHEMA,
            CodeDigest.code(directory, List.of()),
            "smoke",
            7,
            List.of("1/1"),
            "2026-11-21T10:00:00Z",
            1,
            10,
            List.of(new VerifiedCell("i-mutex", "end-io", false, 1, 10, List.of(fell))),
            null));
    return file;
  }
}
