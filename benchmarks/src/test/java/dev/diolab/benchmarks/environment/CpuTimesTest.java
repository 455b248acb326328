package dev.diolab.benchmarks.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuTimesTest {
  @Test
  void stealIsThatBetweenTwoLooks() throws IOException {
    CpuTimes before = CpuTimes.parse("cpu  100 0 100 700 50 0 0 50 30 0\ncpu0 1 2 3\n");
    CpuTimes after = CpuTimes.parse("cpu  180 0 110 1090 60 0 10 60 90 0\ncpu0 1 2 3\n");

    CpuTimes between = after.since(before);

    assertThat(between).isEqualTo(new CpuTimes(510, 10, 10, 390));
    assertThat(between.stealPercent()).isEqualTo(2.0);
    assertThat(between.idlePercent()).isEqualTo(78.4);
  }

  @Test
  void noTimeIsNoSteal() {
    assertThat(new CpuTimes(0, 0, 0, 0).stealPercent()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cpu0 1 2 3 4 5 6 7 8", "cpu 1 2 3", "cpu  1 2 3 4 5 6 7 x 9 9"})
  void whatIsNotTheTableIsRefused(String stat) {
    assertThatThrownBy(() -> CpuTimes.parse(stat))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("/proc/stat");
  }

  @Test
  void thisKernelTells() throws IOException {
    CpuTimes now = CpuTimes.now();

    assertThat(now.all()).isPositive();
    assertThat(now.stealPercent()).isBetween(0.0, 100.0);
  }
}
