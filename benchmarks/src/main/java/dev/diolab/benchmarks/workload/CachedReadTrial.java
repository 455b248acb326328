package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * CACHED-READ: buffered reads of random pages that are all in the page cache. Every page that is
 * read must hold its stamp, and no read may go to the device.
 *
 * <p>Thread safety: one thread.
 */
final class CachedReadTrial implements AutoCloseable {
  private static final int PAGE_BYTES = Stamp.UNIT_BYTES;
  private static final int VERSION = 1;

  private final ForkSettings settings;
  private final WorkVolume volume;
  private final DioFile file;
  private final int pages;
  private final DioRequest request;
  private final MemorySegment buffer;
  private final Meter meter;
  private final SplittableRandom random;
  private final PhaseRecorder recorder = PhaseRecorder.inSlices();
  private long deviceReads;

  private CachedReadTrial(ForkSettings settings, WorkVolume volume) throws IOException {
    this.settings = settings;
    this.volume = volume;
    this.pages = Math.toIntExact(settings.fileBytes() / PAGE_BYTES);
    this.buffer = volume.volume().allocateBuffer(PAGE_BYTES);
    this.request = new DioRequest(buffer);
    this.meter = new Meter(volume);
    this.random = new SplittableRandom(Seeds.derive(settings.seed(), "cached read"));
    this.file = volume.volume().create();
    for (int page = 0; page < pages; page++) {
      Stamp.write(buffer, 0, PAGE_BYTES, settings.trial(), page, VERSION);
      file.write(request.prepare(0, (long) page * PAGE_BYTES, PAGE_BYTES, false));
    }
    for (int page = 0; page < pages; page++) {
      read(page);
    }
  }

  static CachedReadTrial open(ForkSettings settings, String strategy, String policy)
      throws IOException {
    WorkVolume volume =
        WorkVolume.format(
            new OffHeapDevice(VolumeShape.deviceBytes(settings.fileBytes())),
            settings.blockBytes(),
            strategy,
            policy);
    try {
      return new CachedReadTrial(settings, volume);
    } catch (IOException | RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  /** Reads one random page and records it. */
  void next() throws IOException {
    int moved = read(random.nextInt(pages));
    recorder.record(request, moved);
  }

  private int read(int page) throws IOException {
    int moved = file.readBuffered(request.prepare(0, (long) page * PAGE_BYTES, PAGE_BYTES, false));
    if (moved != PAGE_BYTES || !Stamp.matches(buffer, 0, settings.trial(), page, VERSION)) {
      throw new AssertionError(
          "buffered read of page "
              + page
              + " moved "
              + moved
              + " bytes and gave "
              + Stamp.describe(buffer, 0));
    }
    return moved;
  }

  /** Cuts the time from now on into slices. */
  void startSlices(Stretch stretch) {
    recorder.beginSlices(stretch.measured(), stretch.nanos());
  }

  void startMeasuring() {
    recorder.reset();
    deviceReads = volume.device().counters().reads();
    meter.start();
  }

  void stopMeasuring() {
    meter.stop();
  }

  /** Checks that all reads were served by the page cache and writes the result. */
  RoundResult finish() throws IOException {
    long fromDevice = volume.device().counters().reads() - deviceReads;
    if (fromDevice != 0) {
      throw new AssertionError(fromDevice + " reads of cached pages went to the device");
    }
    if (recorder.operations() == 0) {
      throw new AssertionError("no operation was recorded");
    }
    long extents = file.extents().extents();
    RoundResult result = meter.result(recorder, null, extents, extents, recorder.bytes(), null);
    RoundFiles.write(
        Path.of(settings.result()), result, recorder, meter.startedAt(), meter.stoppedAt());
    return result;
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
