package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.Volume;
import java.io.IOException;
import java.util.List;

/**
 * One shard of a broker: a thread with files of its own, which it appends to in turn. It never
 * waits for a write unless it has to: before it preallocates, syncs or closes it takes in what is
 * in flight to that file.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class BrokerShard {
  /** Most writes in flight to one file. */
  private static final int FILE_DEPTH = 16;

  /** Most writes in flight of one shard. */
  private static final int SHARD_DEPTH = 64;

  private final List<BrokerFile> files;
  private final PhaseRecorder appends = new PhaseRecorder();
  private final PhaseRecorder submits = new PhaseRecorder();
  private final PhaseRecorder growths = new PhaseRecorder();

  /** The shard of {@code files}, which may be none. */
  BrokerShard(List<BrokerFile> files) {
    this.files = List.copyOf(files);
  }

  /** Appends until all files are full, and closes each. */
  void run(Volume volume) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    int depth = Math.min(SHARD_DEPTH, FILE_DEPTH * files.size());
    try (WritesInFlight writes = new WritesInFlight(volume, depth, BrokerFile.WRITE_BYTES)) {
      int open = files.size();
      while (open > 0) {
        open = 0;
        for (int i = 0; i < files.size(); i++) {
          open += visit(writes, i) ? 1 : 0;
        }
      }
    }
  }

  /** One step for one file; whether it is open afterwards. */
  private boolean visit(WritesInFlight writes, int index) throws IOException {
    BrokerFile file = files.get(index);
    if (file.isClosed()) {
      return false;
    }
    if (file.isFull()) {
      close(writes, file);
      return false;
    }
    append(writes, file, index);
    if (file.mustSync()) {
      sync(writes, file);
    }
    return true;
  }

  private void append(WritesInFlight writes, BrokerFile file, int index) throws IOException {
    if (file.mustGrow()) {
      grow(writes, file);
    }
    while (writes.freeSlots() == 0 || file.inFlight() == FILE_DEPTH) {
      takeOne(writes);
    }
    long start = System.nanoTime();
    file.append(writes, index);
    writes.flush();
    submits.recordWhole(System.nanoTime() - start, BrokerFile.WRITE_BYTES);
  }

  private void grow(WritesInFlight writes, BrokerFile file) throws IOException {
    long start = System.nanoTime();
    drain(writes, file);
    file.grow();
    growths.recordWhole(System.nanoTime() - start, 0);
  }

  private void sync(WritesInFlight writes, BrokerFile file) throws IOException {
    drain(writes, file);
    long start = System.nanoTime();
    file.sync();
    appends.recordSync(System.nanoTime() - start);
  }

  private void close(WritesInFlight writes, BrokerFile file) throws IOException {
    drain(writes, file);
    long start = System.nanoTime();
    file.close();
    appends.recordSync(System.nanoTime() - start);
  }

  private void drain(WritesInFlight writes, BrokerFile file) throws IOException {
    while (file.inFlight() > 0) {
      takeOne(writes);
    }
  }

  private void takeOne(WritesInFlight writes) throws IOException {
    WritesInFlight.Slot done = writes.take();
    appends.record(done.request(), BrokerFile.WRITE_BYTES);
    files.get(done.place()).completed();
  }

  /** Each write from its submission to its completion, and the syncs. */
  PhaseRecorder appends() {
    return appends;
  }

  /** How long each submission held the shard up. */
  PhaseRecorder submits() {
    return submits;
  }

  /** How long the shard was held up until a file could be appended to again. */
  PhaseRecorder growths() {
    return growths;
  }
}
