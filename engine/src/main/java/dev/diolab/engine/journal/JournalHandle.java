package dev.diolab.engine.journal;

/**
 * The journal's {@link Handle}: its share of a transaction. Confined to the thread that owns it.
 */
final class JournalHandle implements Handle {
  private final JournalState state;
  private final Transaction transaction;
  private final Thread owner = Thread.currentThread();
  private int creditsLeft;
  private int revokesLeft;
  private boolean closed;

  JournalHandle(JournalState state, Transaction transaction, int credits) {
    this.state = state;
    this.transaction = transaction;
    this.creditsLeft = credits;
    this.revokesLeft = credits;
  }

  Thread owner() {
    return owner;
  }

  @Override
  public long tid() {
    return transaction.tid();
  }

  @Override
  public int creditsLeft() {
    return Math.min(creditsLeft, revokesLeft);
  }

  @Override
  public void modify(MetaBlock block) {
    requireOpen();
    if (block.joinedTid == transaction.tid() && !block.forgotten) {
      return;
    }
    state.lock();
    try {
      state.claims().awaitUnclaimed(block);
      if (!transaction.contains(block)) {
        takeCredit(block);
        transaction.join(block);
      }
    } finally {
      state.unlock();
    }
  }

  @Override
  public void forget(MetaBlock block) {
    requireOpen();
    if (revokesLeft == 0) {
      throw new AssertionError(
          "handle may forget no more than it has credits; block "
              + block.number()
              + " is too many");
    }
    revokesLeft--;
    state.lock();
    try {
      transaction.forget(block);
    } finally {
      state.unlock();
    }
  }

  @Override
  public void bringHome(MetaBlock block) {
    requireOpen();
    state.lock();
    try {
      if (transaction.contains(block)) {
        block.goesHome = true;
      }
    } finally {
      state.unlock();
    }
  }

  @Override
  public void afterCommit(Runnable action) {
    requireOpen();
    state.lock();
    try {
      transaction.afterCommit(action);
    } finally {
      state.unlock();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      state.end(this, transaction, creditsLeft, revokesLeft);
    }
  }

  private void takeCredit(MetaBlock block) {
    if (creditsLeft == 0) {
      throw new AssertionError(
          "handle has no credit left for block " + block.number() + ": too few were reserved");
    }
    creditsLeft--;
  }

  private void requireOpen() {
    if (closed) {
      throw new AssertionError("handle of transaction " + tid() + " is used after its close");
    }
  }
}
