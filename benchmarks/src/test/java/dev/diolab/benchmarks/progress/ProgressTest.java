package dev.diolab.benchmarks.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void printsOneLineForEachStepWithTheTimeLeft() {
    try (Progress progress = Progress.plain(new PrintStream(out, true, UTF_8), 90.5)) {
      progress.step("[1/2] first", 0);
      progress.advance("not worth a line", 1);
      progress.step("[2/2] second", 90.5);
    }

    assertThat(out.toString(UTF_8).lines())
        .containsExactly("0:00, 1:30 left  [1/2] first", "0:00  [2/2] second");
  }

  @Test
  void writesDurationsAsAClock() {
    assertThat(Durations.clock(Duration.ofSeconds(7))).isEqualTo("0:07");
    assertThat(Durations.clock(Duration.ofSeconds(187))).isEqualTo("3:07");
    assertThat(Durations.clock(Duration.ofSeconds(3753))).isEqualTo("1:02:33");
  }
}
