package dev.diolab.benchmarks.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

  @ParameterizedTest
  @CsvSource({
    "512M, 536870912",
    "4g, 4294967296",
    "1024, 1024",
    "64MiB, 67108864",
    "8 , 8",
    "1T, 1099511627776"
  })
  void readsWhatPeopleWrite(String text, long bytes) {
    assertThat(Sizes.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12q", "-5M", "M", "1.5G", "999999999999T"})
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> Sizes.parse(text)).isInstanceOf(Failure.class);
  }

  @Test
  void writesTheLargestUnitThatKeepsItWhole() {
    assertThat(Sizes.format(512 * Sizes.MIB)).isEqualTo("512 MiB");
    assertThat(Sizes.format(1000)).isEqualTo("1000 bytes");
    assertThat(Sizes.format(0)).isEqualTo("0 bytes");
  }
}
