package dev.diolab.benchmarks.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir private Path directory;

  @Test
  void examinesEverythingAndLeavesNothingBehind() {
    List<Finding> findings = Doctor.examine(directory, 1, 2, 0.1);

    assertThat(findings)
        .extracting(Finding::subject)
        .contains(
            "file system",
            "write cache",
            "scheduler",
            "free space",
            "cpus",
            "load",
            "io_uring",
            "O_DIRECT");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void callsADiskWithoutSpaceAProblem() {
    List<Finding> findings = Doctor.examine(directory, Long.MAX_VALUE, Long.MAX_VALUE, 0.1);

    assertThat(findings)
        .filteredOn(finding -> finding.subject().equals("free space"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.level()).isEqualTo(Finding.Level.PROBLEM);
              assertThat(finding.remedy()).isNotEmpty();
            });
    assertThat(Doctor.isMeasurable(findings)).isFalse();
  }

  @Test
  void givesARemedyForEverythingThatIsNotWell() {
    assertThat(Doctor.examine(directory, 1, Long.MAX_VALUE, 0.1))
        .filteredOn(finding -> finding.level() != Finding.Level.OK)
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.toText()).contains("-> " + finding.remedy()));
  }

  @Test
  void canMeasureWithWarnings() {
    assertThat(Doctor.isMeasurable(List.of(Finding.warning("a", "b", "c"), Finding.ok("d", "e"))))
        .isTrue();
  }
}
