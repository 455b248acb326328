package dev.diolab.engine.locking;

import java.io.IOException;
import java.util.Set;

/**
 * When an unwritten extent that now holds data becomes written. Chosen independently of the
 * strategy.
 *
 * <p>Thread safety: immutable.
 */
public interface ConversionPolicy {

  /** Unique short name in lower case, as typed on the command line. */
  String name();

  /** Where the policy comes from: author, year, thread or commit. */
  String origin();

  /** The policy in one line. */
  String summary();

  /** The guarantees this policy keeps, given a strategy that keeps them too. */
  Set<Guarantee> guarantees();

  /**
   * Whether direct writes put data into holes inside i_size and into unwritten blocks at all; if
   * not, they stop there and the rest goes through the page cache.
   */
  default boolean allowsDirectConversion() {
    return true;
  }

  /**
   * Whether an asynchronous write is complete, and its grant closed, before its blocks are
   * converted; not one that is DSYNC. {@link #endIo} is then called later, for several writes at
   * once, and before whatever would see or free the blocks: fsync, truncate, punch, page cache and
   * unmount. A direct read does not wait for it.
   */
  default boolean completesFirst() {
    return false;
  }

  /**
   * Length in blocks of the windows, counted from block 0, that a direct write which meets
   * unwritten blocks inside i_size first zeroes and converts, so that it finds written blocks; 0
   * for none. Unwritten blocks behind i_size stay so, and come to {@link #endIo}.
   */
  default int zeroAheadBlocks() {
    return 0;
  }

  /**
   * Length in blocks of the windows, counted from block 0, in which a thread of the volume zeroes
   * and converts the unwritten blocks that fallocate put inside i_size, while writes go on; 0 for
   * none. Blocks that a write reaches first come to {@link #endIo}.
   */
  default int lazyZeroBlocks() {
    return 0;
  }

  /**
   * Whether DSYNC direct writes wait for their commits together: after their grants are closed,
   * also where the strategy would sync under its lock, for under an exclusive lock no two writes of
   * a file would ever be together.
   */
  default boolean commitsTogether() {
    return false;
  }

  /**
   * Ends a direct write that put data into unwritten blocks: called after the device is done with
   * the data and before the grant is closed, unless {@link #completesFirst}.
   *
   * @throws IOException when the journal failed; the write then fails and its blocks stay unwritten
   */
  void endIo(UnwrittenWrite write) throws IOException;
}
