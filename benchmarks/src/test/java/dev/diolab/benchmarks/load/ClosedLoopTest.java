package dev.diolab.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

  @Test
  void countsOnlyWhatIsDoneAfterTheRamp() throws IOException {
    AtomicLong done = new AtomicLong();

    double opsPerSecond =
        ClosedLoop.opsPerSecond(List.of(done::incrementAndGet, done::incrementAndGet), 0.01, 0.02);

    assertThat(opsPerSecond).isPositive();
    assertThat(opsPerSecond * 0.02).isLessThan((double) done.get());
  }

  @Test
  void endsEarlyAndTellsWhenAnOperationFails() {
    ClosedLoop.Operation fails =
        () -> {
          throw new IOException("broken disk");
        };

    assertThatThrownBy(() -> ClosedLoop.opsPerSecond(List.of(() -> {}, fails), 3600, 3600))
        .isInstanceOf(IOException.class)
        .hasMessage("broken disk");
  }

  @Test
  void letsTheThreadEndWhatItBeganAlsoWhenItFails() {
    List<Thread> threads = new ArrayList<>();
    ClosedLoop.Operation failing =
        new ClosedLoop.Operation() {
          @Override
          public void run() throws IOException {
            threads.add(Thread.currentThread());
            throw new IOException("no");
          }

          @Override
          public void end() {
            threads.add(Thread.currentThread());
          }
        };

    assertThatThrownBy(() -> ClosedLoop.opsPerSecond(List.of(failing), 10, 10))
        .isInstanceOf(IOException.class)
        .hasMessage("no");
    assertThat(threads).hasSize(2);
    assertThat(threads.getFirst()).isSameAs(threads.getLast());
  }
}
