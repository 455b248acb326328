package dev.diolab.benchmarks.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.sweep.Target;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RowLabelTest {
  private static final List<FaultResult> ALL =
      Target.cross(
              List.of(Strategies.byName("i-mutex"), Strategies.byName("placeholder")),
              List.of(
                  Policies.byName("end-io"),
                  Policies.byName("workqueue"),
                  Policies.byName("zero-ahead-16")))
          .stream()
          .flatMap(
              target ->
                  Arrays.stream(Mode.values())
                      .map(
                          mode ->
                              new FaultResult(
                                  target,
                                  FaultPoint.FILL_EIO,
                                  mode,
                                  new Outcome("EIO, intact", List.of()))))
          .toList();

  private static String label(Predicate<FaultResult> some) {
    return new RowLabel(ALL).of(ALL.stream().filter(some).toList());
  }

  private static boolean isOf(FaultResult result, String strategyOrPolicy) {
    return result.target().strategy().name().equals(strategyOrPolicy)
        || result.target().policy().name().equals(strategyOrPolicy);
  }

  @Test
  void namesAsLittleAsSaysIt() {
    assertThat(label(each -> true)).isEqualTo("every policy");
    assertThat(label(each -> each.mode().isDsync())).isEqualTo("DSYNC: every policy");
    assertThat(label(each -> isOf(each, "placeholder"))).isEqualTo("every policy with placeholder");
    assertThat(label(each -> isOf(each, "end-io"))).isEqualTo("end-io");
    assertThat(label(each -> isOf(each, "zero-ahead-16"))).isEqualTo("zero-ahead-16");
  }

  @Test
  void namesModesAndStrategiesWhereTheyMatter() {
    assertThat(label(each -> isOf(each, "workqueue") && each.mode() == Mode.ASYNC))
        .isEqualTo("async: workqueue");
    assertThat(
            label(
                each ->
                    isOf(each, "end-io")
                        || (isOf(each, "workqueue")
                            && isOf(each, "i-mutex")
                            && !each.mode().isDsync())))
        .isEqualTo("end-io; not DSYNC: workqueue with i-mutex");
  }
}
