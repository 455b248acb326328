package dev.diolab.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.diolab.results.compare.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartNamesTest {
  private static final Subject PLUS = subject("zeroed+fill");
  private static final Subject COMMA = subject("zeroed, fill");
  private static final Subject NUMBERED = subject("zeroed-fill-2");

  @Test
  void areWorkloadAndVariantWhereThatIsEnough() {
    assertThat(ChartNames.of(List.of(PLUS, subject("unwritten"))).of(PLUS))
        .isEqualTo("tso32-zeroed-fill");
  }

  @Test
  void differWhereTitlesDifferInSignsOnly() {
    ChartNames names = ChartNames.of(List.of(PLUS, COMMA, NUMBERED));

    assertThat(List.of(names.of(PLUS), names.of(COMMA), names.of(NUMBERED)))
        .containsExactly("tso32-zeroed-fill", "tso32-zeroed-fill-2", "tso32-zeroed-fill-2-2");
  }

  @Test
  void areTheSameForASubjectThatIsThereTwice() {
    assertThat(ChartNames.of(List.of(COMMA, COMMA)).of(COMMA)).isEqualTo("tso32-zeroed-fill");
  }

  @Test
  void ofOthersAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChartNames.of(List.of(PLUS)).of(COMMA))
        .withMessageContaining("TSO32 zeroed, fill");
  }

  private static Subject subject(String variant) {
    return new Subject("TSO32", variant, "file");
  }
}
