package dev.diolab.engine.locking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RwSemTest {
  private final RwSem sem = new RwSem();

  @Test
  void readersEnterTogether() {
    sem.lockShared();
    assertThat(sem.tryLockShared()).isTrue();
    Contender.start(sem::lockShared).awaitEnd();
    assertThat(sem.tryLockExclusive()).isFalse();
  }

  @Test
  void aWriterIsAlone() {
    sem.lockExclusive();
    assertThat(sem.tryLockShared()).isFalse();
    assertThat(sem.tryLockExclusive()).isFalse();
    Contender reader = Contender.startAndAwaitWaiting(sem::lockShared);
    Contender writer = Contender.startAndAwaitWaiting(sem::lockExclusive);
    sem.unlockExclusive();
    reader.awaitEnd();
    assertThat(writer.isWaiting()).isTrue();
    sem.unlockShared();
    writer.awaitEnd();
  }

  @Test
  void aWriterWaitsForTheLastReader() {
    sem.lockShared();
    sem.lockShared();
    Contender writer = Contender.startAndAwaitWaiting(sem::lockExclusive);
    sem.unlockShared();
    assertThat(writer.isWaiting()).isTrue();
    sem.unlockShared();
    writer.awaitEnd();
  }

  @Test
  void afterTheLastWaiterTheLockIsFreeForEverybody() {
    RwSem insisting = new RwSem(0, -1);
    insisting.lockShared();
    Contender writer =
        Contender.startAndAwaitWaiting(
            () -> {
              insisting.lockExclusive();
              insisting.unlockExclusive();
            });
    insisting.unlockShared();
    writer.awaitEnd();
    assertThat(insisting.tryLockShared()).isTrue();
    insisting.unlockShared();
    assertThat(insisting.tryLockExclusive()).isTrue();
  }

  @Test
  void readersThatArriveBehindAQueuedWriterWaitForHim() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch writerMayLeave = new CountDownLatch(1);
    sem.lockShared();
    Contender writer =
        Contender.startAndAwaitWaiting(
            () -> {
              sem.lockExclusive();
              order.add("writer");
              awaitUninterrupted(writerMayLeave);
              sem.unlockExclusive();
            });
    assertThat(sem.tryLockShared()).isFalse();
    List<Contender> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(
          Contender.startAndAwaitWaiting(
              () -> {
                sem.lockShared();
                order.add("reader");
                sem.unlockShared();
              }));
    }
    sem.unlockShared();
    Contender.await(() -> !order.isEmpty());
    writerMayLeave.countDown();
    writer.awaitEnd();
    readers.forEach(Contender::awaitEnd);
    assertThat(order).containsExactly("writer", "reader", "reader", "reader");
  }

  @Test
  void waitingWritersEnterInOrderOfArrival() {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Contender> writers = new ArrayList<>();
    sem.lockExclusive();
    for (int i = 0; i < 4; i++) {
      int number = i;
      writers.add(
          Contender.startAndAwaitWaiting(
              () -> {
                sem.lockExclusive();
                order.add(number);
                sem.unlockExclusive();
              }));
    }
    sem.unlockExclusive();
    writers.forEach(Contender::awaitEnd);
    assertThat(order).containsExactly(0, 1, 2, 3);
  }

  @Test
  void aQueuedReaderHoldsTheLockAsSoonAsTheWriterReleases() {
    sem.lockExclusive();
    Contender reader = Contender.startAndAwaitWaiting(sem::lockShared);
    sem.unlockExclusive();
    assertThat(sem.tryLockExclusive()).isFalse();
    reader.awaitEnd();
  }

  @Test
  void allReadersAtTheHeadOfTheQueueEnterTogether() {
    CyclicBarrier allInside = new CyclicBarrier(3);
    sem.lockExclusive();
    List<Contender> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(
          Contender.startAndAwaitWaiting(
              () -> {
                sem.lockShared();
                awaitUninterrupted(allInside);
                sem.unlockShared();
              }));
    }
    sem.unlockExclusive();
    readers.forEach(Contender::awaitEnd);
    assertThat(sem.tryLockExclusive()).isTrue();
  }

  @Test
  void aWriterThatWasPassedOverIsNotPassedAgain() {
    RwSem insisting = new RwSem(0, -1);
    insisting.lockExclusive();
    Contender writer = Contender.startAndAwaitWaiting(insisting::lockExclusive);
    synchronized (insisting) { // keeps the writer from its place in the queue
      insisting.unlockExclusive();
      assertThat(insisting.tryLockExclusive()).isFalse();
      assertThat(insisting.tryLockShared()).isFalse();
    }
    writer.awaitEnd();
    insisting.unlockExclusive();
    assertThat(insisting.tryLockExclusive()).isTrue();
  }

  @Test
  void aRunningWriterMayPassASleepingOneThatWasNotPassedOver() {
    RwSem patient = new RwSem(0, Long.MAX_VALUE);
    patient.lockShared();
    Contender writer = Contender.startAndAwaitWaiting(patient::lockExclusive);
    synchronized (patient) { // keeps the writer from its place in the queue
      patient.unlockShared();
      assertThat(patient.tryLockShared()).isFalse();
      assertThat(patient.tryLockExclusive()).isTrue();
    }
    patient.unlockExclusive();
    writer.awaitEnd();
  }

  @Test
  void aReaderThatWasPassedOverIsNotPassedAgain() {
    RwSem insisting = new RwSem(0, -1);
    insisting.lockExclusive();
    Contender reader = Contender.startAndAwaitWaiting(insisting::lockShared);
    synchronized (insisting) { // keeps the release from handing over
      Contender release = Contender.start(insisting::unlockExclusive);
      release.awaitBlocked();
      assertThat(insisting.tryLockExclusive()).isFalse();
    }
    reader.awaitEnd();
  }

  @Test
  void aDowngradeKeepsWritersOutAndLetsQueuedReadersIn() {
    sem.lockExclusive();
    Contender reader = Contender.startAndAwaitWaiting(sem::lockShared);
    Contender writer = Contender.startAndAwaitWaiting(sem::lockExclusive);
    Contender readerBehind = Contender.startAndAwaitWaiting(sem::lockShared);
    sem.downgrade();
    reader.awaitEnd();
    assertThat(writer.isWaiting()).isTrue();
    assertThat(readerBehind.isWaiting()).isTrue();
    sem.unlockShared();
    assertThat(writer.isWaiting()).isTrue();
    sem.unlockShared();
    writer.awaitEnd();
    assertThat(readerBehind.isWaiting()).isTrue();
    sem.unlockExclusive();
    readerBehind.awaitEnd();
  }

  @Test
  void anyThreadMayRelease() {
    sem.lockExclusive();
    Contender.start(sem::downgrade).awaitEnd();
    Contender.start(sem::unlockShared).awaitEnd();
    sem.lockExclusive();
    Contender.start(sem::unlockExclusive).awaitEnd();
    assertThat(sem.tryLockExclusive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptDoesNotEndTheWaitAndIsKept(boolean exclusive) {
    AtomicBoolean kept = new AtomicBoolean();
    sem.lockExclusive();
    Contender waiter =
        Contender.startAndAwaitWaiting(
            () -> {
              lock(exclusive);
              kept.set(Thread.currentThread().isInterrupted());
            });
    waiter.interrupt();
    waiter.awaitWaiting();
    assertThat(kept).isFalse();
    sem.unlockExclusive();
    waiter.awaitEnd();
    assertThat(kept).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStalePermitDoesNotEndTheWait(boolean exclusive) {
    AtomicBoolean released = new AtomicBoolean();
    AtomicBoolean waitedForTheRelease = new AtomicBoolean();
    sem.lockExclusive();
    Contender waiter =
        Contender.startAndAwaitWaiting(
            () -> {
              LockSupport.unpark(Thread.currentThread());
              lock(exclusive);
              waitedForTheRelease.set(released.get());
            });
    released.set(true);
    sem.unlockExclusive();
    waiter.awaitEnd();
    assertThat(waitedForTheRelease).isTrue();
  }

  @Test
  void aThreadWaitsInOneSemaphoreAfterTheOther() {
    RwSem second = new RwSem();
    sem.lockExclusive();
    second.lockExclusive();
    Contender waiter =
        Contender.startAndAwaitWaiting(
            () -> {
              sem.lockShared();
              second.lockExclusive();
              second.downgrade();
            });
    sem.unlockExclusive();
    Contender.await(() -> !sem.tryLockExclusive());
    waiter.awaitWaiting();
    second.unlockExclusive();
    waiter.awaitEnd();
    assertThat(second.tryLockShared()).isTrue();
  }

  @Test
  void aReleaseWithoutAHolderIsABug() {
    assertThatThrownBy(() -> new RwSem().unlockShared()).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> new RwSem().unlockExclusive()).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> new RwSem().downgrade()).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> new Mutex().unlock()).isInstanceOf(AssertionError.class);
  }

  @Test
  void aReleaseInTheOtherModeIsABug() {
    RwSem shared = new RwSem();
    shared.lockShared();
    assertThatThrownBy(shared::unlockExclusive).isInstanceOf(AssertionError.class);
    RwSem sharedToo = new RwSem();
    sharedToo.lockShared();
    assertThatThrownBy(sharedToo::downgrade).isInstanceOf(AssertionError.class);
    sem.lockExclusive();
    assertThatThrownBy(sem::unlockShared).isInstanceOf(AssertionError.class);
  }

  private void lock(boolean exclusive) {
    if (exclusive) {
      sem.lockExclusive();
    } else {
      sem.lockShared();
    }
  }

  private static void awaitUninterrupted(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new AssertionError("nobody interrupts", e);
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts", e);
    }
  }
}
