package dev.diolab.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.diolab.results.Cells;
import dev.diolab.results.compare.Comparison;
import dev.diolab.results.run.CellKey;
import java.awt.Color;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteTest {
  private static final List<String> STRATEGIES =
      List.of(
          "i-mutex",
          "placeholder",
          "overwrite-nolock",
          "iomap-endio",
          "shared-first",
          "xfs-iolock",
          "two-state",
          "range-lock");

  @Test
  void aStrategyLooksTheSameInEveryRun() {
    Palette few = palette("iomap-endio", "placeholder");
    Palette many = palette(STRATEGIES.toArray(String[]::new));

    for (String strategy : List.of("iomap-endio", "placeholder")) {
      assertThat(few.look(key(strategy, "end-io"))).isEqualTo(many.look(key(strategy, "end-io")));
    }
  }

  @Test
  void strategiesFromPlugInsDoNotChangeTheOthers() {
    Palette palette = palette("i-mutex", "aardvark", "zebra");

    assertThat(palette.look(key("i-mutex", "end-io")))
        .isEqualTo(palette("i-mutex").look(key("i-mutex", "end-io")));
    assertThat(palette.look(key("aardvark", "end-io")).color())
        .isNotEqualTo(palette.look(key("zebra", "end-io")).color());
  }

  @Test
  void coloursAndMarkersTellAllStrategiesApart() {
    Palette palette = palette(STRATEGIES.toArray(String[]::new));
    Set<Color> colors = new HashSet<>();
    STRATEGIES.forEach(strategy -> colors.add(palette.look(key(strategy, "end-io")).color()));

    assertThat(colors).hasSameSizeAs(STRATEGIES);
  }

  /** Black on white has 21; what is below 2 is hard to see on paper or on a dark screen. */
  @ParameterizedTest
  @ValueSource(ints = {0xFFFFFF, 0x14181D})
  void everyColourStandsOutOnLightAndOnDark(int background) {
    Palette palette = palette(STRATEGIES.toArray(String[]::new));
    for (String strategy : STRATEGIES) {
      Color color = palette.look(key(strategy, "end-io")).color();
      assertThat(contrast(color, new Color(background))).as(strategy).isGreaterThan(2);
    }
  }

  @Test
  void policiesOfAStrategyShareItsColourAndDifferInTheLine() {
    Palette palette =
        Palette.of(
            Comparison.of(
                List.of(
                    Cells.of("i-mutex").policy("end-io").measured(),
                    Cells.of("i-mutex").policy("sync-commit").measured())));
    Palette.Look first = palette.look(key("i-mutex", "end-io"));
    Palette.Look second = palette.look(key("i-mutex", "sync-commit"));

    assertThat(first.color()).isEqualTo(second.color());
    assertThat(first.stroke()).isNotEqualTo(second.stroke());
  }

  @Test
  void theCeilingIsGreyAndDashed() {
    Palette palette = Palette.of(Comparison.of(List.of(Cells.of("no-lock").ceiling().measured())));
    Palette.Look look = palette.look(key("no-lock", "end-io"));

    assertThat(look.css()).isEqualTo("#80868b");
    assertThat(look.stroke().getDashArray()).isNotNull();
  }

  @Test
  void aStrategyOfAnotherRunHasNoLook() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> palette("i-mutex").look(key("placeholder", "end-io")));
  }

  private static Palette palette(String... strategies) {
    return Palette.of(
        Comparison.of(
            Stream.of(strategies).map(strategy -> Cells.of(strategy).measured()).toList()));
  }

  private static CellKey key(String strategy, String policy) {
    return new CellKey("PAGE-OVERWRITE", "4k-write", strategy, policy, 16, "file");
  }

  /** The contrast ratio of WCAG 2. */
  private static double contrast(Color one, Color other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(Color color) {
    float[] rgb = color.getRGBColorComponents(null);
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum +=
          weights[i]
              * (rgb[i] <= 0.04045 ? rgb[i] / 12.92 : Math.pow((rgb[i] + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
