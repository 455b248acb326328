package dev.diolab.benchmarks.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.sweep.Target;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every fault in every phase, for every strategy and policy. */
class FaultRunTest {
  private static final Set<FaultPoint> IN_PLACE =
      EnumSet.of(FaultPoint.IN_PLACE_EIO, FaultPoint.IN_PLACE_TORN, FaultPoint.IN_PLACE_SHORT);

  private static List<FaultResult> results = List.of();

  @BeforeAll
  static void run() {
    results =
        FaultRun.run(
            Target.cross(Strategies.all(), Policies.all()),
            Arrays.asList(FaultPoint.values()),
            Runtime.getRuntime().availableProcessors());
  }

  @Test
  void noStrategyAndPolicyBreaksARule() {
    assertThat(FaultTable.broken(results)).isEmpty();
  }

  @Test
  void everyFaultIsMetByAPolicyThatComesThere() {
    Set<FaultPoint> ofOthers = EnumSet.of(FaultPoint.WINDOW_EIO);
    ofOthers.addAll(IN_PLACE);
    assertThat(pointsMetBy("end-io")).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(ofOthers)));
    assertThat(pointsMetBy("zero-ahead-16")).contains(FaultPoint.WINDOW_EIO);
  }

  @Test
  void aChangeInPlaceThatFailsTurnsTheVolumeReadOnly() {
    assertThat(
            results.stream()
                .filter(each -> each.target().policy().name().equals("in-place"))
                .filter(each -> IN_PLACE.contains(each.point()))
                .filter(each -> each.mode() == Mode.SYNC_DSYNC)
                .map(each -> each.outcome().text()))
        .isNotEmpty()
        .containsOnly("EIO, read-only");
  }

  /** Points that no trial of {@code policy} without DSYNC went past. */
  private static Set<FaultPoint> pointsMetBy(String policy) {
    Set<FaultPoint> missed =
        results.stream()
            .filter(each -> each.target().policy().name().equals(policy))
            .filter(each -> !each.mode().isDsync())
            .filter(each -> each.outcome().text().equals(Outcome.NOT_MET))
            .map(FaultResult::point)
            .collect(Collectors.toSet());
    return Arrays.stream(FaultPoint.values())
        .filter(point -> !missed.contains(point))
        .collect(Collectors.toSet());
  }

  @Test
  void aDeviceErrorIsTheErrorOfTheRequestAndTheVolumeGoesOn() {
    assertThat(texts(FaultPoint.FILL_EIO)).containsExactly("EIO, intact");
    assertThat(texts(FaultPoint.FILL_ENOSPC)).containsExactly("ENOSPC, intact");
    assertThat(texts(FaultPoint.HOLE_FULL)).containsExactly("ENOSPC, intact");
  }

  @Test
  void anErrorOfTheLogTurnsTheVolumeReadOnly() {
    assertThat(texts(FaultPoint.LOG_EIO)).contains("EIO, read-only", "fsync EIO, read-only");
  }

  @Test
  void aLateConversionThatFailsIsToldByTheFsync() {
    assertThat(
            results.stream()
                .filter(each -> each.target().policy().name().equals("workqueue"))
                .filter(each -> each.point() == FaultPoint.SPLIT_FULL)
                .filter(each -> each.mode() == Mode.ASYNC)
                .map(each -> each.outcome().text()))
        .containsOnly("fsync ENOSPC, intact");
  }

  private static Set<String> texts(FaultPoint point) {
    return results.stream()
        .filter(each -> each.point() == point)
        .map(each -> each.outcome().text())
        .collect(Collectors.toSet());
  }

  @Test
  void theTableHasEveryPhaseAndFault() {
    String table = FaultTable.render(results);
    for (FaultPoint point : FaultPoint.values()) {
      assertThat(table).contains(point.phase()).contains(point.label());
    }
    assertThat(table).contains("every policy").doesNotContain("BROKEN");
  }
}
