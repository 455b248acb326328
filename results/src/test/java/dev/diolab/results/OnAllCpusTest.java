package dev.diolab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnAllCpusTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 1_000).boxed().toList();

  @Test
  void keepsTheOrder() throws IOException {
    assertThat(OnAllCpus.map(NUMBERS, number -> -number))
        .isEqualTo(IntStream.range(0, 1_000).map(number -> -number).boxed().toList());
  }

  @Test
  void throwsWhatTheStepThrew() {
    IOException damaged = new IOException("damaged");

    assertThatThrownBy(
            () ->
                OnAllCpus.map(
                    NUMBERS,
                    number -> {
                      if (number == 500) {
                        throw damaged;
                      }
                      return number;
                    }))
        .isSameAs(damaged);
  }
}
