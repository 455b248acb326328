package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenLoopFindingsTest {

  @Test
  void namesTheLowestOfThoseThatKeepUpOnlyWhereTheirRoundsTellThemApart() {
    assertThat(sentences(new double[] {130, 131, 129}, new double[] {200, 201, 199}))
        .contains("Of those that keep up placeholder has the lowest p99 of the response time.");
    assertThat(sentences(new double[] {130, 190, 90}, new double[] {140, 120, 160}))
        .contains(
            "Of those that keep up placeholder and iomap-endio tie for the lowest p99 of the response"
                + " time, not told apart.");
    assertThat(sentences(new double[] {130}, new double[] {200}))
        .noneMatch(sentence -> sentence.contains("lowest"));
  }

  /** Of two that keep up, and of one that does not, whose few operations were fast. */
  private static List<String> sentences(double[] placeholder, double[] iomapEndio) {
    double[] behind = new double[placeholder.length];
    Arrays.fill(behind, 700);
    return OpenLoopFindings.of(
        Comparison.of(
                List.of(
                    keepsUp("placeholder", placeholder),
                    keepsUp("iomap-endio", iomapEndio),
                    Cells.of("i-mutex")
                        .offered("poisson", 1_000, null)
                        .opsPerSecond(behind)
                        .responseP99Us(Arrays.stream(behind).map(ops -> ops / 100).toArray())
                        .measured()))
            .getFirst());
  }

  private static Measured keepsUp(String strategy, double[] responseP99Us) {
    return Cells.of(strategy)
        .offered("poisson", 1_000, null)
        .opsPerSecond(Arrays.stream(responseP99Us).map(p99 -> 999).toArray())
        .responseP99Us(responseP99Us)
        .measured();
  }

  @Test
  void tellsResponseBesideServiceTimesAndWhoDoesNotKeepUp() {
    Comparison comparison =
        Comparison.of(
                List.of(
                    Cells.of("i-mutex")
                        .offered("poisson", 1_000, null)
                        .opsPerSecond(700, 700)
                        .operations(7_000)
                        .unsent(3_000)
                        .responseP99Us(90_000)
                        .measured(),
                    Cells.of("iomap-endio")
                        .offered("poisson", 1_000, null)
                        .opsPerSecond(999, 999)
                        .responseP99Us(130)
                        .measured()))
            .getFirst();

    assertThat(OpenLoopFindings.of(comparison))
        .containsExactly(
            "At 16 threads, p99 of the response time (of the service time): iomap-endio 130 µs (100"
                + " µs), i-mutex 90,000 µs (100 µs).",
            "i-mutex does not keep up: it achieved 70 % of the offered load, and 3,000 of 10,000"
                + " operations were never sent.");
  }
}
