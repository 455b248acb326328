package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The scanner of SCAN+PUNCH: buffered reads of 1 MiB, file after file, as a backup makes them. It
 * scans in bursts, goes on where it stopped, and looks at every unit that it gets: there must be
 * zeros or what this trial wrote to that place.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class Scanner {
  /** Bytes of a read. */
  static final int READ_BYTES = 1 << 20;

  private final List<ScanFile> files;
  private final ScanSchedule schedule;
  private final MemorySegment buffer;
  private final DioRequest request;
  private final long trial;
  private final Meter betweenScans;
  private final Meter inScan;
  private final ScanRecorders recorders = new ScanRecorders();

  private int current;
  private long position;

  /**
   * A scanner of {@code files}.
   *
   * @param buffer takes {@link #READ_BYTES}
   * @param betweenScans runs; is paused while a burst lasts
   * @param inScan is paused; runs while a burst lasts
   */
  Scanner(
      List<ScanFile> files,
      ScanSchedule schedule,
      MemorySegment buffer,
      long trial,
      Meter betweenScans,
      Meter inScan) {
    this.files = files;
    this.schedule = schedule;
    this.buffer = buffer;
    this.request = new DioRequest(buffer);
    this.trial = trial;
    this.betweenScans = betweenScans;
    this.inScan = inScan;
  }

  /** All bursts of a pass. */
  void run() throws IOException {
    boolean complete = false;
    try {
      int period = schedule.awaitScan(ScanSchedule.NONE);
      while (period != ScanSchedule.NONE) {
        burst(period);
        period = schedule.awaitScan(period);
      }
      complete = true;
    } finally {
      if (!complete) {
        schedule.fail();
      }
    }
  }

  private void burst(int period) throws IOException {
    betweenScans.switchTo(inScan);
    files.get(current).scanBegins();
    schedule.scanning(period);
    do {
      read(files.get(current));
    } while (schedule.goesOn(period));
    files.get(current).scanEnds();
    inScan.switchTo(betweenScans);
  }

  private void read(ScanFile file) throws IOException {
    int moved = file.file().readBuffered(request.prepare(0, position, READ_BYTES, false));
    recorders.of(ScanPart.SCAN).record(request, moved);
    check(file, moved);
    position += READ_BYTES;
    if (position >= file.bytes()) {
      position = 0;
      file.scanEnds();
      current = (current + 1) % files.size();
      files.get(current).scanBegins();
    }
  }

  /** What is truncated and grown again may be missing; everything before it has to be there. */
  private void check(ScanFile file, int moved) {
    if (moved != READ_BYTES && position + READ_BYTES <= ScanFile.tailStart(file.bytes())) {
      throw new AssertionError("buffered read at offset " + position + " gave " + moved + " bytes");
    }
    for (int at = 0; at + Stamp.UNIT_BYTES <= moved; at += Stamp.UNIT_BYTES) {
      long unit = (position + at) / Stamp.UNIT_BYTES;
      if (!Stamp.isOfPlaceOrZero(buffer, at, trial, unit)) {
        throw new AssertionError(
            String.format(
                "the scan found wrong content at offset %d: never written there in trial %016x: %s",
                position + at, trial, Stamp.describe(buffer, at)));
      }
    }
  }

  ScanRecorders recorders() {
    return recorders;
  }
}
