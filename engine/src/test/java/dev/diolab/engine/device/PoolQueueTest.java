package dev.diolab.engine.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PoolQueueTest {
  private static final int SECTOR = 512;

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final List<@Nullable IOException> failures = new ArrayList<>();
  private final MemoryDevice memory = new MemoryDevice(1 << 20);
  private final MemorySegment buffer = memory.allocateBuffer(SECTOR);

  /** Writes that go on only together with others, and reads that fail. */
  private final class MeetingDevice extends FilterDevice {
    private final CyclicBarrier barrier;

    MeetingDevice(int writes) {
      super(memory);
      barrier = new CyclicBarrier(writes);
    }

    @Override
    public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
      threads.add(Thread.currentThread());
      try {
        barrier.await();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
        throws IOException {
      if (deviceOffset == 0) {
        throw new IOException("planned");
      }
      throw new IllegalStateException("bug");
    }
  }

  @Test
  void transfersRunAtTheSameTimeInThreadsThatEndWithTheQueue() throws IOException {
    PoolQueue queue = new PoolQueue(new MeetingDevice(PoolQueue.MOST_THREADS), 64);
    for (int i = 0; i < 64; i++) {
      queue.write(failures::add, buffer, 0, (long) i * SECTOR, SECTOR, false);
    }
    queue.reap(64);
    assertThat(failures).hasSize(64).containsOnlyNulls();
    assertThat(threads).hasSize(PoolQueue.MOST_THREADS).allMatch(Thread::isDaemon);
    queue.close();
    assertThat(threads).noneMatch(Thread::isAlive);
  }

  @Test
  void oneTransferAtATimeTakesOneThread() throws IOException {
    PoolQueue queue = new PoolQueue(new MeetingDevice(1), 64);
    for (int i = 0; i < 10; i++) {
      queue.write(failures::add, buffer, 0, 0, SECTOR, false);
      queue.reap(1);
    }
    queue.close();
    assertThat(threads).hasSize(1);
    assertThat(failures).hasSize(10);
  }

  @Test
  void whatADeviceThrowsIsTheFailureOfItsTransfer() throws IOException {
    try (PoolQueue queue = new PoolQueue(new MeetingDevice(1), 4)) {
      queue.read(failures::add, buffer, 0, 0, SECTOR);
      queue.reap(1);
      queue.read(failures::add, buffer, 0, SECTOR, SECTOR);
      queue.reap(1);
      queue.write(failures::add, buffer, 0, 0, SECTOR, false);
      queue.reap(1);
      assertThat(failures.get(0)).hasMessage("planned");
      assertThat(failures.get(1))
          .hasMessageContaining("bug")
          .hasCauseInstanceOf(IllegalStateException.class);
      assertThat(failures.get(2)).isNull();
    }
  }

  @Test
  void deviceOpensAPoolOverItsOwnTransfers() throws IOException {
    try (IoQueue queue = new MeetingDevice(1).openQueue(2)) {
      queue.write(failures::add, buffer, 0, 0, SECTOR, false);
      queue.reap(1);
      assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
    }
  }
}
