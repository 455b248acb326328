package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Expectation;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.load.OpenLoop;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * One thread that overwrites, or reads, random pages of a file.
 *
 * <p>Page {@code p} belongs to worker {@code p mod workers}: as under a database's page latch, two
 * threads are never at work on the same page, so each page must hold what its worker wrote last,
 * under every strategy and also under none.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class PageWorker implements OpenLoop.Operation {
  private final DioFile file;
  private final MemorySegment buffer;
  private final DioRequest request;
  private final SplittableRandom random;
  private final PhaseRecorder recorder = PhaseRecorder.inSlices();
  private final PageVariant variant;
  private final int unitsPerPage;
  private final long trial;
  private final int index;
  private final int workers;

  /** How often each page of this worker was written in this trial. */
  private final int[] versions;

  /** The page of the request that is readied, as the index of its version. */
  private int own;

  /** Whether that request reads. */
  private boolean reads;

  PageWorker(
      DioFile file,
      MemorySegment buffer,
      PageVariant variant,
      int index,
      int workers,
      long seed,
      long trial) {
    this.file = file;
    this.buffer = buffer;
    this.request = new DioRequest(buffer);
    this.random = new SplittableRandom(Seeds.derive(seed, index));
    this.variant = variant;
    this.unitsPerPage = variant.pageBytes() / Stamp.UNIT_BYTES;
    this.trial = trial;
    this.index = index;
    this.workers = workers;
    long pages = file.size() / variant.pageBytes();
    if (pages < workers) {
      throw new IllegalArgumentException(
          "a file of " + pages + " pages is too small for " + workers + " threads");
    }
    this.versions = new int[(int) ((pages - index + workers - 1) / workers)];
  }

  /** Bytes of the buffer that a worker needs. */
  static int bufferBytes(PageVariant variant) {
    return variant.pageBytes();
  }

  /** Reads or writes one page and records it. */
  void next() throws IOException {
    prepare();
    send();
  }

  @Override
  public void prepare() {
    own = random.nextInt(versions.length);
    reads = variant.mixed() && random.nextBoolean();
    if (!reads) {
      Stamp.write(buffer, 0, variant.pageBytes(), trial, page() * unitsPerPage, versions[own] + 1L);
    }
    request.prepare(0, page() * variant.pageBytes(), variant.pageBytes(), false);
  }

  @Override
  public void send() throws IOException {
    if (reads) {
      read(page());
    } else {
      write(page());
    }
  }

  private long page() {
    return (long) own * workers + index;
  }

  private void write(long page) throws IOException {
    versions[own]++;
    int moved = file.write(request);
    recorder.record(request, moved);
    requireWhole(moved, "write", page);
  }

  private void read(long page) throws IOException {
    int moved = file.read(request);
    recorder.record(request, moved);
    requireWhole(moved, "read", page);
    int version = versions[own];
    if (version != 0 && !Stamp.matches(buffer, 0, trial, page * unitsPerPage, version)) {
      throw new AssertionError(
          "read of page "
              + page
              + " gave "
              + Stamp.describe(buffer, 0)
              + ", not version "
              + version);
    }
  }

  private void requireWhole(int moved, String what, long page) {
    if (moved != variant.pageBytes()) {
      throw new AssertionError(
          what + " of page " + page + " moved " + moved + " of " + variant.pageBytes() + " bytes");
    }
  }

  PhaseRecorder recorder() {
    return recorder;
  }

  /** What a file must hold after {@code workers}, all of them in order of their index. */
  static Expectation expectation(PageWorker[] workers) {
    int unitsPerPage = workers[0].unitsPerPage;
    return unit -> {
      long page = unit / unitsPerPage;
      PageWorker owner = workers[(int) (page % workers.length)];
      return owner.versions[(int) (page / workers.length)];
    };
  }
}
