package dev.diolab.engine.extent;

import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.MetaBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A handle without a journal that is strict about credits: each handle counts as its own
 * transaction, so that every block it joins costs one; and it forgets no more blocks than it has
 * credits. The test says when it commits.
 */
final class TestHandle implements Handle {
  private static final AtomicLong TIDS = new AtomicLong();

  private final long tid = TIDS.incrementAndGet();
  private final int credits;
  private final Set<MetaBlock> joined = new HashSet<>();
  private final Set<MetaBlock> forgotten = new HashSet<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private boolean closed;

  TestHandle(int credits) {
    this.credits = credits;
  }

  @Override
  public long tid() {
    return tid;
  }

  @Override
  public int creditsLeft() {
    return credits - Math.max(joined.size(), forgotten.size());
  }

  @Override
  public void modify(MetaBlock block) {
    requireOpen();
    if (forgotten.contains(block)) {
      throw new AssertionError(block + " is modified after it was forgotten");
    }
    if (joined.add(block) && joined.size() > credits) {
      throw new AssertionError("credits exceeded: " + credits + " reserved, joined " + joined);
    }
  }

  @Override
  public void forget(MetaBlock block) {
    requireOpen();
    if (!forgotten.add(block)) {
      throw new AssertionError(block + " is forgotten twice");
    }
    if (forgotten.size() > credits) {
      throw new AssertionError("credits exceeded: " + credits + " reserved, forgot " + forgotten);
    }
  }

  @Override
  public void afterCommit(Runnable action) {
    requireOpen();
    afterCommit.add(action);
  }

  @Override
  public void close() {
    closed = true;
  }

  Set<MetaBlock> joined() {
    return joined;
  }

  Set<MetaBlock> forgotten() {
    return forgotten;
  }

  /** Whether something waits for the commit. */
  boolean hasActions() {
    return !afterCommit.isEmpty();
  }

  /** Runs what waits for the commit; once. */
  void commit() {
    if (!closed) {
      throw new AssertionError("commit of an open handle");
    }
    afterCommit.forEach(Runnable::run);
    afterCommit.clear();
  }

  private void requireOpen() {
    if (closed) {
      throw new AssertionError("handle " + tid + " is closed");
    }
  }
}
