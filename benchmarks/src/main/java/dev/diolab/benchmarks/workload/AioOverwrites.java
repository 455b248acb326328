package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.load.ClosedLoop;
import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random 4 KiB overwrites of a file by one thread with as many in flight as allowed, each submitted
 * by itself, as fio has it with {@code iodepth_batch_submit=1}. When the thread has to wait, it
 * takes all that is complete: if it took one, the next write would not be submitted before all of
 * them were taken, and the disk would run empty meanwhile.
 *
 * <p>Thread safety: none; the thread that calls {@link #run} first calls everything.
 */
final class AioOverwrites implements ClosedLoop.Operation {
  private static final int PAGE_BYTES = 4096;

  private final WorkVolume volume;
  private final DioFile file;
  private final int depth;
  private final int pages;
  private final long trial;
  private final SplittableRandom random;
  private @Nullable WritesInFlight writes;
  private long version;

  AioOverwrites(WorkVolume volume, DioFile file, int depth, long seed, long trial) {
    this.volume = volume;
    this.file = file;
    this.depth = depth;
    this.pages = Math.toIntExact(file.size() / PAGE_BYTES);
    this.trial = trial;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void run() throws IOException {
    WritesInFlight own = opened();
    if (own.freeSlots() == 0) {
      own.takeReady();
    }
    int page = random.nextInt(pages);
    Stamp.write(own.next().buffer(), 0, PAGE_BYTES, trial, page, ++version);
    own.write(file, page, false);
    if (own.freeSlots() > 0) {
      // As fio does. The last one goes with the call that waits.
      own.flush();
    }
  }

  @Override
  public void end() throws IOException {
    if (writes != null) {
      while (!writes.isEmpty()) {
        writes.take();
      }
      writes.close();
      writes = null;
    }
  }

  private WritesInFlight opened() throws IOException {
    if (writes == null) {
      writes = new WritesInFlight(volume.volume(), depth, PAGE_BYTES);
    }
    return writes;
  }
}
