package dev.diolab.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.benchmarks.image.VolumeShape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest {

  @Test
  void areFourFromQuickestToLongest() {
    assertThat(Profiles.builtIn().all().keySet()).containsExactly("smoke", "quick", "ssd", "full");
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "quick", "ssd", "full"})
  void haveImagesWithRoomForTheirFiles(String name) {
    Profile profile = Profiles.builtIn().byName(name);
    Plan plan = Plan.of(profile, Selection.ALL, 1);

    assertThat(plan.largestFileBytes())
        .isPositive()
        .isLessThanOrEqualTo(VolumeShape.largestFileBytes(profile.imageMiB() * Sizes.MIB));
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "quick"})
  void keepTheirPromiseOfTimeByTheirOwnEstimate(String name) {
    double expected =
        Plan.of(Profiles.builtIn().byName(name), Selection.ALL, 1).turns().stream()
            .mapToDouble(turn -> turn.cell().expectedSeconds())
            .sum();

    assertThat(expected).isLessThan(name.equals("smoke") ? 35 : 240);
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "quick", "ssd", "full"})
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
        .hasMessage("unknown profile 'quik'; known: smoke, quick, ssd, full");
  }
}
