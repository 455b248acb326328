package dev.diolab.results.report;

import dev.diolab.results.compare.TwinPairs;
import java.util.List;

/**
 * What a run measured of its own method.
 *
 * @param twins cells that were measured twice
 * @param workloads all workloads of the run, without duplicates
 */
public record MethodSection(TwinPairs twins, List<String> workloads) {
  /** Copies the list. */
  public MethodSection {
    workloads = List.copyOf(workloads);
  }

  /** Adds the part to a page. */
  void writeTo(Page page) {
    page.section(3, "Noise floors");
    page.paragraph(Wording.NOISE_FLOOR);
    page.bullets(NoiseFloorLines.of(twins, workloads));
  }
}
