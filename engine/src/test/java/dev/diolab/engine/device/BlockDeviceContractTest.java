package dev.diolab.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.diolab.engine.os.DirectIoTempDir;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link BlockDevice} promises, over every device that promises it. */
class BlockDeviceContractTest {
  private static final int BLOCK = 4096;
  private static final int SIZE = 1 << 20;

  @TempDir(factory = DirectIoTempDir.class)
  Path directory;

  private BlockDevice create(DeviceKind kind) throws IOException {
    return kind.create(directory, SIZE);
  }

  private static MemorySegment filled(BlockDevice device, long bytes, int value) {
    return device.allocateBuffer(bytes).fill((byte) value);
  }

  private static byte[] content(BlockDevice device, long offset, int bytes) throws IOException {
    MemorySegment buffer = filled(device, bytes, -1);
    device.read(buffer, 0, offset, bytes);
    return buffer.toArray(ValueLayout.JAVA_BYTE);
  }

  @ParameterizedTest
  @EnumSource
  void tellsItsSizeAndAlignment(DeviceKind kind) throws IOException {
    try (BlockDevice device = create(kind)) {
      assertThat(device.sizeBytes()).isEqualTo(SIZE);
      assertThat(Integer.bitCount(device.offsetAlignment())).isOne();
      assertThat(Integer.bitCount(device.memoryAlignment())).isOne();
      assertThat(device.offsetAlignment()).isBetween(1, BLOCK);
    }
  }

