package dev.diolab.results.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One measured cell: one strategy and policy under one workload, variant and number of threads. In
 * {@code run.json} the fields of the unwrapped records stand directly in the cell.
 *
 * @param openLoop what came of the operations that arrived, in an open loop
 * @param sync latency of separate fdatasync calls, where the variant has them
 * @param fillSeconds time of a zero-fill that was measured apart, where the variant has one
 * @param allocatedBytesPerOp heap bytes allocated by an operation, where that was measured
 * @param histogram the file of the cell's histograms, relative to the run directory
 * @param slices what it did from slice to slice of its time, where it was measured for a time
 */
public record Cell(
    @JsonUnwrapped CellKey key,
    @JsonUnwrapped Throughput throughput,
    @JsonUnwrapped Latency latency,
    Phases phases,
    @Nullable OpenLoop openLoop,
    @Nullable SyncLatency sync,
    @Nullable Double fillSeconds,
    @JsonUnwrapped Effects effects,
    @Nullable Double allocatedBytesPerOp,
    @JsonUnwrapped Promise promise,
    String histogram,
    @Nullable Slices slices) {

  /** Refuses negative quantities and a histogram file outside the run directory. */
  public Cell {
    if (fillSeconds != null) {
      Require.quantity("fillSeconds", fillSeconds);
    }
    if (allocatedBytesPerOp != null) {
      Require.quantity("allocatedBytesPerOp", allocatedBytesPerOp);
    }
    Path file = Path.of(histogram);
    Require.that(
        !histogram.isEmpty() && !file.isAbsolute() && !file.normalize().startsWith(".."),
        "histogram is \"%s\", but must be a file inside the run directory",
        histogram);
  }

  /** A cell whose time was not cut into slices. */
  public Cell(
      CellKey key,
      Throughput throughput,
      Latency latency,
      Phases phases,
      @Nullable OpenLoop openLoop,
      @Nullable SyncLatency sync,
      @Nullable Double fillSeconds,
      Effects effects,
      @Nullable Double allocatedBytesPerOp,
      Promise promise,
      String histogram) {
    this(
        key,
        throughput,
        latency,
        phases,
        openLoop,
        sync,
        fillSeconds,
        effects,
        allocatedBytesPerOp,
        promise,
        histogram,
        null);
  }

  /** Whether so few operations lie beyond a percentile that it says little: fewer than ten. */
  public boolean isThinBeyond(double percent) {
    return throughput.operations() * (100 - percent) / 100 < 10;
  }
}
