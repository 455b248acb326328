package dev.diolab.results.run;

import org.jspecify.annotations.Nullable;

/**
 * What the operations of a cell, all rounds together, did to the file system and the device.
 *
 * @param extentsBefore extents of the file before measuring
 * @param extentsAfter extents of the file after measuring
 * @param journalCommits commits of the journal
 * @param journalBlocks blocks logged in the journal
 * @param deviceWrites write requests to the device, the journal's among them
 * @param deviceBytesWritten bytes of these requests
 * @param deviceFlushes flushes of the device's write cache
 * @param bytesZeroed zeros that the file system wrote into the file, and those of a zero-fill that
 *     was measured apart; absent in runs of versions that did not count them
 */
public record Effects(
    long extentsBefore,
    long extentsAfter,
    long journalCommits,
    long journalBlocks,
    long deviceWrites,
    long deviceBytesWritten,
    long deviceFlushes,
    @Nullable Long bytesZeroed) {

  /** Refuses negative counts. */
  public Effects {
    Require.count("extentsBefore", extentsBefore);
    Require.count("extentsAfter", extentsAfter);
    Require.count("journalCommits", journalCommits);
    Require.count("journalBlocks", journalBlocks);
    Require.count("deviceWrites", deviceWrites);
    Require.count("deviceBytesWritten", deviceBytesWritten);
    Require.count("deviceFlushes", deviceFlushes);
    if (bytesZeroed != null) {
      Require.count("bytesZeroed", bytesZeroed);
    }
  }
}
