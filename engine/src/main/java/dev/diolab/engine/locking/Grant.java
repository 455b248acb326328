package dev.diolab.engine.locking;

import java.io.IOException;

/**
 * The right to run one operation, and the strategy's view of its progress.
 *
 * <p>The path calls, in this order: {@link #beforeMap} once for each piece it is about to map,
 * {@link #submitted} once, {@link #ioDone} once, {@link #close} once. The last three are called
 * also when the operation fails on the way, so each may undo what belongs to its moment without
 * asking how far the operation came. Operations without device I/O of their own (truncate,
 * fallocate, fsync) call no {@code submitted} and {@code ioDone}.
 *
 * <p>A grant that carries no state of its request may be one shared object; one that does may be
 * handed out again after {@code close}. So a caller drops it there.
 *
 * <p>Thread safety: the calls of one request come one after the other, but {@code close} may come
 * from another thread.
 */
public interface Grant {

  /** The grant of an operation for which a strategy locks nothing. */
  Grant NOTHING_HELD = () -> {};

  /**
   * The answer to a request that may not wait (NOWAIT) and would have to: nothing is held, and
   * nothing is to be closed.
   */
  Grant WOULD_BLOCK =
      new Grant() {
        @Override
        public boolean isRefusal() {
          return true;
        }

        @Override
        public void close() {
          throw new AssertionError("a refusal was closed like a grant");
        }
      };

  /** Whether this is no grant: {@link #WOULD_BLOCK}. */
  default boolean isRefusal() {
    return false;
  }

  /**
   * Asks how much of the request may be mapped now.
   *
   * @param offset first byte of the file that is not mapped yet
   * @param rest bytes from there to the end of the request, at least 1
   * @return bytes that may be mapped, from 1 to {@code rest}
   * @throws IOException when cached pages have to be written out first and that fails
   */
  default long beforeMap(long offset, long rest) throws IOException {
    return rest;
  }

  /**
   * Everything is mapped and about to be handed to the device: a lock that only covers submission
   * ends here.
   */
  default void submitted() {}

  /** The device is done; end_io (conversion, i_size) has not run. */
  default void ioDone() {}

  /** The operation is over, conversion and i_size included. */
  void close();

  /**
   * Whether the submitter of an asynchronous request has to wait for its end, because the request
   * keeps its lock to the end or because nobody may pass it (IOMAP_DIO_FORCE_WAIT). Asked once,
   * before anything is mapped. A write that passes i_size waits in any case: i_size may not move
   * before the data is there.
   */
  default boolean mustWait() {
    return false;
  }

  /**
   * Whether this grant holds i_data_sem shared from before the first look-up on, so that the path
   * must not take it.
   */
  default boolean holdsDataSem() {
    return false;
  }
}
