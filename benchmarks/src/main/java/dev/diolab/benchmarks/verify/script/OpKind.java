package dev.diolab.benchmarks.verify.script;

/** The operations of a script. */
public enum OpKind {
  /** A plain direct write. */
  WRITE,
  /** A direct write with O_DSYNC. */
  DSYNC_WRITE,
  /** A direct read. */
  READ,
  /** fallocate mode 0. */
  FALLOCATE,
  /** fallocate with FALLOC_FL_KEEP_SIZE. */
  FALLOCATE_KEEP_SIZE,
  /** Truncate, down or up. */
  TRUNCATE,
  /** Makes what completed before durable. */
  FSYNC,
  /** The same without time stamps, which this engine has none of. */
  FDATASYNC;

  /** Whether it puts data into the file. */
  public boolean isWrite() {
    return this == WRITE || this == DSYNC_WRITE;
  }

  /** Whether it allocates blocks and writes nothing into them. */
  public boolean isFallocate() {
    return this == FALLOCATE || this == FALLOCATE_KEEP_SIZE;
  }

  /** Whether it makes earlier operations durable. */
  public boolean isSync() {
    return this == FSYNC || this == FDATASYNC;
  }

  /** Whether it may make the file longer. */
  public boolean mayGrow() {
    return isWrite() || this == FALLOCATE || this == TRUNCATE;
  }
}
