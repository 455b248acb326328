package dev.diolab.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.diolab.engine.device.UnusableDeviceException.Reason;
import dev.diolab.engine.os.DirectIoTempDir;
import dev.diolab.engine.os.Errno;
import dev.diolab.engine.os.OsException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileDeviceTest {
  private static final int BLOCK = 4096;
  private static final int SIZE = 64 * BLOCK;

  @TempDir(factory = DirectIoTempDir.class)
  Path directory;

  private Path image() {
    return directory.resolve("image");
  }

  private static void assertUnusable(Reason reason, Path path, ThrowingCallable call) {
    UnusableDeviceException failure = catchThrowableOfType(UnusableDeviceException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure).hasMessageStartingWith("cannot use " + path + ": ");
  }

  @Test
  void createdFileIsFoundAgainWithItsContent() throws IOException {
    try (FileDevice device = FileDevice.create(image(), SIZE)) {
      device.write(device.allocateBuffer(BLOCK).fill((byte) 5), 0, BLOCK, BLOCK);
      device.flush();
    }
    try (FileDevice device = FileDevice.open(image())) {
      assertThat(device.path()).isEqualTo(image());
      assertThat(device.sizeBytes()).isEqualTo(SIZE);
      MemorySegment buffer = device.allocateBuffer(BLOCK);
      device.read(buffer, 0, BLOCK, BLOCK);
      assertThat(buffer.mismatch(device.allocateBuffer(BLOCK).fill((byte) 5))).isEqualTo(-1);
    }
  }

  @Test
  void missingFileIsUnusable() {
    assertUnusable(Reason.MISSING, image(), () -> FileDevice.open(image()));
    Path below = directory.resolve("missing/image");
    assertUnusable(Reason.MISSING, below, () -> FileDevice.create(below, SIZE));
  }

  @Test
  void directoryAndCharacterDeviceAreUnusable() {
    assertUnusable(Reason.WRONG_KIND, directory, () -> FileDevice.open(directory));
    Path nothing = Path.of("/dev/null");
    assertUnusable(Reason.WRONG_KIND, nothing, () -> FileDevice.open(nothing));
  }

  @Test
  void fileOfAFileSystemWithoutDirectIoIsUnusable() {
    // procfs has no direct I/O, and this file may be opened for writing by its own process.
    Path file = Path.of("/proc/self/comm");
    assertUnusable(Reason.NO_DIRECT_IO, file, () -> FileDevice.open(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, SIZE - 1, SIZE + 100})
  void fileOfAnImpossibleSizeIsUnusable(int size) throws IOException {
    Files.write(image(), new byte[size]);
    assertUnusable(Reason.WRONG_SIZE, image(), () -> FileDevice.open(image()));
  }

  @Test
  void fileInUseIsUnusableUntilItsCloseAndKeepsItsContent() throws IOException {
    try (FileDevice device = FileDevice.create(image(), SIZE)) {
      assertThat(device.sizeBytes()).isEqualTo(SIZE);
      assertUnusable(Reason.IN_USE, image(), () -> FileDevice.open(image()));
    }
    try (FileDevice device = FileDevice.open(image())) {
      assertThat(device.sizeBytes()).isEqualTo(SIZE);
    }
  }

  @Test
  void fileOpenedForReadingIsLockedAndCannotBeWritten() throws IOException {
    FileDevice.create(image(), SIZE).close();
    try (FileDevice device = FileDevice.openReadOnly(image())) {
      MemorySegment buffer = device.allocateBuffer(BLOCK);
      device.read(buffer, 0, 0, BLOCK);
      assertThat(device.counters().reads()).isOne();
      assertThatThrownBy(() -> device.write(buffer, 0, 0, BLOCK)).hasMessageContaining("EBADF");
      assertUnusable(Reason.IN_USE, image(), () -> FileDevice.open(image()));
      assertUnusable(Reason.IN_USE, image(), () -> FileDevice.openReadOnly(image()));
    }
  }

  @Test
  void existingFileIsNotCreatedAnew() throws IOException {
    Files.writeString(image(), "precious");
    assertUnusable(Reason.EXISTS, image(), () -> FileDevice.create(image(), SIZE));
    assertThat(image()).hasContent("precious");
  }

  @Test
  void failedCreationLeavesNoFile() throws IOException {
    long tooMuch = (Files.getFileStore(directory).getUsableSpace() / BLOCK + 1_000_000) * BLOCK;
    assertUnusable(Reason.NO_SPACE, image(), () -> FileDevice.create(image(), tooMuch));
    assertThat(image()).doesNotExist();
    assertUnusable(Reason.NO_SPACE, image(), () -> FileDevice.create(image(), 1L << 62));
    assertThat(image()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(longs = {-4096, 0, 512, 4097})
  void impossibleSizeIsRefusedBeforeAFileIsMade(long size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FileDevice.create(image(), size))
        .withMessageContaining("sizeBytes=" + size);
    assertThat(image()).doesNotExist();
  }

  @Test
  void fileTruncatedWhileInUseFailsTheRead() throws IOException {
    try (FileDevice device = FileDevice.create(image(), SIZE)) {
      try (FileChannel channel = FileChannel.open(image(), StandardOpenOption.WRITE)) {
        channel.truncate(BLOCK);
      }
      MemorySegment buffer = device.allocateBuffer(4 * BLOCK);
      assertThatThrownBy(() -> device.read(buffer, 0, 0, 4 * BLOCK))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("ended after 4096 bytes");
      assertThat(device.counters().reads()).isZero();
    }
  }

  @Test
  void heapBufferIsRefused() throws IOException {
    try (FileDevice device = FileDevice.create(image(), SIZE)) {
      MemorySegment heap = MemorySegment.ofArray(new byte[BLOCK]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> device.write(heap, 0, 0, BLOCK))
          .withMessageContaining("native");
    }
  }

  @Test
  void bufferOfAClosedArenaIsRefused() throws IOException {
    try (FileDevice device = FileDevice.create(image(), SIZE)) {
      MemorySegment freed;
      try (Arena arena = Arena.ofConfined()) {
        freed = arena.allocate(BLOCK, BLOCK);
      }
      assertThatIllegalStateException().isThrownBy(() -> device.read(freed, 0, 0, BLOCK));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "open, 2, MISSING",
    "open, 20, MISSING",
    "open, 17, EXISTS",
    "open, 21, WRONG_KIND",
    "open, 22, NO_DIRECT_IO",
    "open, 30, READ_ONLY",
    "open, 13, NO_PERMISSION",
    "open, 1, NO_PERMISSION",
    "open, 16, IN_USE",
    "fallocate, 28, NO_SPACE",
    "fallocate, 122, NO_SPACE",
    "ftruncate, 27, NO_SPACE"
  })
  void errorOfTheSystemIsToldAsAReason(String call, int errno, Reason reason) {
    OsException cause = OsException.of(call, image(), errno);
    assertThatThrownBy(
            () -> {
              throw UnusableDeviceException.of(image(), cause);
            })
        .isInstanceOfSatisfying(
            UnusableDeviceException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageEndingWith("(" + call + ": " + Errno.name(errno) + ")")
        .hasCause(cause);
  }

  @ParameterizedTest
  @CsvSource({"open, 5", "fallocate, 22", "statx, 22"})
  void otherErrorsStayWhatTheyAre(String call, int errno) {
    OsException failure = OsException.of(call, image(), errno);
    assertThat(UnusableDeviceException.of(image(), failure)).isSameAs(failure);
  }
}
