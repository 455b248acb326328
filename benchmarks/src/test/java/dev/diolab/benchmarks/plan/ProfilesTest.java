package dev.diolab.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.benchmarks.image.VolumeShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
  @ValueSource(strings = {"smoke", "quick", "claw-back"})
  void keepTheirPromiseOfTimeByTheirOwnEstimate(String name) {
    double expected =
        Plan.of(Profiles.builtIn().byName(name), Selection.ALL, 1).turns().stream()
            .mapToDouble(turn -> turn.cell().expectedSeconds())
            .sum();

    assertThat(expected)
        .isLessThan(Map.of("smoke", 40.0, "quick", 280.0, "claw-back", 1800.0).get(name));
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
}
