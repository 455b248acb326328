package dev.diolab.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handle may ask for, and the bugs of callers that end in an AssertionError. */
class CreditsTest {
  private final JournalWorld world;

  CreditsTest() throws IOException {
    world = JournalWorld.fresh(64);
  }

  @Test
  void modifyBeyondTheCreditsIsOurOwnBug() throws IOException {
    try (Handle handle = world.journal.start(2)) {
      handle.modify(world.block(1));
      handle.modify(world.block(2));
      MetaBlock third = world.block(3);

      assertThatThrownBy(() -> handle.modify(third))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("no credit left for block 3");
    }
  }

  @Test
  void joinedBlockCostsNoSecondCredit() throws IOException {
    world.change(1, 1);
    try (Handle handle = world.journal.start(1)) {
      handle.modify(world.block(1));
      handle.modify(world.block(1));
      assertThat(handle.creditsLeft()).isEqualTo(1);
      handle.modify(world.block(2));
      handle.modify(world.block(2));
      assertThat(handle.creditsLeft()).isZero();
    }
  }

  @Test
  void forgetBeyondTheCreditsIsOurOwnBug() throws IOException {
    try (Handle handle = world.journal.start(1)) {
      handle.forget(world.block(1));
      MetaBlock second = world.block(2);

      assertThat(handle.creditsLeft()).isZero();
      assertThatThrownBy(() -> handle.forget(second)).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void forgottenBlockIsNotUsedAgain() throws IOException {
    try (Handle handle = world.journal.start(3)) {
      MetaBlock block = world.block(1);
      handle.forget(block);

      assertThatThrownBy(() -> handle.modify(block))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("block 1 is used after it was forgotten");
      assertThatThrownBy(() -> handle.forget(block)).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void closedHandleIsNotUsedAgain() throws IOException {
    Handle handle = world.journal.start(1);
    handle.close();
    handle.close();
    MetaBlock block = world.block(1);

    assertThatThrownBy(() -> handle.modify(block)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> handle.forget(block)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> handle.afterCommit(() -> {})).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1_000_000})
  void requestOutsideTheLimitsIsRefused(int credits) {
    assertThatThrownBy(() -> world.journal.start(credits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.." + world.journal.maxCredits());
  }

  @Test
  void largestHandleFitsIntoOneTransaction() throws IOException {
    int credits = world.journal.maxCredits();
    assertThat(credits).isEqualTo(12);
    long tid;
    try (Handle handle = world.journal.start(credits)) {
      for (int number = 0; number < credits; number++) {
        JournalWorld.set(handle, world.block(number), 5);
      }
      for (int number = credits; number < 2 * credits; number++) {
        handle.forget(world.block(number));
      }
      tid = handle.tid();
    }

    world.journal.commit(tid);

    assertThat(world.journal.counters().blocksLogged()).isEqualTo(15);
  }

  @Test
  void handleThatDoesNotFitStartsTheNextTransaction() throws IOException {
    long first = world.change(1, 0, 1, 2, 3, 4, 5, 6, 7);
    long second = world.change(2, 8, 9, 10, 11, 12);

    assertThat(second).isEqualTo(first + 1);
    assertThat(world.journal.isDurable(first)).isTrue();
    assertThat(world.journal.isDurable(second)).isFalse();
  }

  @Test
  void unusedCreditsAreGivenBack() throws IOException {
    long tid = 0;
    for (int i = 0; i < 1000; i++) {
      try (Handle handle = world.journal.start(world.journal.maxCredits() - 1)) {
        handle.modify(world.block(1));
        tid = handle.tid();
      }
    }

    assertThat(tid).isEqualTo(1);
    assertThat(world.journal.counters().commits()).isZero();
  }

  @Test
  void waitingForOneselfIsOurOwnBug() throws IOException {
    try (Handle handle = world.journal.start(1)) {
      JournalWorld.set(handle, world.block(1), 1);

      assertThatThrownBy(() -> world.journal.commit(handle.tid()))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("with a handle open in it");
      assertThatThrownBy(() -> world.journal.commitAll()).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> world.journal.start(world.journal.maxCredits()))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void tidOfTheFutureIsRefused() {
    assertThatThrownBy(() -> world.journal.commit(99))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("99");
  }

  @Test
  void closedJournalStartsNoHandle() throws IOException {
    world.journal.close();

    assertThatThrownBy(() -> world.journal.start(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
