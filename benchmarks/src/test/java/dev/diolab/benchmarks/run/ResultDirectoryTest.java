package dev.diolab.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultDirectoryTest {
  @TempDir private Path directory;

  @Test
  void hasItsNameOnlyWhenItIsComplete() throws IOException {
    Path wanted = directory.resolve("a/b/run");
    ResultDirectory result = ResultDirectory.create(wanted);
    Files.writeString(result.partial().resolve("run.json"), "{}");
    assertThat(wanted).doesNotExist();

    result.finish();

    assertThat(wanted.resolve("run.json")).hasContent("{}");
    assertThat(result.partial()).doesNotExist();
  }

  @Test
  void neverReplacesAnother() throws IOException {
    Path wanted = Files.createDirectory(directory.resolve("run"));

    assertThatThrownBy(() -> ResultDirectory.create(wanted))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("exists already");
  }

  @Test
  void neverAddsToAnInterruptedRun() throws IOException {
    Files.createDirectory(directory.resolve("run.partial"));

    assertThatThrownBy(() -> ResultDirectory.create(directory.resolve("run")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("run.partial exists already");
  }

  @Test
  void saysWhenItCannotBeMade() throws IOException {
    Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> ResultDirectory.create(directory.resolve("file/run")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("choose another --out");
  }
}
