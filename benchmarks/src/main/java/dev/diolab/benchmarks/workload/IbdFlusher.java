package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A flusher of IBD-GROW: writes its share of each batch asynchronously, reads seven pages for every
 * three that it writes, and makes its share of the tablespaces durable. The first flusher writes
 * the batch to the doublewrite file before.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class IbdFlusher {
  /** Writes in flight of all flushers. */
  private static final int DEPTH = 64;

  private static final int READS = 7;
  private static final int READS_FOR_WRITES = 3;

  private final List<Tablespace> tablespaces;
  private final Doublewrite doublewrite;
  private final FlushRounds rounds;
  private final int index;
  private final int flushers;
  private final SplittableRandom random;
  private final MemorySegment readBuffer;
  private final DioRequest read;
  private final PhaseRecorder writeRecorder = new PhaseRecorder();
  private final PhaseRecorder readRecorder = new PhaseRecorder();

  /** Reads that are due, in thirds. */
  private int readsDue;

  /** Flusher {@code index} of {@code flushers}. */
  IbdFlusher(
      WorkVolume volume,
      List<Tablespace> tablespaces,
      Doublewrite doublewrite,
      FlushRounds rounds,
      int index,
      int flushers,
      long seed) {
    this.tablespaces = List.copyOf(tablespaces);
    this.doublewrite = doublewrite;
    this.rounds = rounds;
    this.index = index;
    this.flushers = flushers;
    this.random = new SplittableRandom(Seeds.derive(seed, index));
    this.readBuffer = volume.volume().allocateBuffer(Tablespace.PAGE_BYTES);
    this.read = new DioRequest(readBuffer);
  }

  /** Flushes batches until there are none. */
  void run(Volume volume) throws IOException {
    boolean complete = false;
    try (WritesInFlight writes =
        new WritesInFlight(volume, Math.max(1, DEPTH / flushers), Tablespace.PAGE_BYTES)) {
      FlushBatch batch = next();
      while (batch != null) {
        writeShare(writes, batch);
        if (!rounds.meet()) {
          return;
        }
        syncShare(batch);
        batch = next();
      }
      complete = true;
    } finally {
      if (!complete) {
        rounds.fail();
      }
    }
  }

  /** The next batch when it is in the doublewrite file, or null when there is none. */
  private @Nullable FlushBatch next() throws IOException {
    if (!rounds.meet()) {
      return null;
    }
    if (index == 0) {
      FlushBatch taken = rounds.take();
      if (taken != null) {
        doublewrite.write(taken.pages().size());
      }
    }
    return rounds.meet() ? rounds.current() : null;
  }

  private void writeShare(WritesInFlight writes, FlushBatch batch) throws IOException {
    for (int i = index; i < batch.pages().size(); i += flushers) {
      while (writes.freeSlots() == 0) {
        takeOne(writes);
      }
      FlushBatch.Page page = batch.pages().get(i);
      StampedFile target = tablespaces.get(page.tablespace()).stamped();
      long offset = (long) page.number() * Tablespace.PAGE_BYTES;
      target.stamp(writes.next().buffer(), Tablespace.PAGE_BYTES, offset);
      writes.write(target.file(), page.number(), false);
      writes.flush();
      readsDue += READS;
      while (readsDue >= READS_FOR_WRITES) {
        readAny(batch);
        readsDue -= READS_FOR_WRITES;
      }
    }
    while (!writes.isEmpty()) {
      takeOne(writes);
    }
  }

  private void takeOne(WritesInFlight writes) throws IOException {
    writeRecorder.record(writes.take().request(), Tablespace.PAGE_BYTES);
  }

  private void readAny(FlushBatch batch) throws IOException {
    int chosen = random.nextInt(tablespaces.size());
    long offset = (long) random.nextInt(batch.readable().get(chosen)) * Tablespace.PAGE_BYTES;
    StampedFile target = tablespaces.get(chosen).stamped();
    int moved = target.file().read(read.prepare(0, offset, Tablespace.PAGE_BYTES, false));
    readRecorder.record(read, moved);
    if (moved != Tablespace.PAGE_BYTES) {
      throw new AssertionError("read at offset " + offset + " gave " + moved + " bytes");
    }
    target.requireOwn(readBuffer, moved, offset);
  }

  private void syncShare(FlushBatch batch) throws IOException {
    for (int i = index; i < tablespaces.size(); i += flushers) {
      if (batch.touches(i)) {
        DioFile file = tablespaces.get(i).stamped().file();
        long start = System.nanoTime();
        file.fdatasync();
        writeRecorder.recordSync(System.nanoTime() - start);
      }
    }
  }

  /** Each page write from its submission to its completion, and the fdatasyncs. */
  PhaseRecorder writes() {
    return writeRecorder;
  }

  /** The page reads. */
  PhaseRecorder reads() {
    return readRecorder;
  }
}
