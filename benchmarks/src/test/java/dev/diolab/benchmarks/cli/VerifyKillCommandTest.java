package dev.diolab.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyKillCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void whatAKilledBenchLeavesIsCleanAndNothingElseIsLeft() {
    long before = ProcessHandle.current().descendants().count();

    int code =
        run("--times", "2", "--seed", "11", "--image", directory.resolve("k.img").toString());

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .startsWith("2 kills, seed 11\n")
        .contains("\n  1  ", "\n  2  ")
        .contains(" 0 torn, 0 wrong")
        .contains("Verdict: 2 of 2 kills left a clean image");
    assertThat(code).isZero();
    assertThat(directory).isEmptyDirectory();
    assertThat(ProcessHandle.current().descendants().count()).isEqualTo(before);
  }

  @Test
  void aFileThatIsThereIsNotTouched() throws IOException {
    Path file = Files.writeString(directory.resolve("letter.txt"), "dear reader");

    assertThat(run("--image", file.toString())).isEqualTo(2);

    assertThat(err.toString()).contains(file + " exists already: verify kill makes its own image");
    assertThat(file).hasContent("dear reader");
  }

  @Test
  void impossibleArgumentsAreRefused() {
    assertThat(run("--times", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--times 0 is not from 1 to 100000");
    assertThat(run("--image", directory.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is a directory");
    assertThat(run("--image", directory + "/missing/k.img")).isEqualTo(3);
    assertThat(err.toString()).contains("there is no directory");
  }

  private int run(String... arguments) {
    CommandLine line = new CommandLine(new VerifyKillCommand());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          err.append(Failure.messageOf(failure));
          if (failure instanceof Failure known) {
            return known.exitCode().code();
          }
          throw failure;
        });
    return line.execute(arguments);
  }
}
