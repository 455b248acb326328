package dev.diolab.results.report;

import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.TwinPairs;
import java.util.List;

/**
 * What a run measured of its own method.
 *
 * @param twins cells that were measured twice
 * @param cells all cells
 */
public record MethodSection(TwinPairs twins, List<Measured> cells) {
  /** Copies the list. */
  public MethodSection {
    cells = List.copyOf(cells);
  }

  /** Adds the parts to a page. */
  void writeTo(Page page) {
    page.section(3, "Noise floors");
    page.paragraph(Wording.NOISE_FLOOR);
    page.bullets(NoiseFloorLines.of(twins, workloads()));
    SteadyTable.summary(cells)
        .ifPresent(
            summary -> {
              page.section(3, "Warm-up and steady state");
              page.paragraph(summary + " " + Wording.STEADY);
            });
    SteadyTable.of(cells).ifPresent(page::table);
  }

  private List<String> workloads() {
    return cells.stream().map(measured -> measured.cell().key().workload()).distinct().toList();
  }
}
