package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.JournalHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Writes copies from the log to where they belong, neighbours in one transfer.
 *
 * <p>Thread safety: none; it uses threads of its own.
 */
final class HomeWriter {
  private static final int LARGEST_RUN_BYTES = 256 << 10;

  /**
   * Blocks that lie apart are written at the pace of single requests; a disk takes several at once.
   */
  private static final int THREADS = 16;

  /** So few copies are written sooner than threads are made; and in a known order. */
  private static final int FEW_COPIES = 512;

  private final BlockDevice device;
  private final LogArea area;
  private final int blockSize;

  HomeWriter(BlockDevice device, LogArea area) {
    this.device = device;
    this.area = area;
    this.blockSize = area.blockSize();
  }

  /**
   * Writes {@code copies}, which are in ascending order of their homes, without a flush.
   *
   * @throws IOException when the device fails; nothing is being written any more then
   */
  void write(List<LogCopy> copies) throws IOException {
    if (copies.size() <= FEW_COPIES) {
      writePart(copies);
      return;
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      CompletableFuture.allOf(
              parts(copies).stream()
                  .map(part -> CompletableFuture.runAsync(() -> writeUnchecked(part), threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      throw e;
    }
  }

  private static List<List<LogCopy>> parts(List<LogCopy> copies) {
    List<List<LogCopy>> parts = new ArrayList<>();
    int copiesEach = Math.ceilDiv(copies.size(), THREADS);
    for (int from = 0; from < copies.size(); from += copiesEach) {
      parts.add(copies.subList(from, Math.min(copies.size(), from + copiesEach)));
    }
    return parts;
  }

  private void writeUnchecked(List<LogCopy> copies) {
    try {
      writePart(copies);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writePart(List<LogCopy> copies) throws IOException {
    MemorySegment run = device.allocateBuffer((long) longestRun(copies) * blockSize);
    int done = 0;
    while (done < copies.size()) {
      int blocks = runLength(copies, done);
      for (int i = 0; i < blocks; i++) {
        store(copies.get(done + i), run, (long) i * blockSize);
      }
      device.write(run, 0, copies.get(done).home() * blockSize, blocks * blockSize);
      done += blocks;
    }
  }

  private int longestRun(List<LogCopy> copies) {
    int longest = 0;
    int done = 0;
    while (done < copies.size()) {
      int blocks = runLength(copies, done);
      longest = Math.max(longest, blocks);
      done += blocks;
    }
    return longest;
  }

  /** How many copies from {@code first} on are neighbours at home and fit into one transfer. */
  private int runLength(List<LogCopy> copies, int first) {
    int limit = Math.max(1, LARGEST_RUN_BYTES / blockSize);
    int end = first + 1;
    while (end < copies.size()
        && end - first < limit
        && copies.get(end).home() == copies.get(end - 1).home() + 1) {
      end++;
    }
    return end - first;
  }

  private void store(LogCopy copy, MemorySegment run, long offset) throws IOException {
    byte[] contents = copy.contents();
    if (contents != null) {
      MemorySegment.copy(contents, 0, run, ValueLayout.JAVA_BYTE, offset, blockSize);
    } else {
      device.read(run, offset, area.deviceOffset(copy.position()), blockSize);
    }
    if (copy.escaped()) {
      JournalHeader.putMagic(run, offset);
    }
  }
}
