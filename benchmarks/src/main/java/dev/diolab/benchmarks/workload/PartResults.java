package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands over what was measured in a pass: one result for each part of the workload, of the same
 * files and the same check.
 *
 * <p>Thread safety: none.
 */
final class PartResults {
  private final ForkSettings settings;
  private final Workload workload;
  private final Meter pass;
  private final long extentsBefore;
  private final long extentsAfter;
  private final long checkedBytes;
  private final Map<String, RoundResult> results = new LinkedHashMap<>();

  /**
   * No results yet.
   *
   * @param pass knows when the pass began and ended
   * @param extentsBefore extents of all files when it began
   * @param extentsAfter extents of all files when it ended
   * @param checkedBytes bytes that were read back and found right
   */
  PartResults(
      ForkSettings settings,
      Workload workload,
      Meter pass,
      long extentsBefore,
      long extentsAfter,
      long checkedBytes) {
    this.settings = settings;
    this.workload = workload;
    this.pass = pass;
    this.extentsBefore = extentsBefore;
    this.extentsAfter = extentsAfter;
    this.checkedBytes = checkedBytes;
  }

  /**
   * Writes the result of a part.
   *
   * @param meter has its time, and the work of journal and device meanwhile
   * @throws AssertionError when the workload has no such part, or nothing of it was measured
   */
  void add(String part, PhaseRecorder recorded, Meter meter) throws IOException {
    if (!workload.parts().contains(part)) {
      throw new AssertionError("no part of " + workload.label() + ": " + part);
    }
    if (recorded.operations() == 0) {
      throw new AssertionError("nothing was measured of the part: " + part);
    }
    RoundResult result =
        meter.result(recorded, null, extentsBefore, extentsAfter, checkedBytes, null);
    results.put(part, result);
    RoundFiles.write(
        RoundFiles.ofPart(Path.of(settings.result()), part),
        result,
        recorded,
        pass.startedAt(),
        pass.stoppedAt());
  }

  /**
   * All results, by part in the order of the workload.
   *
   * @throws AssertionError when one is missing
   */
  Map<String, RoundResult> all() {
    if (!List.copyOf(results.keySet()).equals(workload.parts())) {
      throw new AssertionError(
          "results of " + results.keySet() + ", but the parts are " + workload.parts());
    }
    return Collections.unmodifiableMap(results);
  }
}
