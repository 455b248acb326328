package dev.diolab.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The thread that commits what nobody asks for. */
class CommitThreadTest {
  private static final JournalOptions EVERY_MILLISECOND =
      new JournalOptions(Duration.ofMillis(1), true);

  @Test
  void changeBecomesDurableWithoutBeingAskedFor() throws Exception {
    JournalWorld world = JournalWorld.fresh(64, EVERY_MILLISECOND);
    for (int i = 1; i <= 20; i++) {
      CountDownLatch durable = new CountDownLatch(1);
      try (Handle handle = world.journal.start(1)) {
        JournalWorld.set(handle, world.block(1), i);
        handle.afterCommit(durable::countDown);
      }
      durable.await();
    }
    world.journal.close();

    assertThat(world.journal.counters().commits()).isEqualTo(20);
    assertThat(JournalWorld.values(world.device.image())[1]).isEqualTo(20);
  }

  @Test
  void journalThatIsOnlyOpenedAndClosedHasNoThread() throws IOException {
    JournalWorld world = JournalWorld.fresh(64, JournalOptions.DEFAULT);
    assertThat(commitThreads()).isZero();

    world.journal.close();

    assertThat(commitThreads()).isZero();
  }

  @Test
  void closeEndsTheThread() throws IOException {
    JournalWorld world = JournalWorld.fresh(64, JournalOptions.DEFAULT);
    world.change(1, 1);
    world.change(2, 1);
    assertThat(commitThreads()).isEqualTo(1);

    world.journal.close();

    assertThat(commitThreads()).isZero();
  }

  @Test
  void intervalMustBePositive() {
    assertThatThrownBy(() -> new JournalOptions(Duration.ZERO, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }

  private static long commitThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("diolab-commit"))
        .count();
  }
}
