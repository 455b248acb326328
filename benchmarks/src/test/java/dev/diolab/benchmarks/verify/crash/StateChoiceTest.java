package dev.diolab.benchmarks.verify.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.device.RecordedWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateChoiceTest {
  private static final List<RecordedWrite> WRITES = writes();

  @Test
  void withNothingLooseThereIsOneState() {
    assertThat(new StateChoice(1).of(new CrashPoint(5, List.of())))
        .containsExactly(new CrashState(5, List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void allSubsetsOfAFewLooseWritesAreTried(int count) {
    Set<Set<RecordedWrite>> subsets =
        new StateChoice(1)
            .of(point(count)).stream()
                .filter(state -> state.applied().stream().noneMatch(Applied::isTorn))
                .map(
                    state ->
                        state.applied().stream().map(Applied::write).collect(Collectors.toSet()))
                .collect(Collectors.toSet());

    assertThat(subsets).hasSize(1 << count);
  }

  @Test
  void ofManyLooseWritesNothingAndEverythingAreAmongTheStates() {
    Set<CrashState> states = new StateChoice(1).of(point(20));

    assertThat(states).anyMatch(state -> state.applied().isEmpty());
    assertThat(states)
        .anyMatch(
            state ->
                state.applied().size() == 20
                    && state.applied().stream().noneMatch(Applied::isTorn));
  }

  @Test
  void someStatesHaveATornWrite() {
    assertThat(new StateChoice(1).of(point(3)))
        .anyMatch(state -> state.applied().stream().anyMatch(Applied::isTorn));
  }

  @Test
  void theSameSeedChoosesTheSameStates() {
    assertThat(new StateChoice(7).of(point(9)))
        .containsExactlyElementsOf(new StateChoice(7).of(point(9)));
  }

  private static CrashPoint point(int count) {
    return new CrashPoint(100, WRITES.subList(0, count));
  }

  private static List<RecordedWrite> writes() {
    List<RecordedWrite> writes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      writes.add(new RecordedWrite(2L * i + 1, 2L * i + 2, 4096L * i, new byte[4096], false));
    }
    return writes;
  }
}
