package dev.diolab.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyFsxCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void everyStrategyAndPolicyIsExercisedAndTheLastLineIsTheSeed() {
    assertThat(
            run(
                "-N", "300", "-l", "50000", "-o", "8192", "-S", "3", "-Z", "-r", "512", "-w",
                "512"))
        .isZero();

    assertThat(out.toString())
        .startsWith("strategy ")
        .contains("i-mutex", "placeholder", "overwrite-nolock", "iomap-endio", "no-lock")
        .contains("no difference")
        .endsWith("seed 3\n");
  }

  @Test
  void aRecordedRunIsReplayed() throws Exception {
    Path ops = directory.resolve("run.fsxops");
    String[] chosen = {"--strategy", "i-mutex", "--policy", "end-io", "--block-size", "1024"};

    assertThat(run(with(chosen, "-N", "200", "-S", "3", "--record-ops", ops.toString()))).isZero();
    assertThat(Files.readAllLines(ops)).hasSizeGreaterThan(200);
    out.getBuffer().setLength(0);

    assertThat(run(with(chosen, "--replay-ops", ops.toString()))).isZero();
    assertThat(out.toString()).contains("i-mutex", " 200 ", "1 runs, 200 operations");
  }

  @Test
  void aPresetRunsItsSettings() {
    assertThat(
            run(
                "--preset",
                "generic-091",
                "-N",
                "50",
                "-S",
                "3",
                "--strategy",
                "i-mutex",
                "--policy",
                "end-io",
                "--block-size",
                "4096"))
        .isZero();

    assertThat(out.toString()).contains("5 runs, 250 operations", " 8192 ", " 128000 ");
  }

  @Test
  void impossibleArgumentsAreRefused() {
    assertThat(run("-Z")).isEqualTo(2);
    assertThat(err.toString()).contains("-r 1 is not a multiple of 512, which -Z needs");
    assertThat(run("-Z", "--mixed")).isEqualTo(2);
    assertThat(err.toString()).contains("exclude each other");
    assertThat(run("--preset", "generic-001")).isEqualTo(2);
    assertThat(err.toString()).contains("known: generic-091, generic-240, generic-263");
    assertThat(run("--block-size", "512")).isEqualTo(2);
    assertThat(err.toString()).contains("--block-size 512 is not 1024, 2048 or 4096");
    assertThat(run("--replay-ops", directory.resolve("missing").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("cannot replay");
    assertThat(run("--threads", "2", "-c", "5")).isEqualTo(2);
    assertThat(err.toString()).contains("-c is for one thread");
  }

  private static String[] with(String[] chosen, String... more) {
    String[] all = Arrays.copyOf(chosen, chosen.length + more.length);
    System.arraycopy(more, 0, all, chosen.length, more.length);
    return all;
  }

  private int run(String... arguments) {
    String[] all = with(new String[] {"verify", "fsx"}, arguments);
    return Diolab.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }
}
