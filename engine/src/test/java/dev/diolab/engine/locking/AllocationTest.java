package dev.diolab.engine.locking;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a wait allocates in the waiting thread, each round with a real sleep. */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 50;
  private static final int ROUNDS = 150;

  @ParameterizedTest
  @MethodSource("waits")
  void aWaitAllocatesNothingAfterTheFirst(Wait wait) {
    AtomicInteger round = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    AtomicLong allocated = new AtomicLong();
    Contender waiter =
        Contender.start(
            () -> {
              long before = 0;
              for (int i = 1; i <= WARM_UP + ROUNDS; i++) {
                while (round.get() < i) {
                  Thread.onSpinWait();
                }
                if (i == WARM_UP) {
                  before = THREADS.getCurrentThreadAllocatedBytes();
                }
                wait.run();
                done.set(i);
              }
              allocated.set(THREADS.getCurrentThreadAllocatedBytes() - before);
            });
    for (int i = 1; i <= WARM_UP + ROUNDS; i++) {
      int thisRound = i;
      wait.block();
      round.set(thisRound);
      waiter.awaitWaiting();
      wait.unblock();
      Contender.await(() -> done.get() == thisRound);
    }
    waiter.awaitEnd();
    assertThat(allocated.get() / ROUNDS).isLessThanOrEqualTo(16);
  }

  static List<Named<Wait>> waits() {
    RwSem forWriter = new RwSem();
    RwSem forReader = new RwSem();
    DioCount count = new DioCount();
    Placeholders placeholders = new Placeholders();
    Placeholders.Claim blocking = new Placeholders.Claim();
    Placeholders.Claim waiting = new Placeholders.Claim();
    return List.of(
        Named.of(
            "RwSem.lockExclusive",
            new Wait(
                forWriter::lockExclusive,
                () -> {
                  forWriter.lockExclusive();
                  forWriter.unlockExclusive();
                },
                forWriter::unlockExclusive)),
        Named.of(
            "RwSem.lockShared",
            new Wait(
                forReader::lockExclusive,
                () -> {
                  forReader.lockShared();
                  forReader.unlockShared();
                },
                forReader::unlockExclusive)),
        Named.of("DioCount.drain", new Wait(count::begin, count::drain, count::end)),
        Named.of(
            "Placeholders.acquire",
            new Wait(
                () -> placeholders.acquire(blocking, 4096, 4096),
                () -> {
                  placeholders.acquire(waiting, 0, 3 * 4096);
                  placeholders.release(waiting);
                },
                () -> placeholders.release(blocking))));
  }

  /** Something to wait for, and how to bring that about and to end it. */
  record Wait(Runnable blocker, Runnable waiter, Runnable unblocker) {
    void block() {
      blocker.run();
    }

    void run() {
      waiter.run();
    }

    void unblock() {
      unblocker.run();
    }
  }
}
