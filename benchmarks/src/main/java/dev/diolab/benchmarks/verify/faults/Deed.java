package dev.diolab.benchmarks.verify.faults;

import static dev.diolab.benchmarks.verify.faults.FaultImage.BLOCK;

import dev.diolab.benchmarks.verify.faults.FaultImage.Member;

/** What the request that meets the fault does. */
enum Deed {
  /** Reads written blocks. */
  READ(Member.PLAIN, 4 * BLOCK, 2 * BLOCK, 1, Way.READ),
  /** Overwrites written blocks. */
  OVERWRITE(Member.PLAIN, 4 * BLOCK, 2 * BLOCK, 1, Way.DIRECT),
  /** Writes whole unwritten blocks. */
  FILL(Member.PLAIN, 20 * BLOCK, 2 * BLOCK, 1, Way.DIRECT),
  /** Writes a part of an unwritten block, of which the rest has to be zeroed. */
  FILL_PART(Member.PLAIN, 20 * BLOCK + 512, 512, 1, Way.DIRECT),
  /** The same as {@link #FILL}, one block after the other, until the log is full. */
  FILL_MANY(Member.PLAIN, 16 * BLOCK, BLOCK, 64, Way.DIRECT),
  /** Writes into a hole inside i_size. */
  FILL_HOLE(Member.PLAIN, 82 * BLOCK, 2 * BLOCK, 1, Way.DIRECT),
  /** Writes a block in the middle of an unwritten extent, where the tree has no room to cut it. */
  SPLIT(Member.ROOT_FULL, 3 * BLOCK, BLOCK, 1, Way.DIRECT),
  /** Writes an unwritten block that a node of the tree tells of. */
  FILL_DEEP(Member.DEEP, BLOCK, BLOCK, 1, Way.DIRECT),
  /** Appends behind a whole block. */
  APPEND(Member.PLAIN, 96 * BLOCK, 2 * BLOCK, 1, Way.DIRECT),
  /** Appends behind a part of a block, of which the rest has to be zeroed. */
  APPEND_TO_PART(Member.PART, 6 * BLOCK, BLOCK, 1, Way.DIRECT),
  /** Begins in an unwritten block inside i_size and ends behind it. */
  STRADDLE(Member.UNWRITTEN, 3 * BLOCK, 2 * BLOCK, 1, Way.DIRECT),
  /** Overwrites written blocks that are dirty in the page cache, and have to be written out. */
  OVERWRITE_DIRTY(Member.PLAIN, 4 * BLOCK, 2 * BLOCK, 1, Way.OVER_DIRTY),
  /** Writes unwritten blocks through the page cache. */
  CACHED_FILL(Member.PLAIN, 20 * BLOCK, 2 * BLOCK, 1, Way.CACHED),
  /** As {@link #SPLIT}, through the page cache. */
  CACHED_SPLIT(Member.ROOT_FULL, 3 * BLOCK, BLOCK, 1, Way.CACHED);

  /** How the bytes go. */
  enum Way {
    READ,
    DIRECT,
    /** As {@link #DIRECT}, after the same bytes were written to the page cache. */
    OVER_DIRTY,
    CACHED
  }

  private final Member file;
  private final int offset;
  private final int bytes;
  private final int times;
  private final Way way;

  Deed(Member file, int offset, int bytes, int times, Way way) {
    this.file = file;
    this.offset = offset;
    this.bytes = bytes;
    this.times = times;
    this.way = way;
  }

  Member file() {
    return file;
  }

  /** First byte of the first request. */
  int offset() {
    return offset;
  }

  int bytes() {
    return bytes;
  }

  /** How many requests there are, one behind the other. */
  int times() {
    return times;
  }

  Way way() {
    return way;
  }
}
