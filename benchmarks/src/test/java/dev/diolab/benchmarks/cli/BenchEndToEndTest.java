package dev.diolab.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.run.Cell;
import dev.diolab.results.run.RunCheck;
import dev.diolab.results.run.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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
            "smoke",
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
    assertThat(run.run().cells()).hasSize(2);
    for (Cell cell : run.run().cells()) {
      assertThat(cell.throughput().operations()).isPositive();
      assertThat(RunCheck.contradictions(cell, run.histograms(cell))).isEmpty();
    }
    assertThat(wanted).isDirectoryContaining("glob:**/report.html");
    assertThat(wanted).isDirectoryContaining("glob:**/jmh.json");
    assertThat(wanted).isDirectoryNotContaining("glob:**/forks");
    assertThat(directory).isDirectoryNotContaining("glob:**.partial");
  }
}
