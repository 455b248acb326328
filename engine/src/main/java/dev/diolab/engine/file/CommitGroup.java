package dev.diolab.engine.file;

import dev.diolab.engine.journal.Journal;
import dev.diolab.engine.journal.JournalAbortedException;
import dev.diolab.engine.locking.Sleeping;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * DSYNC writes of a volume that wait for one commit together. The first that comes leads: it
 * gathers the others, commits for all of them and flushes. Only for policies that {@link
 * dev.diolab.engine.locking.ConversionPolicy#commitsTogether commit together}.
 *
 * <p>The leader gathers as long as another group is being committed, and then no longer than an
 * average commit takes, at most {@link #MOST_WAIT_NANOS}, and only until most of the DSYNC writes
 * that are in flight, or were when the commit before ended, are in the group (the batch time of
 * jbd2, there with the writers of the last transaction for company). So a writer that is alone
 * never waits, and the others write while most are being committed.
 *
 * <p>Guarantees: when {@link #sync} returns, the transaction it was asked for is durable, and so
 * are all device writes that returned before the call.
 */
final class CommitGroup {
  /** As max_batch_time of ext4: 15 ms. */
  static final long MOST_WAIT_NANOS = 15_000_000;

  private final Journal journal;
  private final boolean used;
  private final ReentrantLock lock = new ReentrantLock();

  /** Where the one leader that has not begun its commit waits. */
  private final Condition leaderMayCommit = lock.newCondition();

  /** The group that writers join now. [lock] */
  private Group gathering = newGroup();

  /** Whether a group is being committed. [lock] */
  private boolean committing;

  /** DSYNC writes between {@link #enter} and {@link #leave}. [lock] */
  private int inFlight;

  /** [lock] */
  private long averageNanos;

  CommitGroup(Journal journal, boolean used) {
    this.journal = journal;
    this.used = used;
  }

  boolean isUsed() {
    return used;
  }

  /** A DSYNC write has begun. */
  void enter() {
    move(1);
  }

  /** A DSYNC write is over. */
  void leave() {
    move(-1);
  }

  private void move(int by) {
    if (!used) {
      return;
    }
    lock.lock();
    try {
      inFlight += by;
      wakeLeader();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until transaction {@code tid} and all device writes so far are durable. */
  void sync(long tid) throws JournalAbortedException {
    Group group;
    Sleeping.begin();
    lock.lock();
    try {
      group = gathering;
      group.tid = Math.max(group.tid, tid);
      group.members++;
      if (group.members == 1) {
        gather(group);
        commit(group);
      } else {
        wakeLeader();
        while (!group.over) {
          group.ended.awaitUninterruptibly();
        }
      }
    } finally {
      lock.unlock();
      Sleeping.end();
    }
    if (!group.durable) {
      journal.sync(tid); // the leader has failed: with the journal, so that this tells why
    }
  }

  private void gather(Group group) {
    while (committing) {
      leaderMayCommit.awaitUninterruptibly();
    }
    long nanos = Math.min(averageNanos, MOST_WAIT_NANOS);
    boolean interrupted = false;
    while (!interrupted && nanos > 0 && !hasMost(group)) {
      try {
        nanos = leaderMayCommit.awaitNanos(nanos);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    gathering = newGroup();
    committing = true;
  }

  private boolean hasMost(Group group) {
    return group.members > Math.max(inFlight, group.company) / 2;
  }

  /** Wakes nobody in vain: every thread that wakes takes CPU from the writers. [lock] */
  private void wakeLeader() {
    if (!committing && hasMost(gathering)) {
      leaderMayCommit.signal();
    }
  }

  private Group newGroup() {
    return new Group(lock.newCondition());
  }

  /** [lock], released meanwhile. */
  private void commit(Group group) throws JournalAbortedException {
    long begin = System.nanoTime();
    lock.unlock();
    boolean done = false;
    try {
      journal.sync(group.tid);
      done = true;
    } finally {
      lock.lock();
      averageNanos = (3 * averageNanos + System.nanoTime() - begin) / 4;
      group.durable = done;
      group.over = true;
      committing = false;
      gathering.company = inFlight;
      group.ended.signalAll();
      leaderMayCommit.signal();
    }
  }

  /** Writers with one commit. All fields [lock]. */
  private static final class Group {
    /** Where all but the leader wait. */
    private final Condition ended;

    private int members;
    private long tid;

    /** Writers that were in flight when the commit before ended. */
    private int company;

    private boolean over;
    private boolean durable;

    Group(Condition ended) {
      this.ended = ended;
    }
  }
}
