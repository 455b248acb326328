package dev.diolab.benchmarks.kernel;

import java.util.Locale;

/**
 * How a file is filled.
 *
 * @param written whether every block was written before; otherwise they are preallocated only
 * @param dsync whether each write is durable when it returns; otherwise one fdatasync at the end is
 *     part of the time
 * @param threads threads that write
 */
public record FillCell(boolean written, boolean dsync, int threads) {
  /** The same fill of blocks in the other state. */
  FillCell ofWritten(boolean blocksWritten) {
    return new FillCell(blocksWritten, dsync, threads);
  }

  /** The same fill by another number of threads. */
  FillCell withThreads(int count) {
    return new FillCell(written, dsync, count);
  }

  /** The same fill, durable in the other way. */
  FillCell withDsync(boolean each) {
    return new FillCell(written, each, threads);
  }

  /** The state of the blocks, for tables. */
  String state() {
    return written ? "written" : "unwritten";
  }

  /** When writes are durable, for tables. */
  String sync() {
    return dsync ? "DSYNC" : "fdatasync at the end";
  }

  /** The name for people. */
  public String title() {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d %s",
        state(),
        sync(),
        threads,
        threads == 1 ? "thread" : "threads");
  }
}
