package dev.diolab.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path directory;

  @Test
  void theFileIsReplacedAndNothingElseIsLeft() throws IOException {
    Path file = directory.resolve("report.md");
    AtomicFile.write(file, "a longer text than the next");
    AtomicFile.write(file, "µs");

    assertThat(file).hasContent("µs");
    assertThat(directory.toFile().list()).containsExactly("report.md");
  }

  @Test
  void soItIsWithoutForcingIt() throws IOException {
    Path file = directory.resolve("chart.png");
    AtomicFile.writeUnforced(file, new byte[] {1, 2, 3});
    AtomicFile.writeUnforced(file, new byte[] {4, 5});

    assertThat(file).hasBinaryContent(new byte[] {4, 5});
    assertThat(directory.toFile().list()).containsExactly("chart.png");
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    Path file = directory.resolve("report.md");
    Path inTheWay = Files.createDirectories(file.resolve("full"));

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> AtomicFile.write(file, "text"));

    assertThat(inTheWay).exists();
    assertThat(directory.toFile().list()).containsExactly("report.md");
  }
}
