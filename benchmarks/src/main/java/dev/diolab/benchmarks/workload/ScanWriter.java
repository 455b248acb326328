package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Expectation;
import dev.diolab.benchmarks.content.Permutation;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One writer of SCAN+PUNCH: direct writes of whole pages, 40 % of them the first write of their
 * page and 60 % overwrites; of every fourth page, by chance, the last 4, 8 or 12 KiB are punched
 * after its write, as page compression does.
 *
 * <p>Pages are dealt out as in {@link PageWorker}: no two threads are at work on the same page.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class ScanWriter {
  private static final int UNITS_PER_PAGE = ScanFile.PAGE_BYTES / Stamp.UNIT_BYTES;

  /** Writes for each first write. */
  private static final double WRITES_PER_FIRST = 2.5;

  private static final int PUNCHED_ONE_IN = 4;

  /** Pages that are written behind what is then truncated. */
  private static final int RECYCLED_PAGES = 4;

  private final List<ScanFile> files;
  private final ScanSchedule schedule;
  private final MemorySegment buffer;
  private final DioRequest request;
  private final SplittableRandom random;
  private final ScanRecorders recorders = new ScanRecorders();
  private final long trial;
  private final int index;
  private final int workers;

  /**
   * How often each page of this writer was written; slot {@code s} is page s/files of file s%files.
   */
  private final int[] versions;

  /** How many units at the end of each page were punched after its last write. */
  private final byte[] punched;

  /** Slots that are not written yet behind {@code firsts}, in the order of writing them. */
  private final int[] untouched;

  /** Slots that may be overwritten: the first {@code touchedCount}. */
  private final int[] touched;

  private int touchedCount;
  private int firsts;

  ScanWriter(
      List<ScanFile> files,
      ScanSchedule schedule,
      MemorySegment buffer,
      int index,
      int workers,
      long seed,
      long trial) {
    this.files = files;
    this.schedule = schedule;
    this.buffer = buffer;
    this.request = new DioRequest(buffer);
    this.random = new SplittableRandom(Seeds.derive(seed, index));
    this.trial = trial;
    this.index = index;
    this.workers = workers;
    long bytes = files.getFirst().bytes();
    int slots = files.size() * own(ScanFile.dataPages(bytes), index, workers);
    int written = files.size() * own(ScanFile.writtenPages(bytes), index, workers);
    this.versions = new int[slots];
    this.punched = new byte[slots];
    this.touched = new int[slots];
    for (int slot = 0; slot < written; slot++) {
      touched[slot] = slot;
    }
    this.touchedCount = written;
    this.untouched = Permutation.of(slots - written, Seeds.derive(seed, index));
    for (int i = 0; i < untouched.length; i++) {
      untouched[i] += written;
    }
  }

  /** Writes that writer {@code index} makes in a pass over {@code files} files of {@code bytes}. */
  static int writes(long bytes, int files, int index, int workers) {
    int firsts =
        files
            * (own(ScanFile.dataPages(bytes), index, workers)
                - own(ScanFile.writtenPages(bytes), index, workers));
    return (int) (firsts * WRITES_PER_FIRST);
  }

  /** How many of the pages before {@code pages} are those of writer {@code index}. */
  private static int own(int pages, int index, int workers) {
    return (pages - index + workers - 1) / workers;
  }

  /** All writes of a pass. */
  void run() throws IOException {
    boolean complete = false;
    try {
      int writes = writes(files.getFirst().bytes(), files.size(), index, workers);
      for (int left = writes; left > 0; left--) {
        int write = schedule.nextWrite();
        int regrow = schedule.regrowBefore(write);
        if (regrow != ScanSchedule.NONE) {
          regrow(files.get(regrow % files.size()), regrow + 1);
        }
        writePage(nextSlot(left));
      }
      complete = true;
    } finally {
      if (!complete) {
        schedule.fail();
      }
    }
  }

  /** First writes are spread evenly over the writes that are left, and none is left over. */
  private int nextSlot(int writesLeft) {
    if (random.nextInt(writesLeft) < untouched.length - firsts) {
      int slot = untouched[firsts++];
      touched[touchedCount++] = slot;
      return slot;
    }
    return touched[random.nextInt(touchedCount)];
  }

  private void writePage(int slot) throws IOException {
    ScanFile target = files.get(slot % files.size());
    long page = (long) (slot / files.size()) * workers + index;
    int version = ++versions[slot];
    punched[slot] = 0;
    Stamp.write(buffer, 0, ScanFile.PAGE_BYTES, trial, page * UNITS_PER_PAGE, version);
    request.prepare(0, page * ScanFile.PAGE_BYTES, ScanFile.PAGE_BYTES, false);
    int epoch = target.scanEpoch();
    requireWhole(target.file().write(request), page);
    ScanPart part = target.wasScannedSince(epoch) ? ScanPart.IN_SCAN : ScanPart.BETWEEN_SCANS;
    recorders.of(part).record(request, ScanFile.PAGE_BYTES);
    if (random.nextInt(PUNCHED_ONE_IN) == 0) {
      punch(target, slot, page);
    }
  }

  private void punch(ScanFile target, int slot, long page) throws IOException {
    int units = 1 + random.nextInt(UNITS_PER_PAGE - 1);
    int bytes = units * Stamp.UNIT_BYTES;
    long start = System.nanoTime();
    target.file().punchHole((page + 1) * ScanFile.PAGE_BYTES - bytes, bytes);
    recorders.of(ScanPart.PUNCH).recordWhole(System.nanoTime() - start, bytes);
    punched[slot] = (byte) units;
  }

  /**
   * Cuts off the end of a file, of which some pages were written, and preallocates it again. What
   * the pages held must never be seen again.
   */
  private void regrow(ScanFile target, int version) throws IOException {
    long start = ScanFile.tailStart(target.bytes());
    long firstPage = start / ScanFile.PAGE_BYTES;
    for (long page = firstPage; page < firstPage + RECYCLED_PAGES; page++) {
      Stamp.write(buffer, 0, ScanFile.PAGE_BYTES, trial, page * UNITS_PER_PAGE, version);
      request.prepare(0, page * ScanFile.PAGE_BYTES, ScanFile.PAGE_BYTES, false);
      requireWhole(target.file().write(request), page);
    }
    long begin = System.nanoTime();
    target.file().truncate(start);
    long truncated = System.nanoTime();
    target.file().fallocate(start, target.bytes() - start, false);
    long grown = System.nanoTime();
    recorders.of(ScanPart.TRUNCATE).recordWhole(truncated - begin, 0);
    recorders.of(ScanPart.REGROW).recordWhole(grown - truncated, 0);
  }

  private static void requireWhole(int moved, long page) {
    if (moved != ScanFile.PAGE_BYTES) {
      throw new AssertionError("write of page " + page + " moved " + moved + " bytes");
    }
  }

  ScanRecorders recorders() {
    return recorders;
  }

  /**
   * What file {@code file} must hold after {@code writers}, all of them in order of their index.
   */
  static Expectation expectation(List<ScanWriter> writers, int file) {
    int dataPages = ScanFile.dataPages(writers.getFirst().files.get(file).bytes());
    return unit -> {
      long page = unit / UNITS_PER_PAGE;
      return page >= dataPages
          ? Expectation.NEVER_WRITTEN
          : writers
              .get((int) (page % writers.size()))
              .version(file, page, (int) (unit % UNITS_PER_PAGE));
    };
  }

  private long version(int file, long page, int unit) {
    int slot = (int) (page / workers) * files.size() + file;
    boolean isPunched = unit >= UNITS_PER_PAGE - punched[slot];
    return isPunched ? Expectation.NEVER_WRITTEN : versions[slot];
  }
}
