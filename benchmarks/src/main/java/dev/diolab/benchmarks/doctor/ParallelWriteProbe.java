package dev.diolab.benchmarks.doctor;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.load.ClosedLoop;
import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether parallel direct writes scale on a device at all: random 4 KiB overwrites of one thread
 * against those of sixteen, in turn. No file system of ours and no lock is involved, so that a disk
 * that does not scale here cannot tell locking strategies apart.
 */
final class ParallelWriteProbe {
  /** Threads that are compared with one thread. */
  static final int MANY = 16;

  private static final int WRITE_BYTES = 4096;
  private static final int FILL_BYTES = 1 << 20;
  private static final int ROUNDS = 2;
  private static final double RAMP_SECONDS = 0.25;

  /**
   * What was measured.
   *
   * @param one operations a second of one thread
   * @param many operations a second of {@link #MANY} threads
   */
  record Result(double one, double many) {
    double ratio() {
      return many / one;
    }
  }

  private ParallelWriteProbe() {}

  /** Overwrites the whole of {@code device} and measures; its contents are lost. */
  static Result run(BlockDevice device, double seconds) throws IOException {
    fill(device);
    double one = 0;
    double many = 0;
    for (int round = 0; round < ROUNDS; round++) {
      one += measure(device, 1, seconds / ROUNDS);
      many += measure(device, MANY, seconds / ROUNDS);
    }
    return new Result(one / ROUNDS, many / ROUNDS);
  }

  private static void fill(BlockDevice device) throws IOException {
    MemorySegment buffer = device.allocateBuffer(FILL_BYTES);
    for (long at = 0; at + FILL_BYTES <= device.sizeBytes(); at += FILL_BYTES) {
      device.write(buffer, 0, at, FILL_BYTES);
    }
    device.flush();
  }

  private static double measure(BlockDevice device, int threads, double seconds)
      throws IOException {
    List<ClosedLoop.Operation> operations = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      operations.add(new RandomWrites(device, i));
    }
    return ClosedLoop.opsPerSecond(operations, RAMP_SECONDS, seconds);
  }

  private static final class RandomWrites implements ClosedLoop.Operation {
    private final BlockDevice device;
    private final MemorySegment buffer;
    private final SplittableRandom random;
    private final long places;

    RandomWrites(BlockDevice device, int index) {
      this.device = device;
      this.buffer = device.allocateBuffer(WRITE_BYTES);
      this.random = new SplittableRandom(Seeds.derive(0, index));
      this.places = device.sizeBytes() / FILL_BYTES * (FILL_BYTES / WRITE_BYTES);
    }

    @Override
    public void run() throws IOException {
      device.write(buffer, 0, random.nextLong(places) * WRITE_BYTES, WRITE_BYTES);
    }
  }
}
