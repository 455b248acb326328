package dev.diolab.engine.journal;

/**
 * One atomic change of metadata: all blocks joined to a handle reach the image in the same
 * transaction, or none does.
 *
 * <p>A handle reserves credits, one per block it may modify. It is used by one thread and closed by
 * it; while it is open the running transaction cannot commit, so a handle is never held across
 * device I/O of file data.
 */
public interface Handle extends AutoCloseable {

  /** Id of the transaction that this handle is part of. */
  long tid();

  /**
   * Blocks that may still be joined, and as many that may still be forgotten; joining a block that
   * is already part of the transaction does not count.
   */
  int creditsLeft();

  /**
   * Joins {@code block} to the transaction; its contents may be changed from now until {@link
   * #close}. Joining a block that is already part of the transaction is free.
   *
   * @throws AssertionError when the handle has no credit left: the caller reserved too few
   */
  void modify(MetaBlock block);

  /**
   * Says that {@code block} was freed in this transaction. It is not logged any more, a revoke
   * record keeps recovery from replaying older copies over what is allocated there next (seeds/000,
   * jbd2 revoke), and the cache drops it after the commit. Takes no credit.
   *
   * @throws AssertionError when the handle forgets more blocks than it reserved credits
   */
  void forget(MetaBlock block);

  /**
   * Asks that the commit writes {@code block} home and revokes its copies in the log, so that it
   * may be changed by {@link InPlaceBlock} afterwards. The commit logs the block all the same when
   * recovery could not restore what the block is before this transaction; nothing happens when the
   * block is not part of the transaction.
   */
  default void bringHome(MetaBlock block) {
    // A handle that has no log has nothing to revoke.
  }

  /**
   * Runs {@code action} once after the transaction is durable, in the thread that commits; actions
   * must not block, use the journal, or throw.
   */
  void afterCommit(Runnable action);

  /**
   * Ends the handle. The change is visible at once and durable after the commit of {@link #tid}.
   */
  @Override
  void close();
}
