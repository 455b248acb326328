package dev.diolab.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.benchmarks.image.VolumeShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest {

  @Test
  void areFiveFromQuickestToLongest() {
    assertThat(Profiles.builtIn().all().keySet())
        .containsExactly("smoke", "quick", "claw-back", "ssd", "full");
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "quick", "claw-back", "ssd", "full"})
  void haveImagesWithRoomForTheirFiles(String name) {
    Profile profile = Profiles.builtIn().byName(name);
    Plan plan = Plan.of(profile, Selection.ALL, 1);

    assertThat(plan.largestFileBytes())
        .isPositive()
        .isLessThanOrEqualTo(VolumeShape.largestFileBytes(profile.imageMiB() * Sizes.MIB));
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "quick", "claw-back", "ssd"})
  void keepTheirPromiseOfTimeByTheirOwnEstimate(String name) {
    assertThat(expectedSeconds(name))
        .isLessThan(
            Map.of("smoke", 35.0, "quick", 280.0, "claw-back", 1800.0, "ssd", 2700.0).get(name));
  }

  @Test
  void fullSaysHonestlyThatItTakesMoreThanADay() {
    assertThat(Profiles.builtIn().byName("full").summary()).endsWith("some 26 hours");
    assertThat(expectedSeconds("full") / 3600).isBetween(25.0, 27.0);
  }

  private static double expectedSeconds(String name) {
    return Plan.of(Profiles.builtIn().byName(name), Selection.ALL, 1).turns().stream()
        .mapToDouble(turn -> turn.cell().expectedSeconds())
        .sum();
  }

  @Test
  void ssdMeasuresEveryWorkload() {
    assertThat(Plan.of(Profiles.builtIn().byName("ssd"), Selection.ALL, 1).cells())
        .extracting(CellPlan::workload)
        .contains(Workload.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "ssd", "full"})
  void measureTheNoiseFloorOfWhatIsComparedMost(String name) {
    List<CellPlan> twins =
        Plan.of(Profiles.builtIn().byName(name), Selection.ALL, 1).cells().stream()
            .filter(CellPlan::twin)
            .toList();

    assertThat(twins).allMatch(twin -> twin.rounds() >= 3);
    assertThat(twins)
        .extracting(CellPlan::workload)
        .contains(Workload.PAGE_OVERWRITE, Workload.TSO32, Workload.WAL_COMMIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "claw-back"})
  void measurePlainOverwritesBesideEveryDsyncWriteIntoPreallocatedSpace(String name) {
    List<CellPlan> cells =
        Plan.of(Profiles.builtIn().byName(name), Selection.ALL, 1).cells().stream()
            .filter(cell -> cell.workload() == Workload.TSO32 && cell.variant().endsWith("dsync"))
            .toList();

    assertThat(cells)
        .filteredOn(cell -> cell.variant().startsWith("unwritten"))
        .extracting(CellPlan::policy)
        .contains("end-io", "group");
    for (CellPlan cell : cells) {
      assertThat(cells)
          .filteredOn(
              other ->
                  other.variant().equals("rewritten, dsync")
                      && other.strategy().equals(cell.strategy())
                      && other.threads() == cell.threads())
          .as("the one control of " + cell.title())
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "quick", "claw-back", "ssd", "full"})
  void nameEveryCellOnce(String name) {
    List<String> ids =
        Plan.of(Profiles.builtIn().byName(name), Selection.ALL, 1).cells().stream()
            .map(CellPlan::id)
            .toList();

    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9_-]+"));
  }

  @Test
  void tellTheKnownNamesForAnUnknownOne() {
    assertThatThrownBy(() -> Profiles.builtIn().byName("quik"))
        .isInstanceOf(Failure.class)
        .hasMessage("unknown profile 'quik'; known: smoke, quick, claw-back, ssd, full");
  }

  @Test
  void readFromTheirOwnTextAreTheSame(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("mine.jsonc");
    Files.writeString(file, Profiles.text());

    assertThat(Profiles.read(file).all()).isEqualTo(Profiles.builtIn().all());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"threads\": [8]      | \"threads\": [65]      | threads 65 is not from 1 to 64",
        "\"threads\": [8]      | \"threads\": []        | must not be empty",
        "4k-write                | 5k-write                 | PAGE-OVERWRITE has no variant '5k-write'; it has: 4k-write",
        "PAGE-OVERWRITE          | PAGE                     | unknown workload 'PAGE'; known: PAGE-OVERWRITE",
        "\"rounds\": 1         | \"rounds\": 0          | rounds 0",
        "\"imageMiB\": 256     | \"imageMB\": 256       | imageMiB 0",
        "\"smoke\":            | \"a/b\":               | profile 'a/b'",
        "\"rounds\": 1         | \"rounds\": 1, \"sweepPercents\": [50, 25] | sweepPercents [50, 25] do not ascend",
        "\"smoke\": {          | \"smoke\": [           | line 5"
      })
  void ofAUsersFileAreRefusedWithWhatIsWrong(
      String right, String wrong, String said, @TempDir Path directory) throws IOException {
    String smoke =
        """
        // one profile
        {

          // comments stay
          "smoke": {
            "summary": "s", "imageMiB": 256, "rounds": 1, "verifyMiB": 64,
            "blocks": [
              {"workload": "PAGE-OVERWRITE", "variants": ["4k-write"], "threads": [8],
               "warmupSeconds": 0.3, "seconds": 0.5, "fileMiB": 64}
            ]
          }
        }
        """;
    Path file = directory.resolve("mine.jsonc");
    Files.writeString(file, smoke);
    assertThat(Profiles.read(file).all()).hasSize(1);
    assertThat(smoke).contains(right);
    Files.writeString(file, smoke.replace(right, wrong));

    assertThatThrownBy(() -> Profiles.read(file))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(said);
  }

  @Test
  void ofAFileThatIsNotThereAreRefused() {
    assertThatThrownBy(() -> Profiles.read(Path.of("no-such.jsonc")))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("no-such.jsonc cannot be read");
  }
}
