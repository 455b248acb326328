package dev.diolab.benchmarks.record;

import org.jspecify.annotations.Nullable;

/**
 * What one fork measured of a cell in one round, besides its histograms.
 *
 * @param operations operations that were recorded
 * @param bytes bytes that they moved
 * @param seconds measured time
 * @param fillSeconds time of the zero-fill, where the variant has one
 * @param clamped latencies beyond what the histograms keep
 * @param extentsBefore extents of the file when measuring began
 * @param extentsAfter extents of the file when it ended
 * @param journalCommits commits of the journal while measuring
 * @param journalBlocks blocks that it logged
 * @param deviceWrites write requests to the device, the journal's among them
 * @param deviceBytesWritten bytes of these
 * @param deviceFlushes flushes of the device
 * @param bytesZeroed zeros that the file system wrote into the file while measuring, and those of a
 *     zero-fill before it
 * @param allocatedBytes heap bytes that all threads allocated while measuring, JMH's own included
 * @param checkedBytes bytes that were read back afterwards and found right
 * @param metadataHeapBytes heap that the extent tree takes, where that was measured
 * @param arrivals what became of the operations that were due, in an open loop
 */
public record RoundResult(
    long operations,
    long bytes,
    double seconds,
    @Nullable Double fillSeconds,
    long clamped,
    long extentsBefore,
    long extentsAfter,
    long journalCommits,
    long journalBlocks,
    long deviceWrites,
    long deviceBytesWritten,
    long deviceFlushes,
    long bytesZeroed,
    long allocatedBytes,
    long checkedBytes,
    @Nullable Long metadataHeapBytes,
    @Nullable ArrivalResult arrivals) {

  /** The result of a closed loop. */
  public RoundResult(
      long operations,
      long bytes,
      double seconds,
      @Nullable Double fillSeconds,
      long clamped,
      long extentsBefore,
      long extentsAfter,
      long journalCommits,
      long journalBlocks,
      long deviceWrites,
      long deviceBytesWritten,
      long deviceFlushes,
      long bytesZeroed,
      long allocatedBytes,
      long checkedBytes,
      @Nullable Long metadataHeapBytes) {
    this(
        operations,
        bytes,
        seconds,
        fillSeconds,
        clamped,
        extentsBefore,
        extentsAfter,
        journalCommits,
        journalBlocks,
        deviceWrites,
        deviceBytesWritten,
        deviceFlushes,
        bytesZeroed,
        allocatedBytes,
        checkedBytes,
        metadataHeapBytes,
        null);
  }

  /** The same as the result of an open loop, whose measured time is that of the arrivals. */
  public RoundResult with(ArrivalResult result) {
    return new RoundResult(
        operations,
        bytes,
        result.seconds(),
        fillSeconds,
        clamped,
        extentsBefore,
        extentsAfter,
        journalCommits,
        journalBlocks,
        deviceWrites,
        deviceBytesWritten,
        deviceFlushes,
        bytesZeroed,
        allocatedBytes,
        checkedBytes,
        metadataHeapBytes,
        result);
  }
}
