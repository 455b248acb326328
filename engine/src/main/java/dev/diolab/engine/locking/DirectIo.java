package dev.diolab.engine.locking;

import org.jspecify.annotations.Nullable;

/**
 * What a strategy may know of a direct read or write before it runs.
 *
 * <p>An instance describes one request at a time and is reused for the next: a strategy never keeps
 * it beyond the call.
 */
public interface DirectIo {

  /** First byte in the file. */
  long offset();

  /** Length in bytes, at least 1. */
  int bytes();

  /** First byte after the request. */
  default long end() {
    return offset() + bytes();
  }

  /** Whether the request begins and ends where blocks of {@code blockSize} bytes do. */
  default boolean isAligned(int blockSize) {
    return offset() % blockSize == 0 && end() % blockSize == 0;
  }

  /**
   * Whether the request passes i_size. The first answer is kept for the whole request, and the path
   * treats the write accordingly: so a strategy asks while it keeps i_size still, and may let go of
   * that lock afterwards.
   */
  boolean isExtending();

  /**
   * Whether the submitter goes on while the request is in flight. Its grant then must not need the
   * submitter any more after {@code submitted}: whoever finds the device done calls {@code ioDone}
   * and {@code close}, and neither may wait. A strategy that cannot do that for this request says
   * so with {@link Grant#mustWait}.
   */
  boolean isAsync();

  /** Whether the request may not wait for a lock or for blocks (RWF_NOWAIT). */
  boolean isNowait();

  /**
   * Whether every block of the request lies in one written extent. As ext4_overwrite_io of the
   * patches, one look-up must answer for the whole range: a request across two written extents
   * counts as "no" (facts A6). Takes i_data_sem shared for the look-up; for a NOWAIT request the
   * answer is also "no" when it would have to wait for that. The answer holds only as long as
   * something the caller holds keeps the mapping from changing.
   */
  boolean isOverwrite();

  /**
   * The object last given to {@link #keep}, null at first. A strategy whose grant carries state
   * keeps it here and uses it again for the next request, so that a request allocates nothing.
   */
  @Nullable Object kept();

  /** Keeps {@code object} with this request and all later ones of the same caller. */
  void keep(Object object);
}
