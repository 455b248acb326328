package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A backend of HEAP-EXTEND: takes pages at the end of the relation and writes them later. Up to 64
 * of its pages wait in memory, and which of them is written next is chance; those that wait at the
 * end are written in bursts of up to 128 KiB, as a checkpoint does that sorts them.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class HeapBackend {
  private static final int MOST_WAITING = 64;

  /** io_combine_limit. */
  private static final int BURST_PAGES = 16;

  private final HeapRelation relation;
  private final SplittableRandom random;
  private final MemorySegment buffer;
  private final DioRequest request;
  private final PhaseRecorder extensions = new PhaseRecorder();
  private final PhaseRecorder writes = new PhaseRecorder();

  /** Pages that were not written yet: the first {@code waitingCount}. */
  private final int[] waiting = new int[MOST_WAITING + HeapRelation.WANTED_PAGES];

  private int waitingCount;

  HeapBackend(WorkVolume volume, HeapRelation relation, long seed, int index) {
    this.relation = relation;
    this.random = new SplittableRandom(Seeds.derive(seed, index));
    this.buffer = volume.volume().allocateBuffer(BURST_PAGES * HeapRelation.PAGE_BYTES);
    this.request = new DioRequest(buffer);
  }

  /** Takes and writes pages until none is left. */
  void run() throws IOException {
    boolean complete = false;
    try {
      for (int first = claim(); first != HeapRelation.NONE; first = claim()) {
        for (int i = 0; i < HeapRelation.WANTED_PAGES; i++) {
          waiting[waitingCount++] = first + i;
        }
        while (waitingCount > MOST_WAITING) {
          writeAny();
        }
      }
      writeAll();
      complete = true;
    } finally {
      if (!complete) {
        relation.fail();
      }
    }
  }

  private int claim() throws IOException {
    long start = System.nanoTime();
    int first = relation.claim();
    if (first != HeapRelation.NONE) {
      int bytes = HeapRelation.WANTED_PAGES * HeapRelation.PAGE_BYTES;
      extensions.recordWhole(System.nanoTime() - start, bytes);
    }
    return first;
  }

  private void writeAny() throws IOException {
    int chosen = random.nextInt(waitingCount);
    int page = waiting[chosen];
    waiting[chosen] = waiting[--waitingCount];
    write(page, 1);
  }

  private void writeAll() throws IOException {
    Arrays.sort(waiting, 0, waitingCount);
    int done = 0;
    while (done < waitingCount) {
      int count = burst(done);
      write(waiting[done], count);
      done += count;
    }
    waitingCount = 0;
  }

  /** How many pages from place {@code from} on follow each other and fit a burst. */
  private int burst(int from) {
    int count = 1;
    while (count < BURST_PAGES
        && from + count < waitingCount
        && waiting[from + count] == waiting[from] + count) {
      count++;
    }
    return count;
  }

  private void write(int page, int count) throws IOException {
    int bytes = count * HeapRelation.PAGE_BYTES;
    relation.stamp(buffer, page, count);
    relation.write(request.prepare(0, (long) page * HeapRelation.PAGE_BYTES, bytes, false), bytes);
    writes.record(request, bytes);
  }

  /** Makes the relation durable; after all backends have written. */
  void sync() throws IOException {
    long start = System.nanoTime();
    relation.stamped().file().fsync();
    writes.recordSync(System.nanoTime() - start);
  }

  /** How long it took each time until the backend had pages, the wait for the lock included. */
  PhaseRecorder extensions() {
    return extensions;
  }

  /** The writes of pages and bursts, and the fsync. */
  PhaseRecorder writes() {
    return writes;
  }
}
