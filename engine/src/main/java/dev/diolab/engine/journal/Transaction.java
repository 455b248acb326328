package dev.diolab.engine.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A set of changed blocks that reaches the image as a whole or not at all.
 *
 * <p>Thread safety: every method wants the [journal lock], but for the lists, which the committing
 * thread reads without it: they do not change once the transaction is {@link State#LOCKED} and its
 * last handle is closed.
 */
final class Transaction {
  /** The life of a transaction. */
  enum State {
    /** Accepts handles. */
    RUNNING,
    /** Waits for its open handles, then is copied; accepts no more. */
    LOCKED,
    /** Is being written to the log; the next transaction runs. */
    COMMITTING
  }

  private final long tid;
  private final LogArea area;
  private final List<MetaBlock> joined = new ArrayList<>();
  private final List<MetaBlock> forgotten = new ArrayList<>();

  /** Written home by the commit and revoked, instead of being logged. */
  private final List<MetaBlock> broughtHome = new ArrayList<>();

  private final List<JournalHandle> openHandles = new ArrayList<>();
  private List<Runnable> actions = new ArrayList<>();
  private State state = State.RUNNING;

  /** Joined blocks and the credits of open handles; at most {@link LogArea#maxCredits}. */
  private int reservedCopies;

  /** Forgotten blocks and those that open handles may still forget; the same limit. */
  private int reservedRevokes;

  Transaction(long tid, LogArea area) {
    this.tid = tid;
    this.area = area;
  }

  long tid() {
    return tid;
  }

  State state() {
    return state;
  }

  void moveTo(State next) {
    boolean legal =
        switch (next) {
          case RUNNING, COMMITTING -> state == State.LOCKED;
          case LOCKED -> state == State.RUNNING;
        };
    if (!legal) {
      throw new AssertionError("transaction " + tid + " cannot go from " + state + " to " + next);
    }
    state = next;
  }

  /** Whether a handle of {@code credits} fits beside the others. */
  boolean hasRoomFor(int credits) {
    return reservedCopies + credits <= area.maxCredits()
        && reservedRevokes + credits <= area.maxCredits();
  }

  void open(JournalHandle handle, int credits) {
    if (state != State.RUNNING || !hasRoomFor(credits)) {
      throw new AssertionError("transaction " + tid + " cannot take " + credits + " credits");
    }
    reservedCopies += credits;
    reservedRevokes += credits;
    openHandles.add(handle);
  }

  /** Ends {@code handle}, which leaves the given credits and revokes unused. */
  void close(JournalHandle handle, int creditsLeft, int revokesLeft) {
    if (!openHandles.remove(handle)) {
      throw new AssertionError("handle is not open in transaction " + tid);
    }
    reservedCopies -= creditsLeft;
    reservedRevokes -= revokesLeft;
  }

  boolean hasOpenHandles() {
    return !openHandles.isEmpty();
  }

  /**
   * Checks that {@code thread}, which is about to wait for this transaction, has no handle open in
   * it: it would wait for itself.
   */
  void requireNoHandleOf(Thread thread) {
    for (JournalHandle handle : openHandles) {
      if (handle.owner().equals(thread)) {
        throw new AssertionError(
            thread.getName() + " waits for transaction " + tid + " with a handle open in it");
      }
    }
  }

  /** Whether {@code block}, which must not be forgotten, is part of this transaction. */
  boolean contains(MetaBlock block) {
    requireNotForgotten(block);
    return block.joinedTid == tid;
  }

  /** Makes {@code block} part of this transaction, which does not contain it yet. */
  void join(MetaBlock block) {
    joined.add(block);
    block.joinedTid = tid;
  }

  /** Makes {@code block}, joined or not, one that this transaction revokes and does not log. */
  void forget(MetaBlock block) {
    requireNotForgotten(block);
    if (block.claimed) {
      throw new AssertionError("block " + block.number() + " is forgotten while it is written");
    }
    block.forgotten = true;
    block.joinedTid = tid;
    forgotten.add(block);
  }

  /**
   * Takes those that shall go home, and that {@code inLog} says recovery can restore, out of the
   * joined blocks; asked once, when no handle is open any more.
   */
  void bringHome(Predicate<MetaBlock> inLog) {
    for (MetaBlock block : joined) {
      if (block.goesHome && !block.forgotten && inLog.test(block)) {
        broughtHome.add(block);
      }
      block.goesHome = false;
    }
    if (!broughtHome.isEmpty()) {
      joined.removeAll(broughtHome);
      broughtHome.sort(Comparator.comparingLong(MetaBlock::number));
    }
  }

  void afterCommit(Runnable action) {
    actions.add(action);
  }

  /** The blocks that were joined, in that order, with those that were forgotten later. */
  List<MetaBlock> joined() {
    return joined;
  }

  List<MetaBlock> forgotten() {
    return forgotten;
  }

  /** The blocks that {@link #bringHome} took out, in ascending order. */
  List<MetaBlock> broughtHome() {
    return broughtHome;
  }

  /** The blocks of which the log gets a revoke record. */
  List<MetaBlock> revoked() {
    if (broughtHome.isEmpty()) {
      return forgotten;
    }
    List<MetaBlock> revoked = new ArrayList<>(forgotten);
    revoked.addAll(broughtHome);
    return revoked;
  }

  /** The actions to run now; the list that stays behind is empty. */
  List<Runnable> takeActions() {
    List<Runnable> taken = actions;
    actions = new ArrayList<>();
    return taken;
  }

  /** Whether a commit has nothing to write. */
  boolean isEmpty() {
    return joined.isEmpty() && forgotten.isEmpty() && broughtHome.isEmpty();
  }

  /** Whether nobody could notice a commit: empty, without actions and open handles. */
  boolean isIdle() {
    return isEmpty() && actions.isEmpty() && openHandles.isEmpty();
  }

  private void requireNotForgotten(MetaBlock block) {
    if (block.forgotten) {
      throw new AssertionError("block " + block.number() + " is used after it was forgotten");
    }
  }
}
