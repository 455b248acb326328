package dev.diolab.benchmarks.crosscheck;

import com.sun.management.ThreadMXBean;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.engine.check.Checker;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Submits many asynchronous requests of one page to a file, reads and writes mixed, with as many in
 * flight as the depth allows, and holds the engine to account: each completes once, every read
 * finds what the last write of that page left, memory stays flat. An eighth of the file is made
 * unwritten again twenty times, so that writes there are converted. Every eighth request is told by
 * a callback, the others are taken.
 *
 * <p>Thread safety: none.
 */
public final class RequestAudit {
  /** Bytes of the file. */
  public static final int FILE_BYTES = 16 << 20;

  private static final int PAGE_BYTES = Stamp.UNIT_BYTES;
  private static final int PAGES = FILE_BYTES / PAGE_BYTES;

  /** Pages from the beginning of the file that are made unwritten. */
  private static final int FRESH_PAGES = PAGES / 8;

  private static final int PHASES = 20;

  /** A first part of the phases is not measured: it compiles, and takes memory for good. */
  private static final int WARMUP_PHASES = 4;

  /** The heap is looked at after so many phases behind the warm-up, and after the last ones. */
  private static final int LOOKS = 4;

  /** Requests are handed to the device so many at a time. */
  private static final int BATCH = 16;

  private final Volume volume;
  private final DioFile file;
  private final PagesInFlight pages;
  private final AuditedPages contents;
  private final SplittableRandom random;

  /**
   * What came out.
   *
   * @param contender who locked and converted
   * @param requests how many were submitted
   * @param reads how many of them were reads
   * @param firstWrites how many were writes to an unwritten page
   * @param lost how many never completed
   * @param repeated how many completed more than once
   * @param faults what else was wrong, the first few
   * @param requestsPerSecond after the warm-up
   * @param bytesPerRequest bytes of heap that all threads allocated for a request, after the
   *     warm-up
   * @param heapGrowthBytes how much more of the heap is in use in the end than behind the warm-up,
   *     each the least of several looks: what other threads of this JVM hold comes and goes, what
   *     leaks stays
   */
  public record Result(
      Contender contender,
      int requests,
      int reads,
      int firstWrites,
      int lost,
      int repeated,
      List<String> faults,
      double requestsPerSecond,
      double bytesPerRequest,
      long heapGrowthBytes) {
    /** Whether nothing was wrong. */
    public boolean isSound() {
      return lost == 0 && repeated == 0 && faults.isEmpty();
    }
  }

  private RequestAudit(
      Volume volume, DioFile file, AioContext context, int requests, int depth, long seed) {
    this.volume = volume;
    this.file = file;
    this.contents = new AuditedPages(PAGES, seed, volume.policy().completesFirst());
    this.pages = new PagesInFlight(volume, context, file, contents, requests, depth);
    this.random = new SplittableRandom(seed);
  }

  /**
   * Formats {@code device} and runs {@code requests} requests on it.
   *
   * @param depth most in flight
   */
  public static Result run(
      BlockDevice device, int blockBytes, Contender contender, int requests, int depth, long seed)
      throws IOException {
    VolumeFormatter.format(device, VolumeShape.options(device.sizeBytes(), blockBytes));
    Result result;
    try (Volume volume =
        Volume.mount(
            device, Strategies.byName(contender.strategy()), Policies.byName(contender.policy()))) {
      DioFile file = volume.create();
      try (AioContext context = volume.openContext(depth)) {
        result =
            new RequestAudit(volume, file, context, requests, depth, seed).run(contender, requests);
      }
    }
    List<String> faults = new ArrayList<>(result.faults());
    Checker.check(device).findings().forEach(finding -> faults.add("fsck: " + finding));
    return new Result(
        contender,
        result.requests(),
        result.reads(),
        result.firstWrites(),
        result.lost(),
        result.repeated(),
        List.copyOf(faults),
        result.requestsPerSecond(),
        result.bytesPerRequest(),
        result.heapGrowthBytes());
  }

  private Result run(Contender contender, int requests) throws IOException {
    contents.fill(volume, file);
    int submitted = 0;
    int measuredFrom = 0;
    long early = Long.MAX_VALUE;
    long late = Long.MAX_VALUE;
    long allocated = 0;
    long nanos = 0;
    for (int phase = 0; phase < PHASES; phase++) {
      makeUnwritten();
      if (phase == WARMUP_PHASES) {
        measuredFrom = submitted;
        allocated = allocatedBytes();
        nanos = System.nanoTime();
      }
      int end = (int) ((long) requests * (phase + 1) / PHASES);
      for (; submitted < end; submitted++) {
        submit(submitted);
      }
      pages.drain();
      long looked = System.nanoTime();
      if (phase >= WARMUP_PHASES && phase < WARMUP_PHASES + LOOKS) {
        early = Math.min(early, usedHeap());
      } else if (phase >= PHASES - LOOKS) {
        late = Math.min(late, usedHeap());
      }
      nanos += System.nanoTime() - looked;
    }
    double measured = Math.max(1, submitted - measuredFrom);
    double seconds = (System.nanoTime() - nanos) / 1e9;
    double bytesPerRequest = (allocatedBytes() - allocated) / measured;
    long growth = late - early;
    file.fsync();
    contents.converted();
    contents.checkAll(volume, file);
    return new Result(
        contender,
        submitted,
        pages.reads(),
        pages.firstWrites(),
        pages.ledger().lost(submitted),
        pages.ledger().repeated(),
        contents.faults(),
        measured / seconds,
        bytesPerRequest,
        growth);
  }

  /** Nothing is in flight. */
  private void makeUnwritten() throws IOException {
    file.zeroRange(0, (long) FRESH_PAGES * PAGE_BYTES, true);
    file.fsync();
    contents.converted();
    contents.zeroed(FRESH_PAGES);
  }

  private void submit(int number) throws IOException {
    int page = random.nextInt(PAGES);
    while (contents.isBusy(page)) {
      page = random.nextInt(PAGES);
    }
    pages.submit(number, page, random.nextBoolean());
    if (number % BATCH == 0) {
      pages.flush();
    }
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
