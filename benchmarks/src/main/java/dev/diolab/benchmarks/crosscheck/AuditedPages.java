package dev.diolab.benchmarks.crosscheck;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * What each page of the audited file holds, and which of them have a request in flight.
 *
 * <p>Thread safety: none; the submitting thread alone.
 */
final class AuditedPages {
  private static final int PAGE_BYTES = Stamp.UNIT_BYTES;
  private static final int MOST_FAULTS = 10;

  private final long trial;

  /** Whether a first write may be invisible until an fsync: its policy has no G4. */
  private final boolean completesFirst;

  /** Last version written to each page; 0 for zeros. */
  private final int[] version;

  private final boolean[] busy;

  /** Pages whose first write may be invisible. */
  private final boolean[] late;

  private final List<String> faults = new ArrayList<>();

  AuditedPages(int pages, long trial, boolean completesFirst) {
    this.trial = trial;
    this.completesFirst = completesFirst;
    this.version = new int[pages];
    this.busy = new boolean[pages];
    this.late = new boolean[pages];
  }

  /** Writes every page. */
  void fill(Volume volume, DioFile file) throws IOException {
    MemorySegment buffer = volume.allocateBuffer(PAGE_BYTES);
    DioRequest request = new DioRequest(buffer);
    for (int page = 0; page < version.length; page++) {
      version[page] = 1;
      Stamp.write(buffer, 0, PAGE_BYTES, trial, page, 1);
      file.write(request.prepare(0, (long) page * PAGE_BYTES, PAGE_BYTES, false));
    }
    file.fsync();
  }

  /** The first {@code pages} read as zeros from now on. */
  void zeroed(int pages) {
    for (int page = 0; page < pages; page++) {
      version[page] = 0;
    }
  }

  /** All writes so far are visible. */
  void converted() {
    for (int page = 0; page < late.length; page++) {
      late[page] = false;
    }
  }

  boolean isBusy(int page) {
    return busy[page];
  }

  boolean isUnwritten(int page) {
    return version[page] == 0;
  }

  /** A read of {@code page} is submitted. */
  void reading(int page) {
    busy[page] = true;
  }

  /** A write is submitted; fills {@code buffer} for it. */
  void writing(int page, MemorySegment buffer) {
    busy[page] = true;
    late[page] |= completesFirst && version[page] == 0;
    version[page]++;
    Stamp.write(buffer, 0, PAGE_BYTES, trial, page, version[page]);
  }

  /** The request to {@code page} is complete, and moved {@code bytes}. */
  void complete(int page, boolean isWrite, int bytes, MemorySegment buffer) {
    busy[page] = false;
    if (bytes != PAGE_BYTES) {
      fault("request to page " + page + " moved " + bytes + " bytes");
    } else if (!isWrite) {
      check(page, buffer);
    }
  }

  /** The request to {@code page} failed. */
  void failed(int page, IOException why) {
    busy[page] = false;
    fault("request to page " + page + " failed: " + why);
  }

  /** Reads every page. */
  void checkAll(Volume volume, DioFile file) throws IOException {
    MemorySegment buffer = volume.allocateBuffer(PAGE_BYTES);
    DioRequest request = new DioRequest(buffer);
    for (int page = 0; page < version.length; page++) {
      file.read(request.prepare(0, (long) page * PAGE_BYTES, PAGE_BYTES, false));
      check(page, buffer);
    }
  }

  private void check(int page, MemorySegment buffer) {
    boolean holds =
        version[page] == 0
            ? isZero(buffer)
            : Stamp.matches(buffer, 0, trial, page, version[page])
                || (late[page] && isZero(buffer));
    if (!holds) {
      fault("page " + page + " of version " + version[page] + " held " + Stamp.describe(buffer, 0));
    }
  }

  private static boolean isZero(MemorySegment buffer) {
    for (long at = 0; at < PAGE_BYTES; at += Long.BYTES) {
      if (buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, at) != 0) {
        return false;
      }
    }
    return true;
  }

  private void fault(String what) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(what);
    }
  }

  /** What was wrong, the first few. */
  List<String> faults() {
    return List.copyOf(faults);
  }
}
