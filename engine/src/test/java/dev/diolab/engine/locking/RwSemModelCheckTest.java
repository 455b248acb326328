package dev.diolab.engine.locking;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The guarantees of {@link RwSem} under many interleavings; Lincheck wants this class public. Its
 * LockSupport.park returns also by itself, so it finds readers that are not granted, but not a lost
 * unpark of a writer: that shows in {@link RwSemTest} and {@link RwSemStressTest}.
 */
public class RwSemModelCheckTest {

  /** A small program whose outcome is wrong, or which hangs, when a guarantee is broken. */
  enum Program {
    WRITERS_AND_A_READER,
    DOWNGRADE,
    QUEUE_OF_BOTH_KINDS,
    RELEASE_BY_ANOTHER_THREAD,
    THREADS_THAT_COME_BACK;

    void run(RwSemaphore sem) {
      switch (this) {
        case WRITERS_AND_A_READER -> writersAndReader(sem);
        case DOWNGRADE -> downgrade(sem);
        case QUEUE_OF_BOTH_KINDS -> queueOfBothKinds(sem);
        case RELEASE_BY_ANOTHER_THREAD -> releaseByAnotherThread(sem);
        case THREADS_THAT_COME_BACK -> threadsThatComeBack(sem);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyInterleavingEndsWellWhenWritersMayPassTheQueue(Program program) {
    Interleavings.check(() -> program.run(RwSemaphore.of(new RwSem(0, Long.MAX_VALUE))));
  }

  @ParameterizedTest
  @EnumSource
  void everyInterleavingEndsWellWhenTheLockIsAlwaysHandedOver(Program program) {
    Interleavings.check(() -> program.run(RwSemaphore.of(new RwSem(0, -1))));
  }

  @ParameterizedTest
  @CsvSource({
    "READER_BESIDE_WRITER, QUEUE_OF_BOTH_KINDS",
    "WRITER_BESIDE_READER, WRITERS_AND_A_READER",
    "WRITER_BESIDE_WRITER, WRITERS_AND_A_READER",
    "EXCLUSIVE_RELEASE_WAKES_NOBODY, QUEUE_OF_BOTH_KINDS",
    "SHARED_RELEASE_WAKES_NOBODY, DOWNGRADE",
    "LOOKS_THEN_SLEEPS, THREADS_THAT_COME_BACK",
    "DOWNGRADE_LETS_GO, DOWNGRADE",
    "OWNER_RELEASES, RELEASE_BY_ANOTHER_THREAD"
  })
  void programsFindTheFaultsOfOtherSemaphores(FaultyRwSemaphore.Fault fault, Program program) {
    assertThatThrownBy(() -> Interleavings.check(() -> program.run(new FaultyRwSemaphore(fault))))
        .isInstanceOf(LincheckAssertionError.class);
  }

  @Test
  void programsPassOnASemaphoreWithoutFault() {
    Interleavings.check(
        () -> Program.DOWNGRADE.run(new FaultyRwSemaphore(FaultyRwSemaphore.Fault.NONE)));
  }

  private static void writersAndReader(RwSemaphore sem) {
    Pair pair = new Pair();
    Interleavings.share(sem, pair);
    Runnable writer =
        () -> {
          sem.lockExclusive();
          pair.increment();
          sem.unlockExclusive();
        };
    Runnable reader =
        () -> {
          sem.lockShared();
          pair.check();
          sem.unlockShared();
        };
    Interleavings.together(reader, writer, writer);
    pair.check(2);
  }

  private static void downgrade(RwSemaphore sem) {
    Pair pair = new Pair();
    Interleavings.share(sem, pair);
    Runnable downgrader =
        () -> {
          sem.lockExclusive();
          pair.increment();
          int mine = pair.first;
          sem.downgrade();
          pair.check(mine);
          sem.unlockShared();
        };
    Interleavings.together(
        downgrader,
        downgrader,
        () -> {
          sem.lockShared();
          pair.check();
          sem.unlockShared();
        });
    pair.check(2);
  }

  private static void queueOfBothKinds(RwSemaphore sem) {
    Pair pair = new Pair();
    Interleavings.share(sem, pair);
    Runnable reader =
        () -> {
          sem.lockShared();
          pair.check();
          sem.unlockShared();
        };
    sem.lockExclusive();
    Interleavings.together(
        () -> {
          pair.increment();
          sem.unlockExclusive();
        },
        reader,
        () -> {
          sem.lockExclusive();
          pair.increment();
          sem.unlockExclusive();
        },
        reader);
    pair.check(2);
  }

  private static void releaseByAnotherThread(RwSemaphore sem) {
    Pair pair = new Pair();
    Interleavings.share(sem, pair);
    sem.lockExclusive();
    pair.increment();
    Interleavings.together(
        () -> {
          sem.lockExclusive();
          pair.increment();
          sem.downgrade();
        },
        sem::unlockExclusive);
    Interleavings.together(
        () -> {
          sem.lockExclusive();
          pair.increment();
          sem.unlockExclusive();
        },
        sem::unlockShared);
    pair.check(3);
  }

  private static void threadsThatComeBack(RwSemaphore sem) {
    Pair pair = new Pair();
    Interleavings.share(sem, pair);
    Runnable body =
        () -> {
          sem.lockExclusive();
          pair.increment();
          sem.unlockExclusive();
          sem.lockShared();
          pair.check();
          sem.unlockShared();
          sem.lockExclusive();
          pair.increment();
          sem.unlockExclusive();
        };
    Interleavings.together(body, body);
    pair.check(4);
  }

  /** Two counters that are equal whenever no writer is inside. */
  private static final class Pair {
    int first;
    int second;

    void increment() {
      first++;
      second++;
    }

    void check() {
      check(first);
    }

    void check(int expected) {
      if (first != expected || second != expected) {
        throw new AssertionError(
            "a writer was inside: " + first + ", " + second + ", not " + expected);
      }
    }
  }
}
