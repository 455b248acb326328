package dev.diolab.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a clock that only moves when somebody waits or works. */
class OpenLoopTest {
  private static final long MILLI = 1_000_000;
  private static final long START = 77;

  private final FakeClock clock = new FakeClock();
  private final List<Long> service = new ArrayList<>();
  private final List<Long> response = new ArrayList<>();

  /** Takes a millisecond of the clock, and once longer. */
  private final class Server implements OpenLoop.Operation {
    private final int stalled;
    private final long stallNanos;
    private final List<Long> prepared = new ArrayList<>();

    Server(int stalled, long stallNanos) {
      this.stalled = stalled;
      this.stallNanos = stallNanos;
    }

    @Override
    public void prepare() {
      prepared.add(clock.nanos);
    }

    @Override
    public void send() {
      long nanos = service.size() == stalled ? stallNanos : MILLI;
      clock.nanos += nanos;
      service.add(nanos);
    }
  }

  private static final class FakeClock implements LoadClock {
    private long nanos = START;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void await(long deadlineNanos) {
      nanos = Math.max(nanos, deadlineNanos);
    }
  }

  @Test
  void theQueueBehindAStallIsInResponseTimesAndNotInServiceTimes() throws IOException {
    OpenLoop loop = run(new Server(10, 50 * MILLI), 100, 1_000);

    // Ten milliseconds lie between arrivals; what came during the stall waits, each less long.
    assertThat(service).hasSize(100).containsOnly(MILLI, 50 * MILLI).containsOnlyOnce(50 * MILLI);
    assertThat(response.subList(0, 10)).containsOnly(MILLI);
    assertThat(response.subList(10, 17))
        .containsExactly(
            50 * MILLI, 41 * MILLI, 32 * MILLI, 23 * MILLI, 14 * MILLI, 5 * MILLI, MILLI);
    assertThat(response.subList(16, 100)).containsOnly(MILLI);
    assertThat(loop.sent()).isEqualTo(100);
    assertThat(loop.unsent()).isZero();
  }

  @Test
  void theP99OfServiceTimesHidesAStallThatAResponseTimeOfSixInAHundredTells() throws IOException {
    run(new Server(10, 50 * MILLI), 100, 1_000);

    assertThat(service.stream().filter(nanos -> nanos > 2 * MILLI)).hasSize(1);
    assertThat(response.stream().filter(nanos -> nanos > 2 * MILLI)).hasSize(6);
  }

  @Test
  void operationsThatAreDueAndCannotBeSentAreCounted() throws IOException {
    // Twice as many arrive as can be done.
    OpenLoop loop = run(new Server(-1, 0), 2_000, 100);

    assertThat(loop.sent()).isEqualTo(100).isEqualTo(response.size());
    assertThat(loop.unsent()).isEqualTo(100);
    assertThat(response).isSorted();
    assertThat(loop.endNanos() - START).isEqualTo(100 * MILLI);
  }

  @Test
  void aStallThatReachesBeyondTheEndLeavesTheRestUnsent() throws IOException {
    OpenLoop loop = run(new Server(4, 500 * MILLI), 100, 100);

    assertThat(loop.sent()).isEqualTo(5);
    assertThat(loop.unsent()).isEqualTo(5);
    assertThat(response.getLast()).isEqualTo(500 * MILLI);
    assertThat(loop.endNanos() - START).isEqualTo(540 * MILLI);
  }

  @Test
  void aThreadThatComesLateSendsAtOnceWhatItMissed() throws IOException {
    clock.nanos = START + 30 * MILLI;

    OpenLoop loop = run(new Server(-1, 0), 100, 100);

    assertThat(loop.sent()).isEqualTo(10);
    assertThat(response.subList(0, 5))
        .containsExactly(31 * MILLI, 22 * MILLI, 13 * MILLI, 4 * MILLI, MILLI);
  }

  @Test
  void anOperationIsReadiedBeforeItIsDue() throws IOException {
    Server server = new Server(-1, 0);

    run(server, 100, 50);

    assertThat(server.prepared)
        .containsExactly(
            START, START + MILLI, START + 11 * MILLI, START + 21 * MILLI, START + 31 * MILLI);
  }

  @Test
  void whatIsDoneToReadyAnOperationThatIsNeverSentIsNotInTheTime() throws IOException {
    OpenLoop.Operation syncs =
        new OpenLoop.Operation() {
          @Override
          public void prepare() {
            clock.nanos += service.isEmpty() ? 0 : 500 * MILLI;
          }

          @Override
          public void send() {
            clock.nanos += MILLI;
            service.add(MILLI);
          }
        };

    OpenLoop loop = run(syncs, 100, 100);

    assertThat(loop.sent()).isEqualTo(1);
    assertThat(loop.unsent()).isEqualTo(9);
    assertThat(loop.endNanos() - START).isEqualTo(MILLI);
  }

  @Test
  void aFailureEndsTheLoop() {
    OpenLoop.Operation failing =
        new OpenLoop.Operation() {
          @Override
          public void prepare() {}

          @Override
          public void send() throws IOException {
            throw new IOException("broken disk");
          }
        };

    assertThatThrownBy(() -> run(failing, 100, 100))
        .isInstanceOf(IOException.class)
        .hasMessage("broken disk");
    assertThat(response).isEmpty();
  }

  @Test
  void theClockOfThisMachineNeverReturnsEarly() {
    LoadClock system = LoadClock.system();
    for (long ahead : new long[] {-1, 0, 20_000, 300_000}) {
      long deadline = system.nanos() + ahead;
      system.await(deadline);
      assertThat(system.nanos() - deadline).isNotNegative();
    }
  }

  private OpenLoop run(OpenLoop.Operation operation, double opsPerSecond, long millis)
      throws IOException {
    ArrivalRate rate = new ArrivalRate(Arrivals.CONSTANT, opsPerSecond);
    OpenLoop loop = new OpenLoop(ArrivalSchedule.of(rate, 1, 0, 1), clock);
    loop.run(START, millis * MILLI, operation, response::add);
    return loop;
  }
}
