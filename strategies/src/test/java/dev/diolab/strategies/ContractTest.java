package dev.diolab.strategies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;

/** Opens volumes for the tests of a contract and closes them after each. */
abstract class ContractTest {
  private final List<Bench> opened = new ArrayList<>();

  /** A fresh poisoned volume. */
  final Bench open(Setup setup) throws IOException {
    Bench bench = Bench.of(setup);
    opened.add(bench);
    return bench;
  }

  @AfterEach
  void closeVolumes() throws IOException {
    for (Bench bench : opened) {
      bench.close();
    }
    opened.clear();
  }

  /** Runs {@code body} in several threads at once, and throws what one of them threw. */
  static void inThreads(int threads, ThreadBody body)
      throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        Callable<Void> task =
            () -> {
              body.run(thread);
              return null;
            };
        running.add(executor.submit(task));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  /** What one of the threads does. */
  interface ThreadBody {
    void run(int thread) throws Exception;
  }
}
