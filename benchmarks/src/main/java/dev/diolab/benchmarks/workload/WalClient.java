package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.load.OpenLoop;
import dev.diolab.benchmarks.record.PhaseRecorder;
import java.io.IOException;

/**
 * A client that commits one record after the other: until the log is full, or each when it is due.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class WalClient {
  private final WalRecords records;
  private final PhaseRecorder recorder = new PhaseRecorder();

  WalClient(long seed, int index) {
    this.records = new WalRecords(seed, index);
  }

  /** Commits until the log is full. */
  void run(WalLog log) throws IOException {
    int appended;
    do {
      appended = commit(log, records.getAsInt());
    } while (appended != WalLog.FULL);
  }

  /** Commits to a log in which there is room for every record that is due. */
  OpenLoop.Operation arrivals(WalLog log) {
    return new OpenLoop.Operation() {
      private int pages;

      @Override
      public void prepare() {
        pages = records.getAsInt();
      }

      @Override
      public void send() throws IOException {
        if (commit(log, pages) == WalLog.FULL) {
          throw new AssertionError("the log took no record that was due: it is full or has failed");
        }
      }
    };
  }

  private int commit(WalLog log, int pages) throws IOException {
    long start = System.nanoTime();
    int appended = log.commit(pages);
    if (appended != WalLog.FULL) {
      recorder.recordWhole(System.nanoTime() - start, appended * WalLog.PAGE_BYTES);
    }
    return appended;
  }

  /** How long each commit took. */
  PhaseRecorder recorder() {
    return recorder;
  }
}
