package dev.diolab.engine.locking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {
  private static final int PAGE = Placeholders.PAGE_SIZE;

  private final Placeholders placeholders = new Placeholders();
  private final Placeholders.Claim held = new Placeholders.Claim();

  @ParameterizedTest
  @CsvSource({"8192, 4096", "8192, 1", "12287, 1", "0, 8193", "12287, 4096", "0, 16384"})
  void aRangeThatSharesAPageWaits(long offset, long bytes) {
    placeholders.acquire(held, 2 * PAGE, PAGE);
    Contender other = Contender.startAndAwaitWaiting(() -> acquireAndRelease(offset, bytes));
    placeholders.release(held);
    other.awaitEnd();
  }

  @ParameterizedTest
  @CsvSource({"0, 8192", "12288, 1", "0, 1", "40960, 4096"})
  void aRangeThatSharesNoPageDoesNotWait(long offset, long bytes) {
    placeholders.acquire(held, 2 * PAGE, PAGE);
    Contender.start(() -> acquireAndRelease(offset, bytes)).awaitEnd();
    placeholders.release(held);
  }

  @Test
  void aWaitingRangeHoldsItsPagesBeforeTheOneItWaitsForAndNoneBehind() {
    placeholders.acquire(held, 2 * PAGE, PAGE);
    Contender across = Contender.startAndAwaitWaiting(() -> acquireAndRelease(PAGE, 3 * PAGE));
    Contender before = Contender.startAndAwaitWaiting(() -> acquireAndRelease(PAGE, 1));
    Contender.start(() -> acquireAndRelease(3 * PAGE, PAGE)).awaitEnd();
    placeholders.release(held);
    across.awaitEnd();
    before.awaitEnd();
  }

  @Test
  void aReleaseWakesAllWhoWait() {
    placeholders.acquire(held, 0, 4 * PAGE);
    List<Contender> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      long offset = (long) i * PAGE;
      waiting.add(Contender.startAndAwaitWaiting(() -> acquireAndRelease(offset, PAGE)));
    }
    waiting.add(Contender.startAndAwaitWaiting(() -> placeholders.drainFrom(PAGE)));
    placeholders.release(held);
    waiting.forEach(Contender::awaitEnd);
  }

  @Test
  void aTruncateWaitsForPagesFromItsOffsetOnOnly() {
    Placeholders.Claim behind = new Placeholders.Claim();
    placeholders.acquire(held, 0, 2 * PAGE);
    placeholders.acquire(behind, 3 * PAGE, PAGE);
    Contender truncate = Contender.startAndAwaitWaiting(() -> placeholders.drainFrom(2 * PAGE));
    placeholders.release(behind);
    truncate.awaitEnd();
    Contender inLastPage =
        Contender.startAndAwaitWaiting(() -> placeholders.drainFrom(2 * PAGE - 1));
    placeholders.release(held);
    inLastPage.awaitEnd();
  }

  @Test
  void aTruncateDoesNotWaitForClaimsThatComeAfterIt() {
    Placeholders.Claim late = new Placeholders.Claim();
    placeholders.acquire(held, 2 * PAGE, PAGE);
    Contender truncate = Contender.startAndAwaitWaiting(() -> placeholders.drainFrom(0));
    placeholders.acquire(late, 3 * PAGE, PAGE);
    placeholders.release(held);
    truncate.awaitEnd();
    placeholders.release(late);
  }

  @ParameterizedTest
  @CsvSource({"8192, 4096", "8192, 1", "12287, 1", "0, 8193", "12287, 4096", "0, 16384"})
  void aTryForARangeThatSharesAPageFailsAndTakesNothing(long offset, long bytes) {
    placeholders.acquire(held, 2 * PAGE, PAGE);
    Placeholders.Claim claim = new Placeholders.Claim();
    assertThat(placeholders.tryAcquire(claim, offset, bytes)).isFalse();
    assertThat(claim.isEmpty()).isTrue();
    assertThat(placeholders.isClaimed(offset, bytes)).isTrue();
    placeholders.release(held);
    assertThat(placeholders.isClaimed(offset, bytes)).isFalse();
    assertThat(placeholders.tryAcquire(claim, offset, bytes)).isTrue();
    Contender waiting = Contender.startAndAwaitWaiting(() -> acquireAndRelease(offset, bytes));
    placeholders.release(claim);
    waiting.awaitEnd();
  }

  @ParameterizedTest
  @CsvSource({"0, 8192", "12288, 1", "0, 1", "40960, 4096"})
  void aTryForARangeThatSharesNoPageSucceeds(long offset, long bytes) {
    placeholders.acquire(held, 2 * PAGE, PAGE);
    assertThat(placeholders.isClaimed(offset, bytes)).isFalse();
    assertThat(placeholders.tryAcquire(new Placeholders.Claim(), offset, bytes)).isTrue();
    assertThat(placeholders.isClaimed(offset, bytes)).isTrue();
  }

  @Test
  void aTryMayContinueInThePageWhereTheClaimEnded() {
    placeholders.acquire(held, 0, PAGE + 1024);
    assertThat(placeholders.tryAcquire(held, PAGE + 1024, 1024)).isTrue();
    assertThat(placeholders.tryAcquire(held, PAGE + 2048, 2 * PAGE)).isTrue();
    placeholders.release(held);
    assertThat(placeholders.isClaimed(0, 100 * PAGE)).isFalse();
    placeholders.acquire(held, 2 * PAGE, PAGE);
    assertThatThrownBy(() -> placeholders.tryAcquire(held, 0, PAGE))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aPunchWaitsForPagesOfItsRangeOnly() {
    Placeholders.Claim behind = new Placeholders.Claim();
    placeholders.acquire(held, 2 * PAGE, PAGE);
    placeholders.acquire(behind, 5 * PAGE, PAGE);
    Contender punch = Contender.startAndAwaitWaiting(() -> placeholders.drain(PAGE, 2 * PAGE));
    Contender.start(() -> placeholders.drain(0, 2 * PAGE)).awaitEnd();
    Contender.start(() -> placeholders.drain(3 * PAGE, 2 * PAGE)).awaitEnd();
    placeholders.release(held);
    punch.awaitEnd();
    placeholders.release(behind);
  }

  @Test
  void aClaimMayContinueInThePageWhereItEnded() {
    Contender.start(
            () -> {
              Placeholders.Claim claim = new Placeholders.Claim();
              placeholders.acquire(claim, 0, PAGE + 1024);
              placeholders.acquire(claim, PAGE + 1024, PAGE);
              placeholders.acquire(claim, 2 * PAGE + 1024, 4 * PAGE);
              placeholders.release(claim);
            })
        .awaitEnd();
    Contender.start(() -> placeholders.drainFrom(0)).awaitEnd();
  }

  @Test
  void aClaimThatDescendsIsABug() {
    placeholders.acquire(held, 2 * PAGE, PAGE);
    assertThatThrownBy(() -> placeholders.acquire(held, 0, PAGE))
        .isInstanceOf(AssertionError.class);
    placeholders.release(held);
    Contender.start(() -> placeholders.drainFrom(0)).awaitEnd();
  }

  @Test
  void aClaimIsEmptyAgainAfterItsRelease() {
    assertThat(held.isEmpty()).isTrue();
    placeholders.acquire(held, 0, PAGE);
    assertThat(held.isEmpty()).isFalse();
    placeholders.release(held);
    assertThat(held.isEmpty()).isTrue();
    placeholders.release(held);
    assertThat(held.isEmpty()).isTrue();
  }

  @Test
  void anInterruptDoesNotEndTheWaitAndIsKept() {
    AtomicBoolean kept = new AtomicBoolean();
    placeholders.acquire(held, 0, PAGE);
    Contender waiter =
        Contender.startAndAwaitWaiting(
            () -> {
              acquireAndRelease(0, PAGE);
              placeholders.drainFrom(0);
              kept.set(Thread.currentThread().isInterrupted());
            });
    waiter.interrupt();
    waiter.awaitWaiting();
    assertThat(kept).isFalse();
    placeholders.release(held);
    waiter.awaitEnd();
    assertThat(kept).isTrue();
  }

  @Test
  @Timeout(120)
  void noPageIsInTwoClaimsWhenManyClaimInPieces() {
    int pages = 48;
    AtomicIntegerArray users = new AtomicIntegerArray(pages);
    List<Contender> workers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      SplittableRandom random = new SplittableRandom(i);
      workers.add(
          Contender.start(
              () -> {
                Placeholders.Claim claim = new Placeholders.Claim();
                for (int n = 0; n < 2_000; n++) {
                  claimInPieces(claim, users, random);
                }
              }));
    }
    Contender truncates =
        Contender.start(
            () -> {
              for (int n = 0; n < 200; n++) {
                placeholders.drainFrom((long) (pages - 1 - n % 8) * PAGE);
              }
            });
    workers.forEach(Contender::join);
    truncates.join();
    Contender.start(() -> placeholders.drainFrom(0)).awaitEnd();
  }

  /** One to three pieces with gaps of zero to three pages between them. */
  private void claimInPieces(
      Placeholders.Claim claim, AtomicIntegerArray users, SplittableRandom random) {
    List<Integer> mine = new ArrayList<>();
    int page = random.nextInt(users.length() / 2);
    for (int piece = random.nextInt(1, 4); piece > 0; piece--) {
      int count = random.nextInt(1, 6);
      placeholders.acquire(claim, (long) page * PAGE, (long) count * PAGE);
      for (int i = 0; i < count; i++) {
        mine.add(page + i);
      }
      page += count + random.nextInt(4);
    }
    for (int owned : mine) {
      if (users.incrementAndGet(owned) != 1) {
        throw new AssertionError("page " + owned + " is in two claims");
      }
    }
    for (int owned : mine) {
      users.decrementAndGet(owned);
    }
    placeholders.release(claim);
  }

  private void acquireAndRelease(long offset, long bytes) {
    Placeholders.Claim claim = new Placeholders.Claim();
    placeholders.acquire(claim, offset, bytes);
    placeholders.release(claim);
  }
}
