package dev.diolab.engine.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InlineQueueTest {
  private static final int SECTOR = 512;
  private static final int COUNT = 32;

  private final MemoryDevice device = new MemoryDevice(COUNT * SECTOR);
  private final MemorySegment buffer = device.allocateBuffer(SECTOR);

  /** Queues {@link #COUNT} writes, reaps all, and tells the order of their completions. */
  private List<Integer> order(InlineQueue queue) throws IOException {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      int number = i;
      queue.write(failure -> order.add(number), buffer, 0, (long) i * SECTOR, SECTOR, false);
    }
    queue.submit();
    assertThat(order).isEmpty();
    assertThat(device.counters().writes()).isEqualTo(COUNT);
    while (queue.inFlight() > 0) {
      queue.reap(1);
    }
    queue.close();
    return order;
  }

  private List<Integer> shuffled(long seed) throws IOException {
    return new InlineQueueTest().order(seed);
  }

  private List<Integer> order(long seed) throws IOException {
    return order(InlineQueue.shuffled(device, COUNT, seed));
  }

  @Test
  void completesInTheOrderOfSubmission() throws IOException {
    assertThat(order(InlineQueue.inOrder(device, COUNT)))
        .containsExactlyElementsOf(IntStream.range(0, COUNT).boxed().toList());
  }

  @Test
  void shuffledOrderIsThatOfItsSeed() throws IOException {
    List<Integer> first = shuffled(1);
    assertThat(first).isEqualTo(shuffled(1)).isNotEqualTo(shuffled(2));
    assertThat(first)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, COUNT).boxed().toList());
  }

  @Test
  void shuffledQueueHoldsCompletionsBack() throws IOException {
    InlineQueue queue = InlineQueue.shuffled(device, COUNT, 5);
    for (int i = 0; i < COUNT; i++) {
      queue.write(failure -> {}, buffer, 0, (long) i * SECTOR, SECTOR, false);
    }
    assertThat(queue.reap(1)).isBetween(1, COUNT - 1);
    assertThat(queue.reap(queue.inFlight())).isPositive();
    assertThat(queue.inFlight()).isZero();
    queue.close();
  }
}
