package dev.diolab.engine.locking;

/**
 * What the I/O path does differently for a strategy, beside calling it. Begin with {@link #plain}
 * and switch.
 *
 * @param syncUnderLock whether a DSYNC write waits for its flush or commit before the grant is
 *     closed. The iomap path syncs inside its completion, under the inode lock (facts A11); the
 *     older paths sync after the lock was dropped
 * @param fuaOverwrites whether a DSYNC write to written blocks inside i_size is one FUA write
 *     without a journal wait (iomap since 4.18, facts A11); otherwise it is a write followed by a
 *     flush or a commit
 * @param allocates whether a direct write fills holes inside i_size itself (Mason's DIO_CREATE);
 *     otherwise it stops there and the rest goes through the page cache
 * @param knowsNowait whether requests may be NOWAIT; the schemes before 4.13 have no such thing
 * @param splitsAtBoundaries whether each run of blocks is a transfer of its own, also where the
 *     next one follows on the device (the boundary bit before Mason's patch 8)
 * @param invalidatesAfterRelease whether a direct write drops cached pages of its range after the
 *     grant is closed instead of before: the scheme holds the locks of those pages until then, so
 *     that nobody can fill them in between
 * @param pinsFirst whether the pages of a user buffer that maps a file are faulted in and pinned as
 *     a whole before the request takes its first lock, instead of 64 at a time while it holds locks
 *     (get_user_pages): no fault can meet a lock of the request then (gfs2 b01b2d72da25 and btrfs
 *     reach the same by faulting in before a retry)
 * @param mapsAlone whether a direct write that meets unwritten blocks keeps every other direct
 *     write of the file from mapping until its own mapping is done, and holds no page locks
 *     meanwhile: then it may also write to and convert unwritten blocks around its own
 * @param claimsPages whether every direct request holds the page locks of all that it maps, from
 *     before it maps until its end_io is over: then who holds the locks of a range may write to and
 *     convert its unwritten blocks
 */
public record Rules(
    boolean syncUnderLock,
    boolean fuaOverwrites,
    boolean allocates,
    boolean knowsNowait,
    boolean splitsAtBoundaries,
    boolean invalidatesAfterRelease,
    boolean pinsFirst,
    boolean mapsAlone,
    boolean claimsPages) {

  /**
   * Syncs after the lock, no FUA, allocates, no NOWAIT, no needless splits, drops pages under the
   * lock, pins in batches, does not map alone, does not claim pages throughout.
   */
  public static Rules plain() {
    return new Rules(false, false, true, false, false, false, false, false, false);
  }

  /** The same with {@link #syncUnderLock}. */
  public Rules syncingUnderLock() {
    return new Rules(
        true,
        fuaOverwrites,
        allocates,
        knowsNowait,
        splitsAtBoundaries,
        invalidatesAfterRelease,
        pinsFirst,
        mapsAlone,
        claimsPages);
  }

  /** The same with {@link #fuaOverwrites}. */
  public Rules overwritingWithFua() {
    return new Rules(
        syncUnderLock,
        true,
        allocates,
        knowsNowait,
        splitsAtBoundaries,
        invalidatesAfterRelease,
        pinsFirst,
        mapsAlone,
        claimsPages);
  }

  /** The same without {@link #allocates}. */
  public Rules notAllocating() {
    return new Rules(
        syncUnderLock,
        fuaOverwrites,
        false,
        knowsNowait,
        splitsAtBoundaries,
        invalidatesAfterRelease,
        pinsFirst,
        mapsAlone,
        claimsPages);
  }

  /** The same with {@link #knowsNowait}. */
  public Rules knowingNowait() {
    return new Rules(
        syncUnderLock,
        fuaOverwrites,
        allocates,
        true,
        splitsAtBoundaries,
        invalidatesAfterRelease,
        pinsFirst,
        mapsAlone,
        claimsPages);
  }

  /** The same with {@link #splitsAtBoundaries}. */
  public Rules splittingAtBoundaries() {
    return new Rules(
        syncUnderLock,
        fuaOverwrites,
        allocates,
        knowsNowait,
        true,
        invalidatesAfterRelease,
        pinsFirst,
        mapsAlone,
        claimsPages);
  }

  /** The same with {@link #invalidatesAfterRelease}. */
  public Rules invalidatingAfterRelease() {
    return new Rules(
        syncUnderLock,
        fuaOverwrites,
        allocates,
        knowsNowait,
        splitsAtBoundaries,
        true,
        pinsFirst,
        mapsAlone,
        claimsPages);
  }

  /** The same with {@link #pinsFirst}. */
  public Rules pinningFirst() {
    return new Rules(
        syncUnderLock,
        fuaOverwrites,
        allocates,
        knowsNowait,
        splitsAtBoundaries,
        invalidatesAfterRelease,
        true,
        mapsAlone,
        claimsPages);
  }

  /** The same with {@link #mapsAlone}. */
  public Rules mappingAlone() {
    return new Rules(
        syncUnderLock,
        fuaOverwrites,
        allocates,
        knowsNowait,
        splitsAtBoundaries,
        invalidatesAfterRelease,
        pinsFirst,
        true,
        claimsPages);
  }

  /** The same with {@link #claimsPages}. */
  public Rules claimingPages() {
    return new Rules(
        syncUnderLock,
        fuaOverwrites,
        allocates,
        knowsNowait,
        splitsAtBoundaries,
        invalidatesAfterRelease,
        pinsFirst,
        mapsAlone,
        true);
  }
}
