package dev.diolab.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.TwinPairs;
import dev.diolab.results.run.Slices;
import dev.diolab.results.run.Slices.Slice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MethodSectionTest {
  private static final Measured STEADY =
      Cells.of("i-mutex").opsPerSecond(1000, 1001, 999).slices(slices(1)).measured();
  private static final Measured DRIFTING =
      Cells.of("iomap-endio").opsPerSecond(1000, 1001, 999).slices(slices(1.02)).measured();
  private static final Measured UNTIMED = Cells.of("i-mutex").workload("TSO32").measured();

  @Test
  void saysTheNoiseFloorOfEachWorkloadInOneLine() {
    Measured twin = Cells.of("i-mutex").opsPerSecond(1099, 1100, 1101).p99Us(100, 90).measured();

    String text = text(TwinPairs.of(List.of(STEADY), List.of(twin)), STEADY, UNTIMED);

    assertThat(text.lines().filter(line -> line.startsWith("- PAGE-OVERWRITE:")))
        .singleElement()
        .asString()
        .startsWith("- PAGE-OVERWRITE: noise floor 1.10 in throughput, ")
        .endsWith(" in p99, from 1 pair of identical cells.");
    assertThat(text).contains("- TSO32: not measured; ratios up to 1.01 count as noise.");
  }

  @Test
  void showsWarmUpAndMeasuredTimeAndListsWhatDriftedFirst() {
    String text = text(TwinPairs.of(List.of(), List.of()), STEADY, DRIFTING, UNTIMED);

    assertThat(text).contains("1 of the 2 cells that run for a time were still drifting");
    List<String> rows =
        text.lines().filter(line -> line.contains("\u2582\u2585\u2502\u2588")).toList();
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst()).contains("i-mutex + end-io", "yes");
    assertThat(text.indexOf("drifting: throughput +32 %")).isPositive();
    assertThat(text.indexOf("iomap-endio + end-io")).isLessThan(text.indexOf("i-mutex + end-io"));
  }

  @Test
  void isSilentOfSteadyStateWhereNothingRanForATime() {
    assertThat(text(TwinPairs.of(List.of(), List.of()), UNTIMED)).doesNotContain("steady state");
  }

  @Test
  void aSparklineHasOneScaleForWarmUpAndMeasuredTime() {
    assertThat(Sparkline.of(new double[] {0, 50}, new double[] {100, 100}))
        .isEqualTo("\u2581\u2585\u2502\u2588\u2588");
    assertThat(Sparkline.of(new double[] {0}, new double[] {0})).isEqualTo("\u2581\u2502\u2581");
  }

  private static String text(TwinPairs twins, Measured... cells) {
    MarkdownPage page = new MarkdownPage();
    page.title("a run", List.of());
    new MethodSection(twins, List.of(cells)).writeTo(page);
    return page.finish();
  }

  private static Slices slices(double step) {
    List<Slice> measured = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      measured.add(new Slice(100 * Math.pow(step, i), 40));
    }
    return new Slices(List.of(new Slice(10, 40), new Slice(60, 40)), measured);
  }
}
