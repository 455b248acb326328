package dev.diolab.benchmarks.verify.script;

/** The operations of a script. */
public enum OpKind {
  /** A plain direct write. */
  WRITE,
  /** A direct write with O_DSYNC. */
  DSYNC_WRITE,
  /** A write through the page cache. */
  BUFFERED_WRITE,
  /** A write through the page cache with O_DSYNC. */
  BUFFERED_DSYNC_WRITE,
  /** A store into a mapping of the file; nothing when a part of it lies behind the end. */
  MMAP_STORE,
  /** A direct read. */
  READ,
  /** A read through the page cache. */
  BUFFERED_READ,
  /** fallocate mode 0. */
  FALLOCATE,
  /** fallocate with FALLOC_FL_KEEP_SIZE. */
  FALLOCATE_KEEP_SIZE,
  /** fallocate with FALLOC_FL_PUNCH_HOLE and FALLOC_FL_KEEP_SIZE. */
  PUNCH_HOLE,
  /** fallocate with FALLOC_FL_ZERO_RANGE. */
  ZERO_RANGE,
  /** fallocate with FALLOC_FL_ZERO_RANGE and FALLOC_FL_KEEP_SIZE. */
  ZERO_RANGE_KEEP_SIZE,
  /** Truncate, down or up. */
  TRUNCATE,
  /** Makes what completed before durable. */
  FSYNC,
  /** The same without time stamps, which this engine has none of. */
  FDATASYNC,
  /** A direct write that is submitted; the thread goes on before it is complete. */
  ASYNC_WRITE,
  /** The same with O_DSYNC. */
  ASYNC_DSYNC_WRITE,
  /** A direct read that is submitted. */
  ASYNC_READ,
  /** Waits until all that the thread has submitted is complete, of both files. */
  AWAIT;

  /** Whether it puts data into the file. */
  public boolean isWrite() {
    return isDirectWrite() || isCachedWrite();
  }

  /** Whether it puts data into the file past the page cache. */
  public boolean isDirectWrite() {
    return this == WRITE || this == DSYNC_WRITE || this == ASYNC_WRITE || this == ASYNC_DSYNC_WRITE;
  }

  /** Whether it puts data into the page cache, from where it reaches the file later. */
  public boolean isCachedWrite() {
    return this == BUFFERED_WRITE || this == BUFFERED_DSYNC_WRITE || this == MMAP_STORE;
  }

  /** Whether it is durable when it is complete. */
  public boolean isDsyncWrite() {
    return this == DSYNC_WRITE || this == BUFFERED_DSYNC_WRITE || this == ASYNC_DSYNC_WRITE;
  }

  /** Whether it returns what is in the file. */
  public boolean isRead() {
    return isDirectRead() || this == BUFFERED_READ;
  }

  /** Whether it returns what is in the file, past the page cache. */
  public boolean isDirectRead() {
    return this == READ || this == ASYNC_READ;
  }

  /** Whether the thread goes on before it is complete. */
  public boolean isAsync() {
    return this == ASYNC_WRITE || this == ASYNC_DSYNC_WRITE || this == ASYNC_READ;
  }

  /** Whether it goes through the page cache. */
  public boolean isCached() {
    return isCachedWrite() || this == BUFFERED_READ;
  }

  /** Whether its range, and nothing else, reads as zeros afterwards. */
  public boolean zeroesRange() {
    return this == PUNCH_HOLE || this == ZERO_RANGE || this == ZERO_RANGE_KEEP_SIZE;
  }

  /** Whether it may need blocks, for data or for the nodes of a tree. */
  public boolean needsBlocks() {
    return isWrite() || zeroesRange() || this == FALLOCATE || this == FALLOCATE_KEEP_SIZE;
  }

  /** Whether it makes earlier operations durable. */
  public boolean isSync() {
    return this == FSYNC || this == FDATASYNC;
  }

  /** Whether it may make the file longer. */
  public boolean mayGrow() {
    return (isWrite() && this != MMAP_STORE)
        || this == FALLOCATE
        || this == ZERO_RANGE
        || this == TRUNCATE;
  }
}
