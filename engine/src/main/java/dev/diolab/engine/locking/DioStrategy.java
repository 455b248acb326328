package dev.diolab.engine.locking;

import java.util.Set;

/**
 * A way to lock direct I/O: the decisions about who excludes whom, and until when. Everything else
 * (mapping, submission, completion, journal) is the engine's and the same for all strategies.
 *
 * <p>Thread safety: immutable; the locks of an inode are in the {@link InodeLocking} that {@link
 * #attach} makes for it.
 */
public interface DioStrategy {

  /** Unique short name in lower case, as typed on the command line. */
  String name();

  /** Where the scheme comes from: author, year, thread or commit. */
  String origin();

  /** The scheme in one line. */
  String summary();

  /** What the path does differently for this strategy. */
  Rules rules();

  /** The guarantees this locking keeps, given a conversion policy that keeps them too. */
  Set<Guarantee> guarantees();

  /** Whether this is a ceiling that is wrong by design: it is measured, but never ranked. */
  default boolean isCeiling() {
    return false;
  }

  /** Name of the conversion policy that the scheme is run with when none is asked for. */
  String defaultPolicy();

  /**
   * Whether the scheme can be run with {@code policy}: zero-ahead changes blocks around those of
   * the write, so it needs a scheme where the write maps alone; lazy-zero writes beside direct
   * writes, so it needs one where these lock what they map.
   */
  default boolean takes(ConversionPolicy policy) {
    return (policy.zeroAheadBlocks() == 0 || rules().mapsAlone())
        && (policy.lazyZeroBlocks() == 0 || rules().claimsPages());
  }

  /** Makes the locks of one inode; called once when the inode comes into memory. */
  InodeLocking attach(InodeView inode);
}
