package dev.diolab.engine.os;

/** One system call that moves bytes between memory and a place in a file. */
@FunctionalInterface
interface Transfer {
  /** RWF_DSYNC: this write alone is as if the file were open with O_DSYNC. */
  int RWF_DSYNC = 2;

  /** pread(2). */
  Transfer PREAD = Libc::pread;

  /** pwrite(2). */
  Transfer PWRITE = Libc::pwrite;

  /** pwritev2(2) with RWF_DSYNC. */
  Transfer PWRITE_DSYNC =
      (fd, address, bytes, offset) -> Libc.pwritev2(fd, address, bytes, offset, RWF_DSYNC);

  /**
   * Moves up to {@code bytes} bytes.
   *
   * @return how many were moved, or a negated error number
   */
  long transfer(int fd, long address, long bytes, long offset);
}
