package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * EXTENT-LOOKUP: random look-ups in a file whose every second block is an extent of its own.
 *
 * <p>The extents are unwritten, so that making a million of them moves no data; the device is in
 * native memory, so that the growth of the heap while they are made is what the tree takes.
 *
 * <p>Thread safety: one thread.
 */
final class LookupTrial implements AutoCloseable {
  private final ForkSettings settings;
  private final WorkVolume volume;
  private final DioFile file;
  private final int extents;
  private final long heapBytes;
  private final Meter meter;
  private final SplittableRandom random;
  private final Mapping mapping = new Mapping();
  private final PhaseRecorder recorder = PhaseRecorder.inSlices();

  private LookupTrial(ForkSettings settings, WorkVolume volume, int extents) throws IOException {
    this.settings = settings;
    this.volume = volume;
    this.extents = extents;
    this.meter = new Meter(volume);
    this.random = new SplittableRandom(Seeds.derive(settings.seed(), "lookup"));
    this.file = volume.volume().create();
    long heapBefore = usedHeapBytes();
    for (long i = 0; i < extents; i++) {
      file.fallocate(offsetOf(i), volume.blockBytes(), false);
    }
    file.fsync();
    this.heapBytes = Math.max(0, usedHeapBytes() - heapBefore);
    requireExtents();
  }

  static LookupTrial open(ForkSettings settings, String strategy, String policy, String variant)
      throws IOException {
    int extents = Integer.parseInt(variant.substring(0, variant.indexOf(' ')));
    int blockBytes = settings.blockBytes();
    WorkVolume volume =
        WorkVolume.format(
            new OffHeapDevice(VolumeShape.deviceBytes((long) extents * blockBytes)),
            blockBytes,
            strategy,
            policy);
    try {
      return new LookupTrial(settings, volume, extents);
    } catch (IOException | RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  /** Looks one random extent up and records it. */
  void next() throws IOException {
    long offset = offsetOf(random.nextInt(extents));
    long start = System.nanoTime();
    file.map(offset, 1, mapping);
    recorder.recordMapping(System.nanoTime() - start);
    if (mapping.state() != ExtentState.UNWRITTEN) {
      throw new AssertionError("look-up at offset " + offset + " found " + mapping);
    }
  }

  /** Cuts the time from now on into slices. */
  void startSlices(Stretch stretch) {
    recorder.beginSlices(stretch.measured(), stretch.nanos());
  }

  void startMeasuring() {
    recorder.reset();
    meter.start();
  }

  void stopMeasuring() {
    meter.stop();
  }

  /** Checks that the file is as it was and writes the result. */
  RoundResult finish() throws IOException {
    requireExtents();
    RoundResult result = meter.result(recorder, null, extents, extents, 0, heapBytes);
    RoundFiles.write(
        Path.of(settings.result()), result, recorder, meter.startedAt(), meter.stoppedAt());
    return result;
  }

  private void requireExtents() throws IOException {
    ExtentSummary found = file.extents();
    if (found.extents() != extents || found.unwrittenBlocks() != extents) {
      throw new AssertionError("the file should have " + extents + " extents, but has " + found);
    }
  }

  private long offsetOf(long extent) {
    return 2 * extent * volume.blockBytes();
  }

  /** The heap in use after a collection that the JVM does at once when asked. */
  private static long usedHeapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
