package dev.diolab.engine.locking;

import java.io.IOException;

/** A finished device write into unwritten blocks, as a {@link ConversionPolicy} sees it. */
public interface UnwrittenWrite {

  /**
   * Converts the blocks of this write to written in the running transaction. Visible to readers
   * when it returns, durable after the commit.
   *
   * @throws IOException when the journal failed or a metadata block cannot be read
   */
  void convert() throws IOException;

  /**
   * As {@link #convert}, but together with other writes of the volume that call this meanwhile:
   * sorted and coalesced, by one of the callers for all of them.
   *
   * @throws IOException as {@link #convert}, for this write only
   */
  void convertTogether() throws IOException;

  /** Whether the write has to be durable when it returns. */
  boolean isDsync();

  /**
   * Converts the blocks of this write past the journal, durably, if the extent that holds them
   * stands in the inode, nothing else has to change, and the journal has no part in the inode's
   * block; the data is made durable first. Otherwise as {@link #convert}, with a commit that takes
   * the inode's block out of the journal where it can, so that later conversions may be in place.
   *
   * @throws IOException as {@link #convert}, and when the device fails
   */
  void convertInPlace() throws IOException;

  /**
   * Waits until the transaction of {@link #convert} is on disk.
   *
   * @throws IOException when the journal failed
   */
  void awaitCommit() throws IOException;
}
