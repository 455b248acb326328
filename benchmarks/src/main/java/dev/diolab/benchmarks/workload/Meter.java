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
 * #stop}.
 *
 * <p>Thread safety: none; started and stopped while no worker runs.
 */
final class Meter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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
  private long allocatedBytes;

  Meter(WorkVolume volume) {
    this.volume = volume;
  }

  /** Begins; the clock is read last. */
  void start() {
    take(-1);
    startedAt = Instant.now();
    startNanos = System.nanoTime();
  }

  /** Ends; the clock is read first. */
  void stop() {
    nanos = System.nanoTime() - startNanos;
    stoppedAt = Instant.now();
    take(1);
  }

  private void take(int sign) {
    VolumeCounters journal = volume.volume().counters();
    DeviceCounters device = volume.device().counters();
    if (sign < 0) {
      commits = 0;
      blocksLogged = 0;
      writes = 0;
      writtenBytes = 0;
      flushes = 0;
      allocatedBytes = 0;
    }
    commits += sign * journal.journalCommits();
    blocksLogged += sign * journal.journalBlocks();
    writes += sign * device.writes();
    writtenBytes += sign * device.writtenBytes();
    flushes += sign * device.flushes();
    allocatedBytes += sign * THREADS.getTotalThreadAllocatedBytes();
  }

  Instant startedAt() {
    return startedAt;
  }

  Instant stoppedAt() {
    return stoppedAt;
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
        allocatedBytes,
        checkedBytes,
        metadataHeapBytes);
  }
}
