package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioFile;
import java.io.IOException;

/** One thread of TSO32. */
interface Filler {
  /** Writes blocks until none is left, marking them as {@code version}. */
  void run(DioFile file, ChunkedFill fill, long version) throws IOException;

  /** What was recorded; read after the thread has stopped. */
  PhaseRecorder recorder();
}
