package dev.diolab.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.diolab.engine.device.TransferSlots.Kind;
import dev.diolab.engine.os.AlignedBuffer;
import dev.diolab.engine.os.DirectIoTempDir;
import dev.diolab.engine.os.Errno;
import dev.diolab.engine.os.NativeFile;
import dev.diolab.engine.os.OpenFlags;
import dev.diolab.engine.os.OsException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a queue on io_uring does with what the kernel tells of a transfer. */
class UringQueueTest {
  private static final int BLOCK = 4096;
  private static final int SIZE = 64 * BLOCK;
  private static final int SECTOR = 512;

  @TempDir(factory = DirectIoTempDir.class)
  Path directory;

  private final List<@Nullable IOException> failures = new ArrayList<>();

  @BeforeEach
  void assumePermitted() {
    QueueKind.assumePermitted();
  }

  private Path image() {
    return directory.resolve("image");
  }

  private static MemorySegment buffer(int bytes) {
    return AlignedBuffer.allocate(Arena.ofAuto(), bytes);
  }

  @Test
  void errorIsToldWithCallPlaceAndNumberForItsTransferOnly() throws IOException {
    FileDevice.create(image(), SIZE).close();
    try (UringDevice device = new UringDevice(FileDevice.openReadOnly(image()));
        IoQueue queue = device.openQueue(4)) {
      queue.read(failures::add, buffer(BLOCK), 0, 0, BLOCK);
      queue.reap(1);
      queue.write(failures::add, buffer(BLOCK), 0, 2 * BLOCK, BLOCK, false);
      queue.reap(1);
      queue.read(failures::add, buffer(BLOCK), 0, 0, BLOCK);
      queue.reap(1);
      assertThat(failures).hasSize(3);
      assertThat(failures.get(0)).isNull();
      assertThat(failures.get(1))
          .isInstanceOfSatisfying(
              OsException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF))
          .hasMessageStartingWith(
              "io_uring write of 4096 bytes at offset 8192 of " + image() + " failed: EBADF");
      assertThat(failures.get(2)).isNull();
      assertThat(device.counters().reads()).isEqualTo(2);
      assertThat(device.counters().writes()).isZero();
    }
  }

  @Test
  void fileTruncatedWhileInUseFailsTheRead() throws IOException {
    try (UringDevice device = UringDevice.create(image(), SIZE);
        IoQueue queue = device.openQueue(4)) {
      try (FileChannel channel = FileChannel.open(image(), StandardOpenOption.WRITE)) {
        channel.truncate(BLOCK);
      }
      queue.read(failures::add, buffer(4 * BLOCK), 0, 0, 4 * BLOCK);
      queue.reap(1);
      assertThat(failures).singleElement().isInstanceOf(EOFException.class);
      assertThat(device.counters().reads()).isZero();
    }
  }

  @Test
  void bufferFreedInFlightFailsItsTransfer() throws IOException {
    try (UringDevice device = UringDevice.create(image(), SIZE);
        IoQueue queue = device.openQueue(4)) {
      try (Arena arena = Arena.ofConfined()) {
        // Queued and not submitted: the kernel never sees the memory after it is freed.
        queue.write(failures::add, AlignedBuffer.allocate(arena, BLOCK), 0, 0, 0, false);
      }
      queue.reap(1);
      assertThat(failures)
          .singleElement()
          .satisfies(e -> assertThat(e).hasMessageContaining("arena").hasMessageContaining("=0"));
    }
  }

  @Test
  void heapBufferIsRefused() throws IOException {
    try (UringDevice device = UringDevice.create(image(), SIZE);
        IoQueue queue = device.openQueue(4)) {
      MemorySegment heap = MemorySegment.ofArray(new byte[BLOCK]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> queue.write(failures::add, heap, 0, 0, BLOCK, false))
          .withMessageContaining("native");
      assertThat(queue.inFlight()).isZero();
    }
  }

  @Test
  void deviceIsFreeAgainWhenQueueAndDeviceAreClosed() throws IOException {
    UringDevice.create(image(), SIZE).close();
    for (int round = 0; round < 50; round++) {
      try (UringDevice device = UringDevice.open(image());
          IoQueue queue = device.openQueue(16)) {
        for (int i = 0; i < 16; i++) {
          queue.write(failures::add, buffer(BLOCK), 0, (long) i * BLOCK, BLOCK, false);
        }
      }
    }
    assertThat(failures).hasSize(50 * 16).containsOnlyNulls();
  }

  @Test
  void queueOfOneThreadTellsOfEachTransferOnceAndIsForNobodyElse() throws Exception {
    try (UringDevice device = UringDevice.create(image(), SIZE);
        IoQueue queue = device.openQueue(8, true)) {
      for (int i = 0; i < 1000; i++) {
        while (queue.isFull()) {
          queue.reap(i % 3);
        }
        queue.write(failures::add, buffer(BLOCK), 0, i % 64 * (long) BLOCK, BLOCK, i % 7 == 0);
        if (i % 5 == 0) {
          queue.submit();
        }
      }
      List<Throwable> refused = new ArrayList<>();
      Thread other =
          new Thread(
              () -> {
                refused.add(catchThrowable(() -> queue.reap(1)));
                refused.add(catchThrowable(queue::close));
                refused.add(catchThrowable(queue::submit));
              });
      other.start();
      other.join();
      assertThat(refused).hasSize(3).allMatch(IllegalStateException.class::isInstance);
      while (queue.inFlight() > 0) {
        queue.reap(0);
      }
      assertThat(failures).hasSize(1000).containsOnlyNulls();
    }
    UringDevice.open(image()).close();
  }

  @Test
  void tooDeepAQueueIsRefused() throws IOException {
    try (UringDevice device = UringDevice.create(image(), SIZE)) {
      assertThatIllegalArgumentException().isThrownBy(() -> device.openQueue(1 << 20));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "511, 0", "512, 512", "1000, 512", "4095, 3584", "-4, 0", "-11, 0"})
  void restOfAReadIsReadFromTheLastWholeSector(int result, int kept) throws IOException {
    try (NativeFile file = writtenFile()) {
      MemorySegment target = buffer(BLOCK).fill((byte) 7);
      assertThat(finishRest(file, Kind.READ, target, result)).isNull();
      assertThat(target.asSlice(0, kept).toArray(ValueLayout.JAVA_BYTE))
          .isEqualTo(buffer(kept).fill((byte) 7).toArray(ValueLayout.JAVA_BYTE));
      assertThat(target.asSlice(kept).toArray(ValueLayout.JAVA_BYTE)).containsOnly(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WRITE", "WRITE_FUA"})
  void restOfAWriteIsWrittenFromTheLastWholeSector(Kind kind) throws IOException {
    try (NativeFile file = writtenFile()) {
      assertThat(finishRest(file, kind, buffer(BLOCK).fill((byte) 5), 1500)).isNull();
    }
    byte[] content = Files.readAllBytes(image());
    assertThat(content).hasSize(2 * BLOCK);
    for (int i = 0; i < content.length; i++) {
      boolean written = i >= BLOCK + 1024;
      assertThat(content[i]).as("byte %d", i).isEqualTo((byte) (written ? 5 : 1));
    }
  }

  @Test
  void restThatFailsIsToldByItsOwnCall() throws IOException {
    writtenFile().close();
    try (NativeFile file = NativeFile.open(image(), OpenFlags.O_RDONLY, 0)) {
      assertThat(finishRest(file, Kind.WRITE, buffer(BLOCK), 512))
          .hasMessageStartingWith("pwrite of 3584 bytes at offset 4608 of " + image());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-Errno.EIO, -Errno.ENOSPC, -Errno.EINVAL})
  void errorOfTheKernelIsNotTriedAgain(int result) throws IOException {
    try (NativeFile file = writtenFile()) {
      MemorySegment target = buffer(BLOCK).fill((byte) 7);
      assertThat(finishRest(file, Kind.READ, target, result))
          .isInstanceOfSatisfying(
              OsException.class,
              e -> {
                assertThat(e.errno()).isEqualTo(-result);
                assertThat(e.call()).isEqualTo("io_uring read");
              });
      assertThat(target.toArray(ValueLayout.JAVA_BYTE)).containsOnly(7);
    }
  }

  @Test
  void moreThanAskedForIsABug() throws IOException {
    try (NativeFile file = writtenFile()) {
      assertThatThrownBy(() -> finishRest(file, Kind.READ, buffer(BLOCK), BLOCK + 1))
          .isInstanceOf(AssertionError.class);
    }
  }

  /** Two blocks of ones, opened for direct transfers. */
  private NativeFile writtenFile() throws IOException {
    byte[] content = new byte[2 * BLOCK];
    Arrays.fill(content, (byte) 1);
    Files.write(image(), content);
    return NativeFile.open(image(), OpenFlags.O_RDWR | OpenFlags.O_DIRECT, 0);
  }

  /** Of a transfer of the second block, of which the kernel said {@code result}. */
  private static @Nullable IOException finishRest(
      NativeFile file, Kind kind, MemorySegment buffer, int result) {
    return UringQueue.finishRest(file, kind, buffer.address(), BLOCK, BLOCK, result, SECTOR);
  }
}
