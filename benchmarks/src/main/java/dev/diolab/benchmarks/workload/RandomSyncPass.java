package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Permutation;
import dev.diolab.engine.file.DioFile;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One pass of AIO-RANDOM-SYNC over a file: deals out its pages in random order, each once.
 *
 * <p>Thread safety: all methods.
 */
final class RandomSyncPass {
  /** No page is left. */
  static final int NONE = -1;

  private final DioFile file;
  private final long version;
  private final int[] order;
  private final AtomicInteger next = new AtomicInteger();
  private final SyncBeat beat;

  RandomSyncPass(DioFile file, int pages, long version, long seed) {
    this.file = file;
    this.version = version;
    this.order = Permutation.of(pages, seed);
    this.beat = new SyncBeat(pages);
  }

  DioFile file() {
    return file;
  }

  /** What the writes of this pass are marked with. */
  long version() {
    return version;
  }

  SyncBeat beat() {
    return beat;
  }

  /** The next page to write, or {@link #NONE}. */
  int claim() {
    int turn = next.getAndIncrement();
    return turn < order.length ? order[turn] : NONE;
  }
}
