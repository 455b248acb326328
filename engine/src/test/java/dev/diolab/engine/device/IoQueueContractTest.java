package dev.diolab.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.diolab.engine.os.DirectIoTempDir;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link IoQueue} promises, over every queue that promises it. */
class IoQueueContractTest {
  private static final int LOOKS = 3;
  private static final int BLOCK = 4096;
  private static final int SIZE = 1 << 20;
  private static final int BLOCKS = SIZE / BLOCK;

  @TempDir(factory = DirectIoTempDir.class)
  Path directory;

  /** Remembers how often and with what it was told. */
  private static final class Told implements IoDone {
    private int times;
    private @Nullable IOException failure;

    @Override
    public void done(@Nullable IOException failure) {
      times++;
      this.failure = failure;
    }
  }

  private BlockDevice create(QueueKind kind) throws IOException {
    return kind.createDevice(directory, SIZE);
  }

  /** Where a block begins. */
  private static long at(int block) {
    return (long) block * BLOCK;
  }

  private static void reapAll(IoQueue queue) throws IOException {
    while (queue.inFlight() > 0) {
      queue.reap(queue.inFlight());
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsReturnWhatWritesWrote(QueueKind kind) throws IOException {
    try (BlockDevice device = create(kind);
        IoQueue queue = kind.open(device, 16)) {
      MemorySegment source = device.allocateBuffer(SIZE);
      MemorySegment target = device.allocateBuffer(SIZE);
      for (int block = 0; block < BLOCKS; block++) {
        source.asSlice(at(block), BLOCK).fill((byte) (block + 1));
      }
      Told told = new Told();
      for (int block = 0; block < BLOCKS; block++) {
        if (queue.isFull()) {
          queue.reap(1);
        }
        long offset = at(block);
        queue.write(told, source, offset, SIZE - BLOCK - offset, BLOCK, block % 2 == 0);
      }
      reapAll(queue);
      assertThat(told.times).isEqualTo(BLOCKS);
      assertThat(told.failure).isNull();

      for (int block = 0; block < BLOCKS; block++) {
        if (queue.isFull()) {
          queue.reap(1);
        }
        long offset = at(block);
        queue.read(told, target, offset, SIZE - BLOCK - offset, BLOCK);
      }
      reapAll(queue);
      assertThat(told.times).isEqualTo(2 * BLOCKS);
      assertThat(target.mismatch(source)).isEqualTo(-1);

      MemorySegment synchronous = device.allocateBuffer(BLOCK);
      device.read(synchronous, 0, 0, BLOCK);
      assertThat(synchronous.toArray(ValueLayout.JAVA_BYTE)).containsOnly((byte) BLOCKS);
      assertThat(device.counters().writtenBytes()).isEqualTo(SIZE);
      assertThat(device.counters().reads()).isEqualTo(BLOCKS + 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void queuedTransfersAreNotToldOfBeforeTheyAreReaped(QueueKind kind) throws IOException {
    try (BlockDevice device = create(kind);
        IoQueue queue = kind.open(device, 4)) {
      Told told = new Told();
      MemorySegment buffer = device.allocateBuffer(BLOCK);
      assertThat(queue.reap(1)).isZero();
      queue.write(told, buffer, 0, 0, BLOCK, false);
      queue.submit();
      assertThat(told.times).isZero();
      assertThat(queue.inFlight()).isOne();
      assertThat(queue.reap(1)).isOne();
      assertThat(told.times).isOne();
      assertThat(queue.inFlight()).isZero();
      assertThat(queue.reap(5)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void pollingDeliversInTheEnd(QueueKind kind) throws IOException {
    try (BlockDevice device = create(kind);
        IoQueue queue = kind.open(device, 8)) {
      Told told = new Told();
      MemorySegment buffer = device.allocateBuffer(8 * BLOCK);
      for (int i = 0; i < 8; i++) {
        queue.write(told, buffer, at(i), at(i), BLOCK, false);
      }
      int reaped = 0;
      while (reaped < 8) {
        reaped += queue.reap(0);
        Thread.onSpinWait();
      }
      assertThat(told.times).isEqualTo(8);
      assertThat(queue.reap(0)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void fullQueueRefusesUntilReaped(QueueKind kind) throws IOException {
    try (BlockDevice device = create(kind);
        IoQueue queue = kind.open(device, 3)) {
      MemorySegment buffer = device.allocateBuffer(BLOCK);
      Told told = new Told();
      assertThat(queue.depth()).isEqualTo(3);
      for (int i = 0; i < 3; i++) {
        assertThat(queue.isFull()).isFalse();
        queue.write(told, buffer, 0, at(i), BLOCK, false);
      }
      assertThat(queue.isFull()).isTrue();
      assertThatIllegalStateException()
          .isThrownBy(() -> queue.write(told, buffer, 0, 0, BLOCK, false))
          .withMessageContaining("depth=3");
      assertThat(queue.reap(1)).isPositive();
      assertThat(queue.isFull()).isFalse();
      queue.write(told, buffer, 0, 0, BLOCK, false);
      reapAll(queue);
      assertThat(told.times).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void transfersMayBeQueuedByADone(QueueKind kind) throws IOException {
    try (BlockDevice device = create(kind);
        IoQueue queue = kind.open(device, 4)) {
      MemorySegment buffer = device.allocateBuffer(BLOCK);
      int[] left = {100};
      IoDone[] again = new IoDone[1];
      again[0] =
          failure -> {
            if (failure == null && left[0] > 0) {
              left[0]--;
              queue.write(again[0], buffer, 0, at(left[0]), BLOCK, false);
            }
          };
      for (int i = 0; i < 4; i++) {
        queue.write(again[0], buffer, 0, at(BLOCKS - 1 - i), BLOCK, false);
      }
      reapAll(queue);
      assertThat(left[0]).isZero();
      assertThat(device.counters().writes()).isEqualTo(104);
    }
  }

  @ParameterizedTest
  @EnumSource
  void impossibleTransferIsRefusedAndTakesNoPlace(QueueKind kind) throws IOException {
    try (BlockDevice device = create(kind);
        IoQueue queue = kind.open(device, 2)) {
      MemorySegment buffer = device.allocateBuffer(BLOCK);
      Told told = new Told();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> queue.write(told, buffer, 0, 100, BLOCK, false));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> queue.read(told, buffer, 0, SIZE, BLOCK));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> queue.read(told, buffer, 0, 0, 2 * BLOCK));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> queue.read(told, buffer.asReadOnly(), 0, 0, BLOCK));
      assertThatIllegalArgumentException().isThrownBy(() -> queue.reap(-1));
      MemorySegment freed;
      try (Arena arena = Arena.ofConfined()) {
        freed = arena.allocate(BLOCK, BLOCK);
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> queue.read(told, freed, 0, 0, BLOCK))
          .withMessageContaining("arena");
      assertThat(queue.inFlight()).isZero();
      assertThat(told.times).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void depthBelowOneIsRefused(QueueKind kind) throws IOException {
    try (BlockDevice device = create(kind)) {
      assertThatIllegalArgumentException().isThrownBy(() -> kind.open(device, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void closeFinishesWhatIsInFlightAndRefusesMore(QueueKind kind) throws IOException {
    try (BlockDevice device = create(kind)) {
      IoQueue queue = kind.open(device, 64);
      MemorySegment buffer = device.allocateBuffer(64 * BLOCK).fill((byte) 5);
      Told told = new Told();
      for (int i = 0; i < 64; i++) {
        if (i == 32) {
          queue.submit();
        }
        queue.write(told, buffer, at(i), at(i), BLOCK, false);
      }
      queue.close();
      assertThat(told.times).isEqualTo(64);
      assertThat(told.failure).isNull();
      assertThat(queue.inFlight()).isZero();
      queue.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> queue.write(told, buffer, 0, 0, BLOCK, false))
          .withMessageContaining("closed");
      assertThatIllegalStateException().isThrownBy(queue::submit);
      assertThat(queue.reap(1)).isZero();
      MemorySegment read = device.allocateBuffer(64 * BLOCK);
      device.read(read, 0, 0, 64 * BLOCK);
      assertThat(read.mismatch(buffer)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void doneMustNotReapOrClose(QueueKind kind) throws IOException {
    try (BlockDevice device = create(kind);
        IoQueue queue = kind.open(device, 2)) {
      List<Throwable> refusals = new ArrayList<>();
      Runnable close = queue::close;
      IoDone reapingAndClosing =
          failure -> {
            refusals.add(catchThrowable(() -> queue.reap(1)));
            refusals.add(catchThrowable(close::run));
          };
      queue.write(reapingAndClosing, device.allocateBuffer(BLOCK), 0, 0, BLOCK, false);
      queue.reap(1);
      assertThat(refusals)
          .hasSize(2)
          .allSatisfy(e -> assertThat(e).isInstanceOf(IllegalStateException.class));
    }
  }

  @ParameterizedTest
  @EnumSource
  void emptyTransferCompletes(QueueKind kind) throws IOException {
    try (BlockDevice device = create(kind);
        IoQueue queue = kind.open(device, 2)) {
      Told told = new Told();
      queue.write(told, device.allocateBuffer(BLOCK), 0, SIZE, 0, true);
      queue.read(told, device.allocateBuffer(BLOCK), 0, 0, 0);
      reapAll(queue);
      assertThat(told.times).isEqualTo(2);
      assertThat(told.failure).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherThreadMayReapButNotQueue(QueueKind kind) throws Exception {
    try (BlockDevice device = create(kind);
        IoQueue queue = kind.open(device, 32);
        ExecutorService rescuer = Executors.newSingleThreadExecutor()) {
      MemorySegment buffer = device.allocateBuffer(32 * BLOCK).fill((byte) 3);
      for (int round = 0; round < 50; round++) {
        CountDownLatch told = new CountDownLatch(31);
        List<Thread> tellers = new ArrayList<>();
        IoDone done =
            failure -> {
              tellers.add(Thread.currentThread());
              told.countDown();
            };
        for (int i = 0; i < 31; i++) {
          queue.write(done, buffer, at(i), at(i), BLOCK, false);
        }
        queue.submit();
        // Not submitted: the rescuer must neither submit it nor wait for it.
        Told unsubmitted = new Told();
        queue.read(unsubmitted, buffer, 31 * BLOCK, 0, BLOCK);
        Future<Thread> reaping =
            rescuer.submit(
                () -> {
                  int reaped = 0;
                  while (reaped < 31) {
                    reaped += queue.reap(31 - reaped);
                  }
                  assertThat(queue.reap(1)).isZero();
                  assertThatIllegalStateException()
                      .isThrownBy(() -> queue.read(done, buffer, 0, 0, BLOCK))
                      .withMessageContaining("owned by");
                  return Thread.currentThread();
                });
        // As an owner that sleeps in a lock does.
        told.await();
        assertThat(reaping.get()).isNotEqualTo(Thread.currentThread());
        assertThat(tellers).hasSize(31).containsOnly(reaping.get());
        assertThat(unsubmitted.times).isZero();
        reapAll(queue);
        assertThat(unsubmitted.times).isOne();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void ownerAndRescuerReapingAtOnceLoseAndRepeatNothing(QueueKind kind) throws Exception {
    int transfers = 20_000;
    try (BlockDevice device = create(kind);
        IoQueue queue = kind.open(device, 32);
        ExecutorService rescuer = Executors.newSingleThreadExecutor()) {
      MemorySegment buffer = device.allocateBuffer(BLOCK);
      boolean[] ended = {false};
      Told told = new Told();
      Future<Integer> reaping =
          rescuer.submit(
              () -> {
                int reaped = 0;
                boolean last = false;
                while (!last) {
                  synchronized (ended) {
                    last = ended[0];
                  }
                  reaped += queue.reap(1);
                }
                return reaped;
              });
      int reaped = 0;
      for (int i = 0; i < transfers; i++) {
        while (queue.isFull()) {
          reaped += queue.reap(1);
        }
        queue.read(told, buffer, 0, at(i % BLOCKS), BLOCK);
        if (i % 5 == 0) {
          queue.submit();
        }
      }
      while (queue.inFlight() > 0) {
        reaped += queue.reap(1);
      }
      synchronized (ended) {
        ended[0] = true;
      }
      assertThat(reaped + reaping.get()).isEqualTo(transfers);
      assertThat(told.times).isEqualTo(transfers);
    }
  }

  @ParameterizedTest
  @EnumSource
  void transferAllocatesNothing(QueueKind kind) throws IOException {
    int measured = 20_000;
    try (BlockDevice device = create(kind);
        IoQueue queue = kind.open(device, 16)) {
      MemorySegment buffer = device.allocateBuffer(BLOCK);
      device.write(device.allocateBuffer(SIZE), 0, 0, SIZE);
      Told told = new Told();
      writeAndRead(queue, told, buffer, measured);
      var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long allocated = Long.MAX_VALUE;
      for (int look = 0;
          look < LOOKS;
          look++) { // what allocates for each transfer shows in every look
        long before = thread.getCurrentThreadAllocatedBytes();
        writeAndRead(queue, told, buffer, measured);
        allocated = Math.min(allocated, thread.getCurrentThreadAllocatedBytes() - before);
      }
      // Of the owner, which reaps; a thread that waits in a lock allocates its place in the line.
      long perTransfer = kind.name().startsWith("POOL") ? 400 : 1;
      assertThat(allocated).isLessThan(perTransfer * 2 * measured);
      assertThat(told.times).isEqualTo(2 * measured * (1 + LOOKS));
    }
  }

  private static void writeAndRead(IoQueue queue, IoDone done, MemorySegment buffer, int rounds)
      throws IOException {
    for (int round = 0; round < rounds; round++) {
      long offset = at(round % BLOCKS);
      if (queue.inFlight() > queue.depth() - 2) {
        queue.reap(2);
      }
      queue.write(done, buffer, 0, offset, BLOCK, false);
      queue.read(done, buffer, 0, offset, BLOCK);
    }
    reapAll(queue);
  }

  @ParameterizedTest
  @EnumSource(names = {"INLINE", "INLINE_SHUFFLED", "URING"})
  void millionTransfersAtDepth256AreEachToldOfOnce(QueueKind kind) throws IOException {
    int transfers = 1_000_000;
    int depth = 256;
    try (BlockDevice device = create(kind);
        IoQueue queue = kind.open(device, depth)) {
      // Sectors, so that a disk moves as little as it can.
      int sector = device.offsetAlignment();
      MemorySegment buffer = device.allocateBuffer((long) depth * sector);
      device.write(device.allocateBuffer(SIZE), 0, 0, SIZE);
      SplittableRandom random = new SplittableRandom(3);
      Told[] places = new Told[depth];
      List<Integer> free = new ArrayList<>();
      IoDone[] dones = new IoDone[depth];
      for (int place = 0; place < depth; place++) {
        Told told = new Told();
        int number = place;
        places[place] = told;
        dones[place] =
            failure -> {
              told.done(failure);
              free.add(number);
            };
        free.add(place);
      }
      int[] used = new int[depth];
      int most = 0;
      for (int i = 0; i < transfers; i++) {
        if (queue.isFull()) {
          queue.reap(1 + i % 64);
        }
        int place = free.removeLast();
        used[place]++;
        long offset = (long) random.nextInt(SIZE / sector) * sector;
        queue.read(dones[place], buffer, (long) place * sector, offset, sector);
        most = Math.max(most, queue.inFlight());
      }
      reapAll(queue);
      assertThat(most).isEqualTo(depth);
      assertThat(device.counters().reads()).isEqualTo(transfers);
      for (int place = 0; place < depth; place++) {
        assertThat(places[place].times).as("place %d", place).isEqualTo(used[place]);
        assertThat(places[place].failure).isNull();
      }
    }
  }
}
