package dev.diolab.benchmarks.verify.races.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class StageTest {
  private static final long LAST_WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  @Test
  void whoJoinsAThreadOnItsWayOutIsNotDeadlocked() {
    Stage stage = Stage.scheduled();
    stage.add("joiner", () -> startAndJoin(stage));

    assertThat(stage.play(List.of())).isEmpty();
    assertThat(stage.failures()).isEmpty();
  }

  private static void startAndJoin(Stage stage) throws IOException {
    Thread worker =
        stage
            .workers()
            .newThread(
                () -> {
                  throw new StackOverflowError("planted: its thread has something left to do");
                });
    worker.setUncaughtExceptionHandler((thread, error) -> LockSupport.parkNanos(LAST_WORK_NANOS));
    worker.start();
    try {
      worker.join();
    } catch (InterruptedException e) {
      throw new IOException("nobody interrupts an actor", e);
    }
  }

  @Test
  void whoHoldWhatTheOtherWantsAreDeadlocked() {
    Stage stage = Stage.scheduled();
    ReentrantLock left = new ReentrantLock();
    ReentrantLock right = new ReentrantLock();
    stage.add("a", () -> lockBoth(left, right));
    stage.add("b", () -> lockBoth(right, left));

    List<String> waiting =
        stage.play(List.of(Step.until("a", Moment.MARK), Step.until("b", Moment.MARK)));

    assertThat(waiting).hasSize(2).allMatch(each -> each.matches("[ab] waits in .*"));
  }

  private static void lockBoth(ReentrantLock first, ReentrantLock second) {
    first.lock();
    try {
      Stage.mark("has its first lock");
      second.lock();
      try {
        Stage.mark("has both");
      } finally {
        second.unlock();
      }
    } finally {
      first.unlock();
    }
  }
}
