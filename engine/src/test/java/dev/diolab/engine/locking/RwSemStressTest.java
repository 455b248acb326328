package dev.diolab.engine.locking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link RwSem} on real threads, more than there are processors. */
@Timeout(120)
class RwSemStressTest {
  private static final int THREADS = 16;
  private static final int OPERATIONS = 4_000;
  private static final int EXCLUSIVE = -1;

  /** Readers inside, or EXCLUSIVE. */
  private final AtomicInteger inside = new AtomicInteger();

  private final BlockingQueue<Runnable> releases = new LinkedBlockingQueue<>();

  /** Guarded by the exclusive mode of the semaphore under test. */
  private long first;

  private long second;

  @ParameterizedTest
  @CsvSource({"64, 4000000", "0, -1", "0, 9223372036854775807"})
  void holdersExcludeEachOtherAndAllWaitersAreServed(int spins, long handoffAfterNanos) {
    RwSem sem = new RwSem(spins, handoffAfterNanos);
    AtomicInteger writes = new AtomicInteger();
    List<Contender> workers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      workers.add(Contender.start(() -> writes.addAndGet(work(sem, random))));
    }
    Contender releaser = Contender.start(this::release);
    workers.forEach(Contender::join);
    releases.add(() -> Thread.currentThread().interrupt());
    releaser.join();
    assertThat(first).isEqualTo(writes.get()).isEqualTo(second);
    assertThat(inside).hasValue(0);
    assertThat(sem.tryLockShared()).as("nobody is left in the queue").isTrue();
    sem.unlockShared();
    assertThat(sem.tryLockExclusive()).as("nobody is left inside").isTrue();
  }

  /** Random operations; the number of exclusive holds among them. */
  private int work(RwSem sem, SplittableRandom random) {
    int writes = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          sem.lockShared();
          enterShared();
          leaveShared(sem);
        }
        case 2 -> {
          if (sem.tryLockShared()) {
            enterShared();
            leaveShared(sem);
          }
        }
        case 3 -> {
          sem.lockShared();
          enterShared();
          releases.add(() -> leaveShared(sem));
        }
        case 4 -> {
          sem.lockExclusive();
          writes += enterExclusive();
          leaveExclusive(sem);
        }
        case 5 -> {
          if (sem.tryLockExclusive()) {
            writes += enterExclusive();
            leaveExclusive(sem);
          }
        }
        case 6 -> {
          sem.lockExclusive();
          writes += enterExclusive();
          releases.add(() -> leaveExclusive(sem));
        }
        default -> {
          sem.lockExclusive();
          writes += enterExclusive();
          long mine = first;
          check(inside.compareAndSet(EXCLUSIVE, 1), "somebody entered beside a writer");
          sem.downgrade();
          check(first == mine && second == mine, "a writer came between in a downgrade");
          leaveShared(sem);
        }
      }
    }
    return writes;
  }

  /** Releases what others acquired, until its thread is interrupted. */
  private void release() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        releases.take().run();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void enterShared() {
    check(inside.incrementAndGet() > 0, "a reader entered beside a writer");
    check(first == second, "a reader saw half a write");
  }

  private void leaveShared(RwSem sem) {
    inside.decrementAndGet();
    sem.unlockShared();
  }

  private int enterExclusive() {
    check(inside.compareAndSet(0, EXCLUSIVE), "a writer entered beside somebody");
    first++;
    second++;
    return 1;
  }

  private void leaveExclusive(RwSem sem) {
    check(inside.compareAndSet(EXCLUSIVE, 0), "somebody entered beside a writer");
    sem.unlockExclusive();
  }

  private static void check(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
