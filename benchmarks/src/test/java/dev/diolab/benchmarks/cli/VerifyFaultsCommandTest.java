package dev.diolab.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class VerifyFaultsCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void onePhaseOfOnePairIsATableAndAVerdict() {
    assertThat(run("--strategy", "iomap-endio", "--policy", "workqueue", "--phase", "in a worker"))
        .isZero();
    assertThat(out.toString())
        .startsWith("conversion, in a worker too ")
        .contains("  async: workqueue ", "fsync ENOSPC, intact  fsync EIO, read-only")
        .endsWith("Verdict: 12 trials, every rule holds\n");
  }

  @Test
  void anUnknownPhaseIsRefusedWithThoseThatThereAre() {
    assertThat(run("--phase", "lunch")).isEqualTo(2);
    assertThat(err.toString()).contains("no phase contains 'lunch'; there are: read; mapping;");
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "verify";
    all[1] = "faults";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Diolab.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }
}