  @ParameterizedTest
  @EnumSource
  void newDeviceAndNewBufferAreZero(DeviceKind kind) throws IOException {
    try (BlockDevice device = create(kind)) {
      assertThat(content(device, 0, SIZE)).containsOnly(0);
      assertThat(device.allocateBuffer(BLOCK).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readReturnsTheLatestWriteOfEachBlock(DeviceKind kind) throws IOException {
    try (BlockDevice device = create(kind)) {
      SplittableRandom random = new SplittableRandom(7);
      byte[] expected = new byte[SIZE / BLOCK];
      for (int round = 1; round <= 100; round++) {
        int blocks = random.nextInt(1, 17);
        int first = random.nextInt(0, SIZE / BLOCK - blocks + 1);
        int bytes = blocks * BLOCK;
        device.write(filled(device, bytes, round), 0, (long) first * BLOCK, bytes);
        Arrays.fill(expected, first, first + blocks, (byte) round);
      }
      byte[] actual = content(device, 0, SIZE);
      for (int i = 0; i < SIZE; i++) {
        assertThat(actual[i]).as("byte %d", i).isEqualTo(expected[i / BLOCK]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void transferTouchesOnlyItsRangeOfBufferAndDevice(DeviceKind kind) throws IOException {
    try (BlockDevice device = create(kind)) {
      MemorySegment source = filled(device, 3 * BLOCK, 1);
      source.asSlice(BLOCK, BLOCK).fill((byte) 2);
      device.write(source, BLOCK, 5 * BLOCK, BLOCK);
      assertThat(content(device, 4 * BLOCK, BLOCK)).containsOnly(0);
      assertThat(content(device, 5 * BLOCK, BLOCK)).containsOnly(2);
      assertThat(content(device, 6 * BLOCK, BLOCK)).containsOnly(0);

      MemorySegment target = filled(device, 3 * BLOCK, 9);
      device.read(target, BLOCK, 5 * BLOCK, BLOCK);
      assertThat(target.asSlice(0, BLOCK).toArray(ValueLayout.JAVA_BYTE)).containsOnly(9);
      assertThat(target.asSlice(BLOCK, BLOCK).toArray(ValueLayout.JAVA_BYTE)).containsOnly(2);
      assertThat(target.asSlice(2 * BLOCK).toArray(ValueLayout.JAVA_BYTE)).containsOnly(9);
    }
  }

  @ParameterizedTest
  @EnumSource
  void smallestTransferIsTheOffsetAlignment(DeviceKind kind) throws IOException {
    try (BlockDevice device = create(kind)) {
      int unit = device.offsetAlignment();
      device.write(filled(device, unit, 3), 0, SIZE - unit, unit);
      assertThat(content(device, SIZE - unit, unit)).containsOnly(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void emptyTransferMovesNothing(DeviceKind kind) throws IOException {
    try (BlockDevice device = create(kind)) {
      device.write(filled(device, BLOCK, 1), 0, SIZE, 0);
      MemorySegment target = filled(device, BLOCK, 9);
      device.read(target, 0, 0, 0);
      assertThat(target.toArray(ValueLayout.JAVA_BYTE)).containsOnly(9);
      assertThat(device.counters().writtenBytes()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void writeFuaIsReadBack(DeviceKind kind) throws IOException {
    try (BlockDevice device = create(kind)) {
      device.writeFua(filled(device, 2 * BLOCK, 4), BLOCK, BLOCK, BLOCK);
      assertThat(content(device, BLOCK, BLOCK)).containsOnly(4);
      assertThat(content(device, 2 * BLOCK, BLOCK)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void countersTellTheWorkDone(DeviceKind kind) throws IOException {
    try (BlockDevice device = create(kind)) {
      MemorySegment buffer = device.allocateBuffer(4 * BLOCK);
      device.write(buffer, 0, 0, 4 * BLOCK);
      device.writeFua(buffer, 0, 0, BLOCK);
      device.read(buffer, 0, 0, 2 * BLOCK);
      device.flush();
      DeviceCounters counters = device.counters();
      assertThat(counters.writes()).isEqualTo(2);
      assertThat(counters.writtenBytes()).isEqualTo(5 * BLOCK);
      assertThat(counters.reads()).isOne();
      assertThat(counters.readBytes()).isEqualTo(2 * BLOCK);
      assertThat(counters.flushes()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void impossibleTransfersAreRefusedAndNotCounted(DeviceKind kind) throws IOException {
    try (BlockDevice device = create(kind)) {
      MemorySegment buffer = device.allocateBuffer(2 * BLOCK);
      int unit = device.offsetAlignment();
      assertRefused(device, buffer, 0, unit - 1, BLOCK);
      assertRefused(device, buffer, 0, 0, BLOCK - 1);
      assertRefused(device, buffer, 0, -BLOCK, BLOCK);
      assertRefused(device, buffer, 0, 0, -BLOCK);
      assertRefused(device, buffer, 0, SIZE, BLOCK);
      assertRefused(device, buffer, 0, SIZE - BLOCK, 2 * BLOCK);
      assertRefused(device, buffer, 0, Long.MAX_VALUE - BLOCK + 1, BLOCK);
      assertRefused(device, buffer, -BLOCK, 0, BLOCK);
      assertRefused(device, buffer, 2 * BLOCK, 0, BLOCK);
      assertRefused(device, buffer, BLOCK, 0, 2 * BLOCK);
      if (device.memoryAlignment() > 1) {
        assertRefused(device, buffer, 1, 0, BLOCK);
      }
      assertThat(device.counters().reads() + device.counters().writes()).isZero();
    }
  }

  private static void assertRefused(
      BlockDevice device, MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    String place = "deviceOffset=" + deviceOffset + " bytes=" + bytes;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device.read(buffer, bufferOffset, deviceOffset, bytes))
        .withMessageContaining(place);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device.write(buffer, bufferOffset, deviceOffset, bytes))
        .withMessageContaining(place);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device.writeFua(buffer, bufferOffset, deviceOffset, bytes))
        .withMessageContaining(place);
  }

  @ParameterizedTest
  @EnumSource
  void readIntoAReadOnlyBufferIsRefused(DeviceKind kind) throws IOException {
    try (BlockDevice device = create(kind)) {
      MemorySegment readOnly = device.allocateBuffer(BLOCK).asReadOnly();
      device.write(readOnly, 0, 0, BLOCK);
      assertThatIllegalArgumentException().isThrownBy(() -> device.read(readOnly, 0, 0, BLOCK));
    }
  }

  @ParameterizedTest
  @EnumSource
  void closedDeviceFailsEveryCall(DeviceKind kind) throws IOException {
    BlockDevice device = create(kind);
    MemorySegment buffer = device.allocateBuffer(BLOCK);
    device.close();
    device.close();
    assertThatIOException().isThrownBy(() -> device.read(buffer, 0, 0, BLOCK));
    assertThatIOException().isThrownBy(() -> device.write(buffer, 0, 0, BLOCK));
    assertThatIOException().isThrownBy(() -> device.writeFua(buffer, 0, 0, BLOCK));
    assertThatIOException().isThrownBy(device::flush);
  }

  @ParameterizedTest
  @EnumSource
  void manyThreadsEachReadBackWhatTheyWrote(DeviceKind kind) throws Exception {
    int threads = 8;
    int rounds = 300;
    try (BlockDevice device = create(kind);
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> mismatches = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int owner = thread;
        mismatches.add(pool.submit(() -> writeAndReadBack(device, owner, threads, rounds)));
      }
      for (Future<Integer> mismatch : mismatches) {
        assertThat(mismatch.get()).isZero();
      }
      assertThat(device.counters().writes()).isEqualTo((long) threads * rounds);
      assertThat(device.counters().reads()).isEqualTo((long) threads * rounds);
    }
  }

  /**
   * Works on every {@code step}-th block from {@code owner} on; returns how many reads differed.
   */
  private static int writeAndReadBack(BlockDevice device, int owner, int step, int rounds)
      throws IOException {
    SplittableRandom random = new SplittableRandom(owner);
    MemorySegment written = device.allocateBuffer(BLOCK);
    MemorySegment read = device.allocateBuffer(BLOCK);
    int mismatches = 0;
    for (int round = 0; round < rounds; round++) {
      long offset = (random.nextInt(SIZE / BLOCK / step) * (long) step + owner) * BLOCK;
      for (long i = 0; i < BLOCK; i += Long.BYTES) {
        written.set(ValueLayout.JAVA_LONG_UNALIGNED, i, random.nextLong());
      }
      device.write(written, 0, offset, BLOCK);
      device.read(read, 0, offset, BLOCK);
      if (written.mismatch(read) != -1) {
        mismatches++;
      }
    }
    return mismatches;
  }

  @ParameterizedTest
  @EnumSource
  void transfersAllocateNothing(DeviceKind kind) throws IOException {
    int warmUp = 20_000;
    int measured = 20_000;
    try (BlockDevice device = create(kind)) {
      MemorySegment buffer = device.allocateBuffer(BLOCK);
      device.write(device.allocateBuffer(SIZE), 0, 0, SIZE);
      writeAndRead(device, buffer, warmUp);
      var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = thread.getCurrentThreadAllocatedBytes();
      writeAndRead(device, buffer, measured);
      long allocated = thread.getCurrentThreadAllocatedBytes() - before;
      // Less than a byte per operation: no object per operation, whatever the JIT still does once.
      assertThat(allocated).isLessThan(2L * measured);
    }
  }

  private static void writeAndRead(BlockDevice device, MemorySegment buffer, int rounds)
      throws IOException {
    for (int round = 0; round < rounds; round++) {
      long offset = (long) (round % (SIZE / BLOCK)) * BLOCK;
      device.write(buffer, 0, offset, BLOCK);
      device.read(buffer, 0, offset, BLOCK);
    }
  }
}
