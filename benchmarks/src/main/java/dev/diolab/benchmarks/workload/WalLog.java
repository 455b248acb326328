package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Expectation;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A log that clients commit to in groups: who finds nobody writing writes the records of all who
 * wait, in one write, and makes them durable; those who come meanwhile are the next group.
 *
 * <p>Records are whole pages. With a chance of 0.3 the last page before a group was not full, and
 * is written once more at the head of the group.
 *
 * <p>Guarantees: one write at a time; {@link #commit} returns after the record is durable; all
 * pages of the log are written when nobody commits any more and one was told {@link #FULL}. When a
 * write fails, its writer throws, and all others are told that the log is full.
 *
 * <p>Thread safety: {@link #commit} and {@link #isOver} by any thread; the rest while nobody
 * commits.
 */
final class WalLog {
  static final int PAGE_BYTES = Stamp.UNIT_BYTES;

  /** There is no room for another record. */
  static final int FULL = 0;

  /** Pages of the longest write, without the one that is written again. */
  private static final int GROUP_PAGES = 256;

  private static final double PARTIAL_PAGE = 0.3;

  private final List<DioFile> segments;
  private final int segmentPages;
  private final boolean dsync;
  private final long trial;

  /** Guards the state of the group: two writers would write the same pages in any order. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();

  /** First page that belongs to no record. [lock] */
  private int nextPage;

  /** Pages of the group that is not being written yet; they end at nextPage. [lock] */
  private int groupPages;

  /** Number of that group. [lock] */
  private long group = 1;

  /** All groups up to this one are durable. [lock] */
  private long durable;

  /** [lock] */
  private boolean writing;

  /** [lock] */
  private boolean failed;

  /** How often each page was written. [who writes] */
  private final int[] versions;

  /** [who writes] */
  private final MemorySegment buffer;

  /** [who writes] */
  private final DioRequest request;

  /** [who writes] */
  private final SplittableRandom random;

  /** [who writes] */
  private final PhaseRecorder recorder = new PhaseRecorder();

  /** A log in {@code segments}, each of {@code segmentBytes}. */
  WalLog(
      WorkVolume volume,
      List<DioFile> segments,
      int segmentBytes,
      boolean dsync,
      long trial,
      long seed) {
    this.segments = List.copyOf(segments);
    this.segmentPages = segmentBytes / PAGE_BYTES;
    this.dsync = dsync;
    this.trial = trial;
    this.versions = new int[segmentPages * segments.size()];
    this.buffer = volume.volume().allocateBuffer((long) (GROUP_PAGES + 1) * PAGE_BYTES);
    this.request = new DioRequest(buffer);
    this.random = new SplittableRandom(Seeds.derive(seed, "log"));
  }

  /**
   * Appends a record and waits until it is durable.
   *
   * @param pages its length; what does not fit its segment is cut off
   * @return the pages that were appended, or {@link #FULL}
   */
  int commit(int pages) throws IOException {
    lock.lock();
    try {
      while (!failed && nextPage < versions.length && !fits(pages)) {
        changed.awaitUninterruptibly();
      }
      if (failed || nextPage == versions.length) {
        return FULL;
      }
      int appended = Math.min(pages, leftInSegment());
      nextPage += appended;
      groupPages += appended;
      awaitDurable(group);
      return failed ? FULL : appended;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the group has room for a record; whoever is in the group will write it. */
  private boolean fits(int pages) {
    boolean nextSegment = groupPages > 0 && nextPage % segmentPages == 0;
    return !nextSegment && groupPages + Math.min(pages, leftInSegment()) <= GROUP_PAGES;
  }

  private int leftInSegment() {
    return segmentPages - nextPage % segmentPages;
  }

  private void awaitDurable(long mine) throws IOException {
    while (durable < mine && !failed) {
      if (writing) {
        changed.awaitUninterruptibly();
      } else {
        writeGroup();
      }
    }
  }

  /** Writes the group, without the lock. */
  private void writeGroup() throws IOException {
    int pages = groupPages;
    int first = nextPage - pages;
    long written = group;
    groupPages = 0;
    group++;
    writing = true;
    // Those who found the group full may join the next one.
    changed.signalAll();
    boolean done = false;
    lock.unlock();
    try {
      write(first, pages);
      done = true;
    } finally {
      lock.lock();
      writing = false;
      durable = done ? written : durable;
      failed |= !done;
      changed.signalAll();
    }
  }

  private void write(int firstPage, int pages) throws IOException {
    int segment = firstPage / segmentPages;
    int inSegment = firstPage % segmentPages;
    int again = inSegment > 0 && random.nextDouble() < PARTIAL_PAGE ? 1 : 0;
    int bytes = (pages + again) * PAGE_BYTES;
    for (int i = 0; i < pages + again; i++) {
      int page = firstPage - again + i;
      Stamp.write(
          buffer,
          (long) i * PAGE_BYTES,
          PAGE_BYTES,
          trialOf(segment),
          inSegment - again + i,
          ++versions[page]);
    }
    DioFile file = segments.get(segment);
    request.prepare(0, (long) (inSegment - again) * PAGE_BYTES, bytes, dsync);
    int moved = file.write(request);
    recorder.record(request, moved);
    if (moved != bytes) {
      throw new AssertionError(
          "write of page " + firstPage + " moved " + moved + " of " + bytes + " bytes");
    }
    if (!dsync) {
      long start = System.nanoTime();
      file.fdatasync();
      recorder.recordSync(System.nanoTime() - start);
    }
  }

  /** What marks the pages of a segment. */
  long trialOf(int segment) {
    return Seeds.derive(trial, segment);
  }

  /** What a segment must hold; pages of records that were not written hold nothing of the trial. */
  Expectation expectation(int segment) {
    return unit -> versions[(int) (segment * (long) segmentPages + unit)];
  }

  /** Whether no more commit will succeed. */
  boolean isOver() {
    lock.lock();
    try {
      return failed || nextPage == versions.length;
    } finally {
      lock.unlock();
    }
  }

  /** Pages of the log. */
  int pages() {
    return versions.length;
  }

  /** Pages of the records that were appended; they are durable when nothing failed. */
  int appendedPages() {
    return nextPage;
  }

  /** Those of them in one segment. */
  int appendedPages(int segment) {
    return Math.clamp(nextPage - (long) segment * segmentPages, 0, segmentPages);
  }

  /** The writes and the fdatasyncs. */
  PhaseRecorder recorder() {
    return recorder;
  }
}
