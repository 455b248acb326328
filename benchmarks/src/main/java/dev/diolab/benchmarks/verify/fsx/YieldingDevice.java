package dev.diolab.benchmarks.verify.fsx;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FilterDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A device that lets other threads run before and after some of its transfers. In memory a transfer
 * takes about a microsecond; without this hardly anybody gets between it and the steps around it.
 */
final class YieldingDevice extends FilterDevice {
  private static final int ONE_IN = 8;
  private static final int MOST_YIELDS = 12;

  YieldingDevice(BlockDevice below) {
    super(below);
  }

  @Override
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    yieldNowAndThen();
    below.read(buffer, bufferOffset, deviceOffset, bytes);
    yieldNowAndThen();
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    yieldNowAndThen();
    below.write(buffer, bufferOffset, deviceOffset, bytes);
    yieldNowAndThen();
  }

  @SuppressWarnings("ThreadPriorityCheck") // to let others run is all that a yield is for here
  private static void yieldNowAndThen() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (random.nextInt(ONE_IN) == 0) {
      for (int i = random.nextInt(MOST_YIELDS); i >= 0; i--) {
        Thread.yield();
      }
    }
  }
}
