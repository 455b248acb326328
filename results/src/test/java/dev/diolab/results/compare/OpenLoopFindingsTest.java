package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenLoopFindingsTest {

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
