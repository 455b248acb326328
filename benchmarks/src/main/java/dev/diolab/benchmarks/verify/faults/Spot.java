package dev.diolab.benchmarks.verify.faults;

/** Which calls of the device a fault means; {@link Places} knows where they go. */
enum Spot {
  /** Any read but one of other requests. */
  READ,
  /** A read of what the request reads. */
  READ_OF_DATA,
  /** Any flush. */
  FLUSH,
  /** The write of the data of the request itself, or of a hole that it fills. */
  DATA,
  /** A write to the block before the data, in which nothing of the request lies. */
  NEIGHBOUR,
  /** A write to the sectors of the request's block that are before its data. */
  PADDING,
  /** A write to the last block of the file. */
  LAST_BLOCK,
  /** A write of log blocks. */
  LOG,
  /** The write of a commit record. */
  COMMIT_RECORD,
  /** The write of the journal's superblock, which gives log blocks back. */
  LOG_TAIL,
  /** The write of an inode to its home: a part of a checkpoint. */
  HOME,
  /** The same with FUA: a change in place, past the journal. */
  HOME_FUA
}
