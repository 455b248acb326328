package dev.diolab.engine.locking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DioCountTest {
  private final DioCount count = new DioCount();

  @Test
  void drainDoesNotWaitWhenNothingIsInFlight() {
    Contender.start(count::drain).awaitEnd();
    count.begin();
    count.end();
    Contender.start(count::drain).awaitEnd();
  }

  @Test
  void drainWaitsForTheLastRequest() {
    count.begin();
    count.begin();
    Contender truncate = Contender.startAndAwaitWaiting(count::drain);
    count.end();
    assertThat(truncate.isWaiting()).isTrue();
    Contender.start(count::end).awaitEnd();
    truncate.awaitEnd();
  }

  @Test
  void theLastRequestWakesEveryDrain() {
    count.begin();
    Contender first = Contender.startAndAwaitWaiting(count::drain);
    Contender second = Contender.startAndAwaitWaiting(count::drain);
    count.end();
    first.awaitEnd();
    second.awaitEnd();
  }

  @Test
  void anInterruptDoesNotEndTheDrainAndIsKept() {
    AtomicBoolean kept = new AtomicBoolean();
    count.begin();
    Contender truncate =
        Contender.startAndAwaitWaiting(
            () -> {
              count.drain();
              kept.set(Thread.currentThread().isInterrupted());
            });
    truncate.interrupt();
    truncate.awaitWaiting();
    assertThat(kept).isFalse();
    count.end();
    truncate.awaitEnd();
    assertThat(kept).isTrue();
  }

  @Test
  void anEndWithoutABeginIsABug() {
    assertThatThrownBy(count::end).isInstanceOf(AssertionError.class);
  }

  @Test
  @Timeout(120)
  void requestsNeverUseFreedBlocksWhenManyRunBesideTruncates() {
    int rounds = 200;
    AtomicBoolean beyondSize = new AtomicBoolean();
    AtomicBoolean freed = new AtomicBoolean();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger used = new AtomicInteger();
    List<Contender> requests = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      requests.add(
          Contender.start(
              () -> {
                while (!stop.get()) {
                  count.begin();
                  if (beyondSize.get()) {
                    count.end();
                    Contender.await(() -> !beyondSize.get());
                  } else {
                    if (freed.get()) {
                      throw new AssertionError("a request used freed blocks");
                    }
                    used.incrementAndGet();
                    count.end();
                  }
                }
              }));
    }
    for (int i = 0; i < rounds; i++) {
      beyondSize.set(true);
      count.drain();
      freed.set(true);
      freed.set(false);
      beyondSize.set(false);
      int before = used.get();
      Contender.await(() -> used.get() > before);
    }
    stop.set(true);
    requests.forEach(Contender::join);
    assertThat(used.get()).isGreaterThanOrEqualTo(rounds);
  }
}
