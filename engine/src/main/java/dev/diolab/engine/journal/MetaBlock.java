package dev.diolab.engine.journal;

import dev.diolab.engine.format.BlockSeal;

/**
 * A metadata block in memory (jbd2 calls it a buffer): its live contents and which transaction it
 * belongs to.
 *
 * <p>Contents are guarded by the structure that lives in them (an inode's i_data_sem, an allocation
 * group's lock, ...). They change only between {@link Handle#modify} and {@link Handle#close} of
 * the handle that joined the block, so that a commit, which starts when no handle is open, sees a
 * consistent block.
 */
public final class MetaBlock {
  private final long number;
  private final byte[] data;
  private final BlockSeal seal;

  /**
   * Tid of the transaction that this block joined last; it belongs to the running transaction when
   * that has this tid. Written under [journal lock]; an open handle may read it without the lock,
   * because only handles of the same transaction write it meanwhile.
   */
  volatile long joinedTid;

  /**
   * Tid of the newest durable copy in the log that is not yet at home, 0 for none. [journal lock]
   */
  long loggedTid;

  /**
   * Tid of the newest copy in the log that recovery replays, unless the tail has passed it; 0 for
   * none. [journal lock]
   */
  long copyTid;

  /** Whether the commit shall write the block home and revoke its copies. [journal lock] */
  boolean goesHome;

  /** Whether it is being changed in place: no handle may join it meanwhile. [journal lock] */
  boolean claimed;

  /** Set for good when a handle forgets the block. [journal lock] */
  volatile boolean forgotten;

  MetaBlock(long number, byte[] data, BlockSeal seal) {
    this.number = number;
    this.data = data;
    this.seal = seal;
  }

  /** Block number on the image. */
  public long number() {
    return number;
  }

  /**
   * The live contents, one block long; the checksum fields in it are stale (see {@link BlockSeal}).
   */
  public byte[] data() {
    return data;
  }

  /** The checksum rule of this block. */
  public BlockSeal seal() {
    return seal;
  }

  @Override
  public String toString() {
    return "MetaBlock[number=" + number + "]";
  }
}
