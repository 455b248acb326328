package dev.diolab.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.diolab.results.run.Slices.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicesTest {
  @Test
  void roundsAreAveragedSliceBySlice() {
    Slices one = new Slices(List.of(new Slice(10, 1)), List.of(new Slice(20, 2), new Slice(30, 3)));
    Slices two = new Slices(List.of(new Slice(30, 3)), List.of(new Slice(40, 4), new Slice(10, 9)));

    assertThat(Slices.mean(List.of(one, two)))
        .isEqualTo(
            new Slices(List.of(new Slice(20, 2)), List.of(new Slice(30, 3), new Slice(20, 6))));
  }

  @Test
  void negativeFiguresAndNoMeasuredTimeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Slice(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Slice(1, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new Slices(List.of(), List.of()));
  }
}
