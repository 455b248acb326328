package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * HEAP-EXTEND: backends extend one relation and write its new pages later, in random order, beside
 * a sequential scan (facts on databases, P8: PostgreSQL since 16).
 *
 * <p>Every pass gets a new relation, which is made durable at the end. Afterwards all of it must be
 * written and hold what was written to it, or the trial fails.
 *
 * <p>Each worker is a backend; the last one scans.
 */
final class HeapTrial implements PassTrial {
  private static final long WARMUP_BYTES = 16L << 20;
  private static final long CLAIM_BYTES =
      (long) HeapRelation.WANTED_PAGES * HeapRelation.PAGE_BYTES;

  private final ForkSettings settings;
  private final HeapVariant variant;
  private final WorkVolume volume;
  private final int backendCount;
  private final Meter meter;
  private @Nullable Pass pass;

  /** Passes so far: each marks what it writes as its own. */
  private int passes;

  private record Pass(
      HeapRelation relation, List<HeapBackend> backends, HeapScan scan, AtomicInteger atWork) {}

  private HeapTrial(ForkSettings settings, WorkVolume volume, HeapVariant variant, int workers) {
    this.settings = settings;
    this.variant = variant;
    this.volume = volume;
    this.backendCount = workers - 1;
    this.meter = new Meter(volume);
  }

  /**
   * A trial on the device that the settings name.
   *
   * @param workers backends, and one that scans
   */
  static HeapTrial open(
      ForkSettings settings, String strategy, String policy, String variant, int workers)
      throws IOException {
    return open(settings, WorkVolume.format(settings, strategy, policy), variant, workers);
  }

  /** A trial on {@code volume}, which it closes. */
  static HeapTrial open(ForkSettings settings, WorkVolume volume, String variant, int workers)
      throws IOException {
    try {
      return new HeapTrial(settings, volume, HeapVariant.parse(variant), workers);
    } catch (RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  @Override
  public void startPass(boolean measured) throws IOException {
    long all = measured ? settings.fileBytes() : Math.min(WARMUP_BYTES, settings.fileBytes());
    int pages = Math.toIntExact(all / CLAIM_BYTES * HeapRelation.WANTED_PAGES);
    HeapRelation relation =
        new HeapRelation(volume, variant, pages, Seeds.derive(settings.trial(), passes++));
    List<HeapBackend> backends = new ArrayList<>();
    for (int i = 0; i < backendCount; i++) {
      backends.add(new HeapBackend(volume, relation, settings.seed(), i));
    }
    HeapScan scan = new HeapScan(volume, relation);
    pass = new Pass(relation, backends, scan, new AtomicInteger(backendCount));
    meter.start();
  }

  @Override
  public void work(int index) throws IOException {
    Pass current = Objects.requireNonNull(pass);
    if (index == backendCount) {
      current.scan().run();
      return;
    }
    HeapBackend backend = current.backends().get(index);
    backend.run();
    if (current.atWork().decrementAndGet() == 0) {
      backend.sync();
    }
  }

  @Override
  public Map<String, RoundResult> endPass(boolean measured) throws IOException {
    meter.stop();
    Pass done = Objects.requireNonNull(pass);
    pass = null;
    Map<String, RoundResult> results = measured ? check(done) : Map.of();
    volume.volume().unlink(done.relation().stamped().file().inodeNumber());
    return results;
  }

  private Map<String, RoundResult> check(Pass done) throws IOException {
    PhaseRecorder writes = new PhaseRecorder();
    PhaseRecorder extensions = new PhaseRecorder();
    for (HeapBackend backend : done.backends()) {
      writes.add(backend.writes());
      extensions.add(backend.extensions());
    }
    long bytes = (long) done.relation().pages() * HeapRelation.PAGE_BYTES;
    requireWork(bytes, writes, extensions);
    StampedFile file = done.relation().stamped();
    volume.reopen();
    long checked =
        file.check(
            volume,
            volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES),
            bytes,
            settings.verifyBytes(),
            settings.seed());
    long extents = volume.volume().open(file.file().inodeNumber()).extents().extents();
    PhaseRecorder scan = done.scan().recorder();
    PartResults results =
        new PartResults(settings, Workload.HEAP_EXTEND, meter, 0, extents, checked);
    results.add("write", writes, meter);
    results.add("extend", extensions, Meter.ofCalls(volume, extensions));
    results.add("scan", scan, Meter.ofCalls(volume, scan));
    return results.all();
  }

  private void requireWork(long bytes, PhaseRecorder writes, PhaseRecorder extensions) {
    if (writes.bytes() != bytes || extensions.bytes() != bytes) {
      throw new AssertionError(
          writes.bytes()
              + " bytes were written and "
              + extensions.bytes()
              + " were claimed of a relation of "
              + bytes);
    }
    if (meter.writtenBytes() < bytes) {
      throw new AssertionError("the device took " + meter.writtenBytes() + " bytes of " + bytes);
    }
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
