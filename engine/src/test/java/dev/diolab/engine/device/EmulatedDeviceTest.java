package dev.diolab.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The device around an {@link EmulatedDisk}: who waits, and until when. */
class EmulatedDeviceTest {
  private static final int PAGE = 4096;
  private static final int SIZE = 1 << 20;

  private final CountingClock clock = new CountingClock();

  private EmulatedDevice device(DiskModel model) {
    return new EmulatedDevice(model, new MemoryDevice(SIZE), 7, clock);
  }

  @Test
  void aSynchronousRequestTakesTheTimeOfTheModel() throws IOException {
    EmulatedDisk expected = new EmulatedDisk(DiskModels.NVME, SIZE, 7);
    try (EmulatedDevice device = device(DiskModels.NVME)) {
      MemorySegment buffer = device.allocateBuffer(PAGE);

      device.write(buffer, 0, 0, PAGE);
      long written = expected.write(0, 0, PAGE);
      assertThat(clock.now()).isEqualTo(written);
      device.read(buffer, 0, PAGE, PAGE);
      long read = expected.read(written, PAGE, PAGE);
      assertThat(clock.now()).isEqualTo(read);
      device.writeFua(buffer, 0, 0, PAGE);
      long durable = expected.writeFua(read, 0, PAGE);
      assertThat(clock.now()).isEqualTo(durable);
      device.flush();
      assertThat(clock.now()).isEqualTo(expected.flush(durable));
      assertThat(device.counters().flushes()).isOne();
    }
  }

  @Test
  void aQueueReachesTheRateOfTheDiskWithoutAThread() throws IOException {
    int requests = 10_000;
    List<Thread> before = List.copyOf(Thread.getAllStackTraces().keySet());
    try (EmulatedDevice device = device(DiskModels.NVME_PLP);
        IoQueue queue = device.openQueue(64)) {
      MemorySegment buffer = device.allocateBuffer(PAGE);
      for (int i = 0; i < requests; i++) {
        if (queue.isFull()) {
          queue.reap(1);
        }
        queue.write(failure -> assertThat(failure).isNull(), buffer, 0, 0, PAGE, false);
      }
      queue.reap(64);
      assertThat(Thread.getAllStackTraces().keySet()).hasSizeLessThanOrEqualTo(before.size() + 1);
    }

    assertThat(requests / (clock.now() / 1e9))
        .isCloseTo(DiskModels.NVME_PLP.writes().perSecond(), withinPercentage(5));
  }

  @Test
  void whatIsQuickOvertakesWhatIsSlow() throws IOException {
    List<String> over = new ArrayList<>();
    try (EmulatedDevice device = device(DiskModels.NVME);
        IoQueue queue = device.openQueue(4)) {
      MemorySegment buffer = device.allocateBuffer(PAGE);
      queue.write(failure -> over.add("durable"), buffer, 0, 0, PAGE, true);
      queue.write(failure -> over.add("cached"), buffer, 0, 0, PAGE, false);
      queue.submit();
      assertThat(queue.reap(0)).isZero();
      assertThat(queue.reap(1)).isOne();
      assertThat(over).containsExactly("cached");
      assertThat(queue.reap(1)).isOne();
    }

    assertThat(over).containsExactly("cached", "durable");
  }

  @Test
  void aFailureBelowIsToldWhenItsTimeHasCome() throws IOException {
    List<String> over = new ArrayList<>();
    try (EmulatedDevice device = device(DiskModels.SATA_SSD);
        IoQueue queue = device.openQueue(4)) {
      queue.write(
          failure -> over.add(failure == null ? "" : failure.getMessage()),
          device.allocateBuffer(PAGE),
          0,
          0,
          PAGE,
          false);
      device.below.close();
      assertThat(queue.reap(1)).isOne();
    }

    assertThat(over).containsExactly("the memory device is closed");
    assertThat(clock.now()).isPositive();
  }

  @Test
  void itIsAsVolatileAsItsModel() throws IOException {
    try (EmulatedDevice consumer = device(DiskModels.NVME);
        EmulatedDevice server = device(DiskModels.NVME_PLP)) {
      assertThat(consumer.hasVolatileCache()).isTrue();
      assertThat(server.hasVolatileCache()).isFalse();
      assertThat(server.model()).isEqualTo(DiskModels.NVME_PLP);
    }
  }

  @Test
  void realTimeNeverEndsAWaitEarlyAndKeepsInterrupts() {
    EmulatedClock real = EmulatedClock.real();
    long until = real.now() + 300_000;
    Thread.currentThread().interrupt();

    real.waitUntil(until);

    assertThat(real.now()).isGreaterThanOrEqualTo(until);
    assertThat(Thread.interrupted()).isTrue();
  }
}
