package dev.diolab.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.diolab.results.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir private Path parent;
  private Path directory;

  @BeforeEach
  void writeRun() throws IOException {
    directory = parent.resolve("run");
    SyntheticRun.in(directory, 3)
        .operationsPerRound(100)
        .add("PAGE-OVERWRITE", "4k-write", 4096, false, 1)
        .write();
  }

  @Test
  void aFinishedRunIsRead() throws IOException {
    RunDirectory read = RunDirectory.read(directory);

    assertThat(read.path()).isEqualTo(directory);
    assertThat(read.run().cells()).hasSize(5);
    for (Cell cell : read.run().cells()) {
      assertThat(read.histograms(cell).rounds(Phase.TOTAL)).hasSize(2);
    }
  }

  @Test
  void whatDoesNotExistIsRefused() {
    assertRefused(parent.resolve("nowhere"), "%s does not exist");
  }

  @Test
  void aFileIsNoRunDirectory() {
    assertRefused(directory.resolve("run.json"), "%s is no directory");
  }

  @Test
  void aDirectoryWithoutRunJsonIsNoRunDirectory() {
    assertRefused(parent, "%s is no run directory: it has no run.json");
  }

  @Test
  void aPartialRunIsRefusedEvenWithARunJson() throws IOException {
    Path partial = Files.move(directory, parent.resolve("run.partial"));

    assertRefused(partial, "%s is of a run that did not finish: its results are not complete");
  }

  @Test
  void theBenchItselfOpensItsPartialRun() throws IOException {
    Path partial = Files.move(directory, parent.resolve("run.partial"));

    assertThat(RunDirectory.readUnfinished(partial).run().cells()).hasSize(5);
  }

  @Test
  void aMissingHistogramFileIsNamed() throws IOException {
    Path histogram = directory.resolve("hdr/cell-003.hlog");
    Files.delete(histogram);

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> RunDirectory.read(directory))
        .withMessage("%s does not exist or may not be read, but run.json names it", histogram);
  }

  private static void assertRefused(Path path, String message) {
    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> RunDirectory.read(path))
        .withMessage(message, path);
  }
}
