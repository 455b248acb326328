package dev.diolab.benchmarks.kernel;

import dev.diolab.benchmarks.content.Permutation;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.record.PhaseRecorder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One fill of one new file: each block of 32 KiB once, in random order (as TSO32, facts on
 * databases, P1), by threads that take the next block when they are done with one. Afterwards the
 * whole file is read and must hold what was written.
 *
 * <p>Thread safety: none.
 */
final class Fill {
  private static final int UNITS_PER_WRITE = FillFile.WRITE_BYTES / Stamp.UNIT_BYTES;

  private final FillFile file;
  private final int[] order;
  private final boolean dsync;
  private final long trial;
  private final long version;
  private final AtomicInteger next = new AtomicInteger();

  private Fill(FillFile file, int[] order, boolean dsync, long trial, long version) {
    this.file = file;
    this.order = order;
    this.dsync = dsync;
    this.trial = trial;
    this.version = version;
  }

  /**
   * What came out.
   *
   * @param opsPerSecond writes a second, the fdatasync at the end included
   * @param recorder how long the writes took
   */
  record Result(double opsPerSecond, PhaseRecorder recorder) {}

  /**
   * Makes a file of {@code bytes} on {@code target}, fills it as {@code cell} says, checks and
   * removes it.
   *
   * @throws IOException also when the file does not hold what was written
   */
  static Result run(FillTarget target, FillCell cell, long bytes, long seed) throws IOException {
    int[] order = Permutation.of(Math.toIntExact(bytes / FillFile.WRITE_BYTES), seed);
    try (FillFile file = target.create(bytes)) {
      if (cell.written()) {
        new Fill(file, inOrder(order.length), false, seed, 0).write(List.of(file.writer()));
        file.fdatasync();
      }
      Fill fill = new Fill(file, order, cell.dsync(), seed, 1);
      List<FillFile.Writer> writers = new ArrayList<>();
      for (int i = 0; i < cell.threads(); i++) {
        writers.add(file.writer());
      }
      double seconds = fill.write(writers);
      fill.check(file.writer());
      PhaseRecorder recorded = new PhaseRecorder();
      writers.forEach(writer -> recorded.add(writer.recorder()));
      return new Result(order.length / seconds, recorded);
    }
  }

  private static int[] inOrder(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }

  /** Seconds until all is written and durable. */
  private double write(List<FillFile.Writer> writers) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      long begin = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (FillFile.Writer writer : writers) {
        running.add(
            threads.submit(
                () -> {
                  writeAll(writer);
                  return null;
                }));
      }
      for (Future<?> each : running) {
        await(each);
      }
      if (!dsync) {
        file.fdatasync();
      }
      return (System.nanoTime() - begin) / 1e9;
    } finally {
      threads.shutdown();
    }
  }

  private static void await(Future<?> running) throws IOException {
    try {
      running.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new AssertionError("a writer failed", e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }

  private void writeAll(FillFile.Writer writer) throws IOException {
    for (int turn = next.getAndIncrement(); turn < order.length; turn = next.getAndIncrement()) {
      int block = order[turn];
      Stamp.write(
          writer.buffer(), 0, FillFile.WRITE_BYTES, trial, (long) block * UNITS_PER_WRITE, version);
      writer.write((long) block * FillFile.WRITE_BYTES, dsync);
    }
  }

  private void check(FillFile.Writer reader) throws IOException {
    for (int block = 0; block < order.length; block++) {
      long offset = (long) block * FillFile.WRITE_BYTES;
      reader.read(offset);
      for (int unit = 0; unit < UNITS_PER_WRITE; unit++) {
        long at = (long) unit * Stamp.UNIT_BYTES;
        long place = (long) block * UNITS_PER_WRITE + unit;
        if (!Stamp.matches(reader.buffer(), at, trial, place, version)) {
          throw new IOException(
              "at offset "
                  + (offset + at)
                  + " the file holds "
                  + Stamp.describe(reader.buffer(), at)
                  + ", which was not written last");
        }
      }
    }
  }
}
