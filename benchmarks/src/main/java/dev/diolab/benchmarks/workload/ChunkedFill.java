package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Permutation;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Deals out the blocks of a file to the workers that fill it: chunk after chunk, within a chunk in
 * random order, each block once.
 *
 * <p>Who takes the middle block of a chunk preallocates the next chunk first, while the others go
 * on writing: fallocate runs against direct writes, as in a database that grows. Who takes the very
 * first block preallocates the first chunk.
 *
 * <p>Guarantees, for any number of threads:
 *
 * <ol>
 *   <li>{@link #claim} gives out every block exactly once, and only after its chunk is
 *       preallocated;
 *   <li>{@link #completed} says true to exactly one thread for each chunk, after all its blocks are
 *       completed;
 *   <li>when a worker fails, {@link #fail} lets the others end instead of waiting for it.
 * </ol>
 */
final class ChunkedFill {
  static final int CHUNK_BYTES = 32 << 20;
  static final int WRITE_BYTES = 32 << 10;
  static final int WRITES_PER_CHUNK = CHUNK_BYTES / WRITE_BYTES;

  /** No block is left. */
  static final int NONE = -1;

  private final DioFile file;
  private final boolean preallocate;
  private final int[][] orders;
  private final CountDownLatch[] ready;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicIntegerArray done;

  /** Whether each block was completed; an element belongs to who claimed the block. */
  private final boolean[] written;

  private volatile boolean failed;

  /** A fill of {@code chunks} chunks of {@code file}, which is preallocated on the way if asked. */
  ChunkedFill(DioFile file, int chunks, boolean preallocate, long seed) {
    this.file = file;
    this.preallocate = preallocate;
    this.orders = new int[chunks][];
    this.ready = new CountDownLatch[chunks];
    this.done = new AtomicIntegerArray(chunks);
    this.written = new boolean[chunks * WRITES_PER_CHUNK];
    for (int chunk = 0; chunk < chunks; chunk++) {
      orders[chunk] = Permutation.of(WRITES_PER_CHUNK, Seeds.derive(seed, chunk));
      ready[chunk] = new CountDownLatch(preallocate ? 1 : 0);
    }
  }

  /** What a worker does before it waits for another one to preallocate. */
  @FunctionalInterface
  interface BeforeWait {
    void run() throws IOException;
  }

  /** The next block to write, counted from the start of the file, or {@link #NONE}. */
  int claim() throws IOException {
    return claim(() -> {});
  }

  /** The same for a worker that has to do something before it may wait. */
  int claim(BeforeWait beforeWait) throws IOException {
    int turn = next.getAndIncrement();
    int chunk = turn / WRITES_PER_CHUNK;
    if (turn < 0 || chunk >= orders.length || failed) {
      return NONE;
    }
    int place = turn % WRITES_PER_CHUNK;
    if (preallocate) {
      preallocate(chunk, place, beforeWait);
      if (failed) {
        return NONE;
      }
    }
    return chunk * WRITES_PER_CHUNK + orders[chunk][place];
  }

  /** Counts {@code block} as written; whether it was the last one of its chunk. */
  boolean completed(int block) {
    written[block] = true;
    return done.incrementAndGet(block / WRITES_PER_CHUNK) == WRITES_PER_CHUNK;
  }

  /** Whether {@code block} was completed; asked for while no worker runs. */
  boolean isWritten(int block) {
    return written[block];
  }

  /** Blocks of the file. */
  int blocks() {
    return written.length;
  }

  /** Ends the fill early because a worker failed. */
  void fail() {
    failed = true;
    for (CountDownLatch latch : ready) {
      latch.countDown();
    }
  }

  private void preallocate(int chunk, int place, BeforeWait beforeWait) throws IOException {
    if (chunk == 0 && place == 0) {
      fallocate(0);
    }
    if (place == WRITES_PER_CHUNK / 2 && chunk + 1 < orders.length) {
      fallocate(chunk + 1);
    }
    if (ready[chunk].getCount() > 0) {
      beforeWait.run();
      await(ready[chunk]);
    }
  }

  private void fallocate(int chunk) throws IOException {
    file.fallocate((long) chunk * CHUNK_BYTES, CHUNK_BYTES, false);
    ready[chunk].countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker was interrupted", e);
    }
  }
}
