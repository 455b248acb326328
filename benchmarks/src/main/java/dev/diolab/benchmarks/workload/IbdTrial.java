package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundResult;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * IBD-GROW: tablespaces that grow while their pages are flushed in batches, each by way of a
 * doublewrite file (facts on databases, P2: MariaDB, MySQL).
 *
 * <p>Every pass gets new files, and ends when the tablespaces are full. Afterwards all pages must
 * be written and hold what was written to them, or the trial fails.
 *
 * <p>Each worker is a flusher; the last one makes pages dirty and extends tablespaces.
 */
final class IbdTrial implements PassTrial {
  private static final int TABLESPACES = 4;
  private static final long WARMUP_BYTES = 16L << 20;

  private final ForkSettings settings;
  private final IbdVariant variant;
  private final WorkVolume volume;
  private final int flusherCount;
  private final Meter meter;
  private @Nullable Pass pass;

  /** Passes so far: each marks what it writes as its own. */
  private int passes;

  private record Pass(
      List<Tablespace> tablespaces,
      Doublewrite doublewrite,
      List<IbdFlusher> flushers,
      IbdInserter inserter,
      long extentsBefore) {}

  private IbdTrial(ForkSettings settings, WorkVolume volume, IbdVariant variant, int workers) {
    this.settings = settings;
    this.variant = variant;
    this.volume = volume;
    this.flusherCount = workers - 1;
    this.meter = new Meter(volume);
  }

  /**
   * A trial on the device that the settings name.
   *
   * @param workers flushers, and one that makes pages dirty
   */
  static IbdTrial open(
      ForkSettings settings, String strategy, String policy, String variant, int workers)
      throws IOException {
    return open(settings, WorkVolume.format(settings, strategy, policy), variant, workers);
  }

  /** A trial on {@code volume}, which it closes. */
  static IbdTrial open(ForkSettings settings, WorkVolume volume, String variant, int workers)
      throws IOException {
    try {
      return new IbdTrial(settings, volume, IbdVariant.parse(variant), workers);
    } catch (RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  @Override
  public void startPass(boolean measured) throws IOException {
    long all = measured ? settings.fileBytes() : Math.min(WARMUP_BYTES, settings.fileBytes());
    int pages = Math.toIntExact((all - Doublewrite.BYTES) / TABLESPACES / Tablespace.PAGE_BYTES);
    long trial = Seeds.derive(settings.trial(), passes++);
    List<Tablespace> tablespaces = new ArrayList<>();
    for (int i = 0; i < TABLESPACES; i++) {
      tablespaces.add(Tablespace.create(volume, variant, pages, Seeds.derive(trial, i)));
    }
    Doublewrite doublewrite = new Doublewrite(volume, Seeds.derive(trial, TABLESPACES));
    FlushRounds rounds = new FlushRounds(flusherCount);
    List<IbdFlusher> flushers = new ArrayList<>();
    for (int i = 0; i < flusherCount; i++) {
      flushers.add(
          new IbdFlusher(
              volume, tablespaces, doublewrite, rounds, i, flusherCount, settings.seed()));
    }
    IbdInserter inserter = new IbdInserter(tablespaces, rounds, settings.seed());
    pass = new Pass(tablespaces, doublewrite, flushers, inserter, extents(tablespaces));
    meter.start();
  }

  @Override
  public void work(int index) throws IOException {
    Pass current = Objects.requireNonNull(pass);
    if (index == flusherCount) {
      current.inserter().run();
    } else {
      current.flushers().get(index).run(volume.volume());
    }
  }

  @Override
  public Map<String, RoundResult> endPass(boolean measured) throws IOException {
    meter.stop();
    Pass done = Objects.requireNonNull(pass);
    pass = null;
    Map<String, RoundResult> results = measured ? check(done) : Map.of();
    for (Tablespace tablespace : done.tablespaces()) {
      volume.volume().unlink(tablespace.stamped().file().inodeNumber());
    }
    volume.volume().unlink(done.doublewrite().stamped().file().inodeNumber());
    return results;
  }

  private Map<String, RoundResult> check(Pass done) throws IOException {
    PhaseRecorder writes = new PhaseRecorder();
    PhaseRecorder reads = new PhaseRecorder();
    for (IbdFlusher flusher : done.flushers()) {
      writes.add(flusher.writes());
      reads.add(flusher.reads());
    }
    PhaseRecorder copies = done.doublewrite().recorder();
    requireWork(done.inserter().pages(), writes, copies);
    volume.reopen();
    MemorySegment buffer = volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES);
    long limit = settings.verifyBytes() / TABLESPACES;
    long checked =
        done.doublewrite()
            .stamped()
            .check(volume, buffer, Doublewrite.BYTES, Doublewrite.BYTES, settings.seed());
    long extents = 0;
    for (Tablespace tablespace : done.tablespaces()) {
      StampedFile file = tablespace.stamped();
      checked += file.check(volume, buffer, tablespace.bytes(), limit, settings.seed());
      extents += volume.volume().open(file.file().inodeNumber()).extents().extents();
    }
    PhaseRecorder extensions = done.inserter().extensions();
    PartResults results =
        new PartResults(settings, Workload.IBD_GROW, meter, done.extentsBefore(), extents, checked);
    results.add("page write", writes, meter);
    results.add("page read", reads, meter);
    results.add("doublewrite", copies, meter);
    results.add("extend", extensions, Meter.ofCalls(volume, extensions));
    return results.all();
  }

  private void requireWork(long pages, PhaseRecorder writes, PhaseRecorder copies) {
    if (writes.operations() != pages || copies.bytes() != writes.bytes()) {
      throw new AssertionError(
          writes.operations()
              + " of "
              + pages
              + " pages were written, and copies of "
              + copies.bytes()
              + " bytes");
    }
    if (meter.writtenBytes() < writes.bytes() + copies.bytes()) {
      throw new AssertionError(
          "the device took " + meter.writtenBytes() + " bytes of twice " + writes.bytes());
    }
  }

  private static long extents(List<Tablespace> tablespaces) throws IOException {
    long extents = 0;
    for (Tablespace tablespace : tablespaces) {
      extents += tablespace.stamped().file().extents().extents();
    }
    return extents;
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
