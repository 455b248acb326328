package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.record.RoundResult;
import java.io.IOException;
import java.util.Map;

/**
 * A workload that works in passes, each over files of its own, because the first write of a block
 * is one-way: what JMH drives. The first pass warms up, then one is measured.
 *
 * <p>Thread safety: {@link #work} by as many threads as the trial was opened for, each with an
 * index of its own; everything else while no worker runs.
 */
interface PassTrial extends AutoCloseable {
  /** Makes the files of a pass; measuring begins at the end. */
  void startPass(boolean measured) throws IOException;

  /** What one worker does in a pass. */
  void work(int index) throws IOException;

  /**
   * Ends a pass; one that was measured is checked and its results written.
   *
   * @return the results by part of the workload; none of a pass that was not measured
   * @throws AssertionError when the work was not done
   */
  Map<String, RoundResult> endPass(boolean measured) throws IOException;

  @Override
  void close() throws IOException;
}
