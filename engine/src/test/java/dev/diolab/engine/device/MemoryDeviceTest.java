package dev.diolab.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryDeviceTest {
  private static final int SECTOR = 512;
  private static final int CHUNK = MemoryDevice.CHUNK_BYTES;
  private static final MemorySegment ONES =
      MemorySegment.ofArray(new byte[2 * SECTOR]).fill((byte) 1);

  @ParameterizedTest
  @ValueSource(longs = {-512, 0, 511, 513, Long.MAX_VALUE - 511})
  void impossibleSizeIsRefused(long size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryDevice(size))
        .withMessageContaining("sizeBytes=" + size);
  }

  @Test
  void deviceOfManyGibibytesTakesMemoryOnlyWhereWritten() throws IOException {
    long size = 1L << 40;
    try (MemoryDevice device = new MemoryDevice(size)) {
      MemorySegment buffer = device.allocateBuffer(2 * SECTOR).fill((byte) 6);
      long[] places = {0, (1L << 31) - SECTOR, (1L << 32) - SECTOR, size - 2 * SECTOR};
      for (long place : places) {
        device.write(buffer, 0, place, 2 * SECTOR);
      }
      for (long place : places) {
        MemorySegment read = device.allocateBuffer(2 * SECTOR);
        device.read(read, 0, place, 2 * SECTOR);
        assertThat(read.mismatch(buffer)).isEqualTo(-1);
      }
    }
  }

  @Test
  void transferOverManyChunksKeepsTheOrderOfBytes() throws IOException {
    int bytes = 3 * CHUNK;
    try (MemoryDevice device = new MemoryDevice(2L * bytes)) {
      MemorySegment written = device.allocateBuffer(bytes);
      for (int i = 0; i < bytes; i += Integer.BYTES) {
        written.set(ValueLayout.JAVA_INT_UNALIGNED, i, i);
      }
      device.write(written, 0, SECTOR, bytes);
      MemorySegment read = device.allocateBuffer(bytes);
      device.read(read, 0, SECTOR, bytes);
      assertThat(read.mismatch(written)).isEqualTo(-1);
    }
  }

  @Test
  void nativeBufferIsServedAtAnyAddress() throws IOException {
    try (MemoryDevice device = new MemoryDevice(1 << 16);
        Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(2 * SECTOR).fill((byte) 8);
      device.write(buffer, 3, 0, SECTOR);
      MemorySegment read = arena.allocate(2 * SECTOR);
      device.read(read, 5, 0, SECTOR);
      assertThat(read.asSlice(5, SECTOR).mismatch(buffer.asSlice(3, SECTOR))).isEqualTo(-1);
      device.read(read, 5, SECTOR, SECTOR);
      assertThat(read.asSlice(5, SECTOR).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }
  }

  @Test
  void overlappingTransfersNeverMixWithinAChunk() throws Exception {
    int writers = 3;
    int rounds = 5000;
    try (MemoryDevice device = new MemoryDevice(CHUNK);
        ExecutorService pool = Executors.newFixedThreadPool(writers + 1)) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int writer = 1; writer <= writers; writer++) {
        MemorySegment buffer = device.allocateBuffer(CHUNK).fill((byte) writer);
        results.add(pool.submit(() -> write(device, buffer, rounds)));
      }
      results.add(pool.submit(() -> countMixedReads(device, rounds)));
      for (Future<Integer> result : results) {
        assertThat(result.get()).isZero();
      }
    }
  }

  private static int write(MemoryDevice device, MemorySegment buffer, int rounds)
      throws IOException {
    for (int round = 0; round < rounds; round++) {
      device.write(buffer, 0, 0, CHUNK);
    }
    return 0;
  }

  private static int countMixedReads(MemoryDevice device, int rounds) throws IOException {
    MemorySegment buffer = device.allocateBuffer(CHUNK);
    int mixed = 0;
    for (int round = 0; round < rounds; round++) {
      device.read(buffer, 0, 0, CHUNK);
      if (buffer.asSlice(1).mismatch(buffer.asSlice(0, CHUNK - 1)) != -1) {
        mixed++;
      }
    }
    return mixed;
  }

  @Test
  void racingFirstWritesToAChunkAreAllKept() throws Exception {
    int writers = 2;
    int chunks = 4000;
    try (MemoryDevice device = new MemoryDevice((long) chunks * CHUNK);
        ExecutorService pool = Executors.newFixedThreadPool(writers)) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        long sector = (long) writer * SECTOR;
        results.add(pool.submit(() -> writeToEveryChunk(device, chunks, sector)));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isEqualTo(chunks);
      }
      int written = writers * SECTOR;
      MemorySegment buffer = device.allocateBuffer(written);
      for (int chunk = 0; chunk < chunks; chunk++) {
        device.read(buffer, 0, (long) chunk * CHUNK, written);
        assertThat(buffer.mismatch(ONES)).as("first lost byte of chunk %d", chunk).isEqualTo(-1);
      }
    }
  }

  private static int writeToEveryChunk(MemoryDevice device, int chunks, long offset)
      throws IOException {
    for (int chunk = 0; chunk < chunks; chunk++) {
      device.write(ONES, 0, (long) chunk * CHUNK + offset, SECTOR);
    }
    return chunks;
  }

  /** One sector under the model checker. */
  public static class OneSector {
    private final MemoryDevice device = new MemoryDevice(SECTOR);

    /** Fills the sector. */
    @Operation
    public void write() throws IOException {
      device.write(ONES, 0, 0, SECTOR);
    }

    /** The last byte of the sector. */
    @Operation
    public byte read() throws IOException {
      byte[] bytes = new byte[SECTOR];
      device.read(MemorySegment.ofArray(bytes), 0, 0, SECTOR);
      return bytes[SECTOR - 1];
    }
  }

  @Test
  void sectorIsLinearizableUnderTheModelChecker() {
    new ModelCheckingOptions()
        .iterations(3)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(0)
        .invocationsPerIteration(300)
        .check(OneSector.class);
  }
}
