package dev.diolab.results.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SvgTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "M1.2345,-6.789 L3.10 4 | M1.23,-6.79 L3.10 4",
        "x=\"0.999\" | x=\"1\"",
        "-0.0049 -0.0051 2.005000 | 0 -0.01 2.01",
        "1.2345E-4 1.2345E2 1.2345E 1.234E- | 0 123.45 1.23E 1.23E-",
        "1.234.5678 1.2.3456 | 1.23.5678 1.2.35",
        "1.234-5.678 --9.8765 | 1.23-5.68 --9.88",
        "a.123 . .5555 | a.123 . .5555"
      })
  void numbersWithLongFractionsAreRoundedToHundredths(String raw, String rounded) {
    assertThat(Svg.rounded(raw)).isEqualTo(rounded);
  }

  @Test
  void theyAreFoundAsByTheirPattern() {
    Pattern longFraction = Pattern.compile("(-?\\d+)\\.(\\d{3,})(E-?\\d+)?");
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      String text =
          random
              .ints(200, 0, 24)
              .mapToObj(at -> String.valueOf("0123456789012345..-E L,x".charAt(at)))
              .collect(Collectors.joining());

      assertThat(Svg.rounded(text))
          .isEqualTo(longFraction.matcher(text).replaceAll(number -> Svg.rounded(number.group())));
    }
  }
}
