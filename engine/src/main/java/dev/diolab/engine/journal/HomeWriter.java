package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.Bytes;
import dev.diolab.engine.format.JournalHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Writes copies from the log to where they belong, neighbours in one transfer.
 *
 * <p>Thread safety: none.
 */
final class HomeWriter {
  private static final int LARGEST_RUN_BYTES = 1 << 20;

  private final BlockDevice device;
  private final LogReader reader;
  private final int blockSize;

  HomeWriter(BlockDevice device, LogReader reader, int blockSize) {
    this.device = device;
    this.reader = reader;
    this.blockSize = blockSize;
  }

  /** Writes {@code copies}, which are in ascending order of their homes. */
  void write(List<LogScan.Copy> copies) throws IOException {
    int mostBlocks = Math.min(copies.size(), Math.max(1, LARGEST_RUN_BYTES / blockSize));
    MemorySegment run = device.allocateBuffer((long) mostBlocks * blockSize);
    int done = 0;
    while (done < copies.size()) {
      int blocks = runLength(copies, done, mostBlocks);
      for (int i = 0; i < blocks; i++) {
        store(copies.get(done + i), run, i);
      }
      device.write(run, 0, copies.get(done).home() * blockSize, blocks * blockSize);
      done += blocks;
    }
  }

  /** How many copies from {@code first} on, at most {@code limit}, are neighbours at home. */
  private static int runLength(List<LogScan.Copy> copies, int first, int limit) {
    int end = first + 1;
    while (end < copies.size()
        && end - first < limit
        && copies.get(end).home() == copies.get(end - 1).home() + 1) {
      end++;
    }
    return end - first;
  }

  private void store(LogScan.Copy copy, MemorySegment run, int index) throws IOException {
    byte[] block = reader.readAgain(copy.position());
    if (copy.escaped()) {
      Bytes.putInt(block, 0, JournalHeader.MAGIC);
    }
    MemorySegment.copy(block, 0, run, ValueLayout.JAVA_BYTE, (long) index * blockSize, blockSize);
  }
}
