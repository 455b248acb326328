package dev.diolab.benchmarks.verify.corruption;

import dev.diolab.engine.device.FilterDevice;
import dev.diolab.engine.device.MemoryDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A device in memory that keeps what its blocks held before, and that can be looked at in the
 * middle of a write, as a crash would.
 *
 * <p>Thread safety: none; for a volume without a commit thread.
 */
final class HistoryDevice extends FilterDevice {
  private static final int VERSIONS_KEPT = 6;

  /** What is to be done in the middle of a write. */
  @FunctionalInterface
  interface Interruption {
    void run() throws IOException;
  }

  private final int blockSize;
  private final Map<Long, Deque<byte[]>> versions = new HashMap<>();
  private long interruptFrom = Long.MAX_VALUE;
  private Interruption interruption = () -> {};

  HistoryDevice(long bytes, int blockSize) {
    super(new MemoryDevice(bytes));
    this.blockSize = blockSize;
  }

  /** Runs {@code what} once, before the next write at or behind {@code offset} is done. */
  void interruptNextWrite(long offset, Interruption what) {
    interruptFrom = offset;
    interruption = what;
  }

  /** What the device holds now. */
  byte[] contents() throws IOException {
    byte[] contents = new byte[Math.toIntExact(below.sizeBytes())];
    below.read(MemorySegment.ofArray(contents), 0, 0, contents.length);
    return contents;
  }

  /** Earlier contents of blocks, the oldest first. */
  Map<Long, List<byte[]>> versions() {
    Map<Long, List<byte[]>> copy = new HashMap<>();
    versions.forEach((block, kept) -> copy.put(block, new ArrayList<>(kept)));
    return copy;
  }

  /** Forgets what the blocks held so far. */
  void forgetVersions() {
    versions.clear();
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    if (deviceOffset >= interruptFrom) {
      interruptFrom = Long.MAX_VALUE;
      interruption.run();
    }
    for (long block = deviceOffset / blockSize; block * blockSize < deviceOffset + bytes; block++) {
      keepVersion(block);
    }
    below.write(buffer, bufferOffset, deviceOffset, bytes);
  }

  private void keepVersion(long block) throws IOException {
    byte[] old = new byte[blockSize];
    below.read(MemorySegment.ofArray(old), 0, block * blockSize, blockSize);
    Deque<byte[]> kept = versions.computeIfAbsent(block, b -> new ArrayDeque<>());
    if (kept.isEmpty() || !Arrays.equals(kept.getLast(), old)) {
      kept.addLast(old);
    }
    if (kept.size() > VERSIONS_KEPT) {
      kept.removeFirst();
    }
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    write(buffer, bufferOffset, deviceOffset, bytes);
  }
}
