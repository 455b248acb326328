package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.record.PhaseRecorder;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * A client that commits one record after the other: 90 % of one page, 9 % of two to four, 1 % of
 * 32.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class WalClient {
  private static final int LONG_RECORD = 32;

  private final SplittableRandom random;
  private final PhaseRecorder recorder = new PhaseRecorder();

  WalClient(long seed, int index) {
    this.random = new SplittableRandom(Seeds.derive(seed, index));
  }

  /** Commits until the log is full. */
  void run(WalLog log) throws IOException {
    while (true) {
      int pages = nextPages();
      long start = System.nanoTime();
      int appended = log.commit(pages);
      if (appended == WalLog.FULL) {
        return;
      }
      recorder.recordWhole(System.nanoTime() - start, appended * WalLog.PAGE_BYTES);
    }
  }

  private int nextPages() {
    int percent = random.nextInt(100);
    if (percent < 90) {
      return 1;
    }
    return percent < 99 ? random.nextInt(2, 5) : LONG_RECORD;
  }

  /** How long each commit took. */
  PhaseRecorder recorder() {
    return recorder;
  }
}
