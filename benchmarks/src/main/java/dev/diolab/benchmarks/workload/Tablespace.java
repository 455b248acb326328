package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.record.PhaseRecorder;
import java.io.IOException;

/**
 * A tablespace of InnoDB, a file of its own, that grows while its pages are written (facts on
 * databases, 1.1, 1.2 and P2): by 1 MiB up to a size of 32 MiB, then by 4 MiB.
 *
 * <p>Thread safety: {@link #newPage} and {@link #used} by one thread; the file by all.
 */
final class Tablespace {
  /** Bytes of a page. */
  static final int PAGE_BYTES = 16 << 10;

  /** So much of a file is there at the start: one part in so many. */
  private static final int START_SHARE = 8;

  private static final int SMALL_STEP_PAGES = (1 << 20) / PAGE_BYTES;
  private static final int STEP_PAGES = (4 << 20) / PAGE_BYTES;
  private static final int SMALL_PAGES = (32 << 20) / PAGE_BYTES;

  private final WorkVolume volume;
  private final IbdVariant variant;
  private final StampedFile file;
  private final int pages;

  /** Pages inside i_size. */
  private int extended;

  /** Pages that somebody uses. */
  private int used;

  private Tablespace(WorkVolume volume, IbdVariant variant, StampedFile file, int pages) {
    this.volume = volume;
    this.variant = variant;
    this.file = file;
    this.pages = pages;
  }

  /**
   * A new file of which the first eighth is in use and all written.
   *
   * @param pages the most that it may have, at least 8
   * @param trial marks what is written to it
   */
  static Tablespace create(WorkVolume volume, IbdVariant variant, int pages, long trial)
      throws IOException {
    if (pages < START_SHARE) {
      throw new IllegalArgumentException(
          "a tablespace of " + pages + " pages: must have at least " + START_SHARE);
    }
    StampedFile file = new StampedFile(volume.volume().create(), (long) pages * PAGE_BYTES, trial);
    Tablespace made = new Tablespace(volume, variant, file, pages);
    made.used = pages / START_SHARE;
    made.extended = made.used;
    ZeroFill.fill(volume, file.file(), 0, (long) made.used * PAGE_BYTES);
    return made;
  }

  /** Pages in use, the first ones of the file. */
  int used() {
    return used;
  }

  /** Whether no page is left that is not in use. */
  boolean isFull() {
    return used == pages;
  }

  /**
   * A page that was not in use; makes the file longer if there is none.
   *
   * @param extensions records how long that took
   */
  int newPage(PhaseRecorder extensions) throws IOException {
    if (used == extended) {
      long start = System.nanoTime();
      int step = extend();
      extensions.recordWhole(System.nanoTime() - start, step * PAGE_BYTES);
    }
    return used++;
  }

  private int extend() throws IOException {
    int step = Math.min(extended < SMALL_PAGES ? SMALL_STEP_PAGES : STEP_PAGES, pages - extended);
    long offset = (long) extended * PAGE_BYTES;
    long bytes = (long) step * PAGE_BYTES;
    switch (variant) {
      case FALLOCATE -> {
        file.file().fallocate(offset, bytes, false);
        file.file().fsync();
      }
      case ZEROS -> ZeroFill.fill(volume, file.file(), offset, bytes);
    }
    extended += step;
    return step;
  }

  StampedFile stamped() {
    return file;
  }

  long bytes() {
    return (long) pages * PAGE_BYTES;
  }
}
