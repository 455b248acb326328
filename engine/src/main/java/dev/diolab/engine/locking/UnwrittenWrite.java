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

  /**
   * Waits until the transaction of {@link #convert} is on disk.
   *
   * @throws IOException when the journal failed
   */
  void awaitCommit() throws IOException;
}
