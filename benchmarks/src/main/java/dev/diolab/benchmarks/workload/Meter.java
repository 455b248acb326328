package dev.diolab.benchmarks.workload;

import com.sun.management.ThreadMXBean;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.engine.device.DeviceCounters;
import dev.diolab.engine.file.VolumeCounters;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Time, heap allocation, and the work of journal and device, between {@link #start} and {@link
 * #stop}; with {@link #switchTo}, of several stretches together.
 *
 * <p>Thread safety: one thread at a time. Started and stopped while no worker runs, or what workers
 * do at that very moment may be missed.
 */
final class Meter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What all counters show at one moment. */
  private record Readings(
      long commits,
      long blocksLogged,
      long writes,
      long writtenBytes,
      long flushes,
      long zeroedBytes,
      long allocatedBytes) {

    static Readings of(WorkVolume volume) {
      VolumeCounters counters = volume.volume().counters();
      DeviceCounters device = volume.device().counters();
      return new Readings(
          counters.journalCommits(),
          counters.journalBlocks(),
          device.writes(),
          device.writtenBytes(),
          device.flushes(),
          counters.bytesZeroed(),
          THREADS.getTotalThreadAllocatedBytes());
    }
  }

  private final WorkVolume volume;
  private Instant startedAt = Instant.EPOCH;
  private Instant stoppedAt = Instant.EPOCH;
  private long startNanos;
  private long nanos;
  private long commits;
  private long blocksLogged;
  private long writes;
  private long writtenBytes;
  private long flushes;
  private long zeroedBytes;
  private long allocatedBytes;

  Meter(WorkVolume volume) {
    this.volume = volume;
  }

  /**
   * The time that calls took which ran beside what is measured; they have no share in the work of
   * journal and device.
   */
  static Meter ofCalls(WorkVolume volume, PhaseRecorder calls) {
    Meter meter = new Meter(volume);
    meter.nanos = calls.nanos();
    return meter;
  }

  /** Forgets what was measured before, and begins. */
  void start() {
    reset();
    startedAt = Instant.now();
    add(Readings.of(volume), -1);
    startNanos = System.nanoTime();
  }

  /** Forgets what was measured before. */
  void reset() {
    nanos = 0;
    commits = 0;
    blocksLogged = 0;
    writes = 0;
    writtenBytes = 0;
    flushes = 0;
    zeroedBytes = 0;
    allocatedBytes = 0;
  }

  /** Ends a stretch, and begins one of {@code other} at the same moment: nothing is missed. */
  void switchTo(Meter other) {
    long now = System.nanoTime();
    nanos += now - startNanos;
    Readings readings = Readings.of(volume);
    add(readings, 1);
    other.add(readings, -1);
    other.startNanos = now;
  }

  /** Ends. */
  void stop() {
    nanos += System.nanoTime() - startNanos;
    add(Readings.of(volume), 1);
    stoppedAt = Instant.now();
  }

  /** Keeps one of {@code parts} equal parts of what was measured; {@code other} gets the rest. */
  void shareWith(Meter other, int parts) {
    other.nanos += nanos - nanos / parts;
    other.commits += commits - commits / parts;
    other.blocksLogged += blocksLogged - blocksLogged / parts;
    other.writes += writes - writes / parts;
    other.writtenBytes += writtenBytes - writtenBytes / parts;
    other.flushes += flushes - flushes / parts;
    other.zeroedBytes += zeroedBytes - zeroedBytes / parts;
    other.allocatedBytes += allocatedBytes - allocatedBytes / parts;
    nanos /= parts;
    commits /= parts;
    blocksLogged /= parts;
    writes /= parts;
    writtenBytes /= parts;
    flushes /= parts;
    zeroedBytes /= parts;
    allocatedBytes /= parts;
  }

  private void add(Readings readings, int sign) {
    commits += sign * readings.commits();
    blocksLogged += sign * readings.blocksLogged();
    writes += sign * readings.writes();
    writtenBytes += sign * readings.writtenBytes();
    flushes += sign * readings.flushes();
    zeroedBytes += sign * readings.zeroedBytes();
    allocatedBytes += sign * readings.allocatedBytes();
  }

  Instant startedAt() {
    return startedAt;
  }

  Instant stoppedAt() {
    return stoppedAt;
  }

  /** Counts zeros that were written before {@link #start}, because they serve what is measured. */
  void addZeroFill(long bytes) {
    zeroedBytes += bytes;
  }

  /** Bytes that the device took between start and stop, the journal's among them. */
  long writtenBytes() {
    return writtenBytes;
  }

  /** What was measured, with the extents and the checked bytes that the caller knows. */
  RoundResult result(
      PhaseRecorder recorded,
      @Nullable Double fillSeconds,
      long extentsBefore,
      long extentsAfter,
      long checkedBytes,
      @Nullable Long metadataHeapBytes) {
    return new RoundResult(
        recorded.operations(),
        recorded.bytes(),
        nanos / 1e9,
        fillSeconds,
        recorded.clamped(),
        extentsBefore,
        extentsAfter,
        commits,
        blocksLogged,
        writes,
        writtenBytes,
        flushes,
        zeroedBytes,
        allocatedBytes,
        checkedBytes,
        metadataHeapBytes);
  }
}
