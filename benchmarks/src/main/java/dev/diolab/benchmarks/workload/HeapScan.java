package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The reader of HEAP-EXTEND: one sequential scan of the first half of the relation, beside the
 * backends that extend the second.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class HeapScan {
  private static final int READ_BYTES = 128 << 10;

  private final HeapRelation relation;
  private final MemorySegment buffer;
  private final DioRequest request;
  private final PhaseRecorder recorder = new PhaseRecorder();

  HeapScan(WorkVolume volume, HeapRelation relation) {
    this.relation = relation;
    this.buffer = volume.volume().allocateBuffer(READ_BYTES);
    this.request = new DioRequest(buffer);
  }

  /** Waits for the first half, and reads it. */
  void run() throws IOException {
    relation.awaitHalf();
    long end = relation.pages() / 2 * (long) HeapRelation.PAGE_BYTES;
    for (long offset = 0; offset < end; offset += READ_BYTES) {
      int bytes = (int) Math.min(READ_BYTES, end - offset);
      int moved = relation.read(request.prepare(0, offset, bytes, false));
      recorder.record(request, moved);
      if (moved != bytes) {
        throw new AssertionError("the scan at offset " + offset + " gave " + moved + " bytes");
      }
      relation.stamped().requireOwn(buffer, bytes, offset);
    }
  }

  /** The reads. */
  PhaseRecorder recorder() {
    return recorder;
  }
}
