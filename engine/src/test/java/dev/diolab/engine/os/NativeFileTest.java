package dev.diolab.engine.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFileTest {
  private static final int READ_WRITE = OpenFlags.O_RDWR | OpenFlags.O_CLOEXEC;
  private static final int CREATE = READ_WRITE | OpenFlags.O_CREAT | OpenFlags.O_EXCL;
  private static final int BLOCK = 4096;

  @TempDir(factory = DirectIoTempDir.class)
  Path directory;

  private Path fileOf(int bytes, int value) throws IOException {
    byte[] content = new byte[bytes];
    Arrays.fill(content, (byte) value);
    return Files.write(directory.resolve("file"), content);
  }

  private static OsException failureOf(ThrowingCallable call) {
    OsException failure = catchThrowableOfType(OsException.class, call);
    assertThat(failure).as("the call should fail").isNotNull();
    return failure;
  }

  private static void assertFails(int errno, String call, ThrowingCallable callable) {
    OsException failure = failureOf(callable);
    assertThat(Errno.name(failure.errno())).isEqualTo(Errno.name(errno));
    assertThat(failure.call()).isEqualTo(call);
  }

  @Test
  void openingAMissingFileFails() {
    Path missing = directory.resolve("missing");
    OsException failure = failureOf(() -> NativeFile.open(missing, READ_WRITE, 0));
    assertThat(failure.errno()).isEqualTo(Errno.ENOENT);
    assertThat(failure)
        .hasMessageStartingWith("open of " + missing + " failed: ENOENT (")
        .hasMessageEndingWith("errno 2)");
  }

  @Test
  void openingADirectoryForWritingFails() {
    assertFails(Errno.EISDIR, "open", () -> NativeFile.open(directory, READ_WRITE, 0));
  }

  @Test
  void openingBelowAFileFails() throws IOException {
    Path below = fileOf(1, 0).resolve("below");
    assertFails(Errno.ENOTDIR, "open", () -> NativeFile.open(below, READ_WRITE, 0));
  }

  @Test
  void creatingAnExistingFileFails() throws IOException {
    Path file = fileOf(1, 0);
    assertFails(Errno.EEXIST, "open", () -> NativeFile.open(file, CREATE, 0600));
  }

  @Test
  void createdFileHasTheGivenModeAndAnyName() throws IOException {
    Path path = directory.resolve("name with spaces");
    NativeFile.open(path, CREATE, 0600).close();
    assertThat(Files.getPosixFilePermissions(path)).hasSize(2);
  }

  @Test
  void everyCallAfterCloseFailsWithBadDescriptor() throws IOException {
    NativeFile file = NativeFile.open(fileOf(BLOCK, 0), READ_WRITE, 0);
    file.close();
    file.close();
    try (Arena arena = Arena.ofConfined()) {
      long address = AlignedBuffer.allocate(arena, BLOCK).address();
      assertFails(Errno.EBADF, "pread", () -> file.pread(address, BLOCK, 0));
      assertFails(Errno.EBADF, "pwrite", () -> file.pwrite(address, BLOCK, 0));
      assertFails(Errno.EBADF, "pwritev2", () -> file.pwriteDsync(address, BLOCK, 0));
    }
    assertFails(Errno.EBADF, "fsync", file::fsync);
    assertFails(Errno.EBADF, "fdatasync", file::fdatasync);
    assertFails(Errno.EBADF, "fallocate", () -> file.fallocate(0, 0, BLOCK));
    assertFails(Errno.EBADF, "ftruncate", () -> file.ftruncate(0));
    assertFails(Errno.EBADF, "flock", file::tryFlock);
    assertFails(Errno.EBADF, "statx", file::statx);
  }

  @Test
  void everyKindOfWriteIsReadBack() throws IOException {
    try (NativeFile file = NativeFile.open(fileOf(2 * BLOCK, 1), READ_WRITE, 0);
        Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = AlignedBuffer.allocate(arena, 2 * BLOCK);
      buffer.asSlice(0, BLOCK).fill((byte) 2);
      buffer.asSlice(BLOCK).fill((byte) 3);
      file.pwrite(buffer.address(), 1000, 0);
      file.pwriteDsync(buffer.address() + BLOCK, 1000, 5000);
      file.fdatasync();
      file.fsync();

      byte[] expected = new byte[2 * BLOCK];
      Arrays.fill(expected, (byte) 1);
      Arrays.fill(expected, 0, 1000, (byte) 2);
      Arrays.fill(expected, 5000, 6000, (byte) 3);
      assertThat(Files.readAllBytes(file.path())).isEqualTo(expected);
      file.pread(buffer.address(), 2 * BLOCK, 0);
      assertThat(buffer.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
    }
  }

  @Test
  void readingPastTheEndIsAnEndOfFile() throws IOException {
    try (NativeFile file = NativeFile.open(fileOf(1000, 0), READ_WRITE, 0);
        Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = AlignedBuffer.allocate(arena, BLOCK);
      assertThatThrownBy(() -> file.pread(buffer.address(), BLOCK, 0))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("ended after 1000 bytes");
    }
  }

  @Test
  void readingPastTheEndWithDirectIoIsAnEndOfFile() throws IOException {
    try (NativeFile file = NativeFile.open(fileOf(5000, 0), READ_WRITE | OpenFlags.O_DIRECT, 0);
        Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = AlignedBuffer.allocate(arena, 2 * BLOCK);
      assertThatThrownBy(() -> file.pread(buffer.address(), 2 * BLOCK, BLOCK))
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  void unalignedDirectTransferTellsItsPlace() throws IOException {
    try (NativeFile file = NativeFile.open(fileOf(BLOCK, 0), READ_WRITE | OpenFlags.O_DIRECT, 0);
        Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = AlignedBuffer.allocate(arena, BLOCK);
      assertThat(failureOf(() -> file.pwrite(buffer.address(), 100, 7)))
          .hasMessageStartingWith(
              "pwrite of 100 bytes at offset 7 of " + file.path() + " failed: EINVAL (");
    }
  }

  @Test
  void fallocateGrowsUnlessTheSizeIsKept() throws IOException {
    try (NativeFile file = NativeFile.open(fileOf(0, 0), READ_WRITE, 0)) {
      file.fallocate(NativeFile.FALLOC_FL_KEEP_SIZE, 0, 4 * BLOCK);
      assertThat(file.statx().sizeBytes()).isZero();
      file.fallocate(0, 0, 2 * BLOCK);
      assertThat(file.statx().sizeBytes()).isEqualTo(2 * BLOCK);
      file.ftruncate(BLOCK);
      assertThat(file.statx().sizeBytes()).isEqualTo(BLOCK);
    }
  }

  @Test
  void punchedHoleReadsAsZeros() throws IOException {
    try (NativeFile file = NativeFile.open(fileOf(2 * BLOCK, 9), READ_WRITE, 0)) {
      file.fallocate(
          NativeFile.FALLOC_FL_PUNCH_HOLE | NativeFile.FALLOC_FL_KEEP_SIZE, BLOCK, BLOCK);
      byte[] expected = new byte[2 * BLOCK];
      Arrays.fill(expected, 0, BLOCK, (byte) 9);
      assertThat(Files.readAllBytes(file.path())).isEqualTo(expected);
    }
  }

  @Test
  void impossibleRangesAreRefused() throws IOException {
    try (NativeFile file = NativeFile.open(fileOf(0, 0), READ_WRITE, 0)) {
      assertFails(Errno.EINVAL, "fallocate", () -> file.fallocate(0, -1, BLOCK));
      assertFails(Errno.EFBIG, "fallocate", () -> file.fallocate(0, Long.MAX_VALUE - BLOCK, 1));
      assertFails(Errno.EINVAL, "ftruncate", () -> file.ftruncate(-1));
    }
  }

  @Test
  void lockExcludesEveryOtherDescriptorUntilClose() throws IOException {
    Path path = fileOf(0, 0);
    try (NativeFile second = NativeFile.open(path, READ_WRITE, 0)) {
      try (NativeFile first = NativeFile.open(path, READ_WRITE, 0)) {
        assertThat(first.tryFlock()).isTrue();
        assertThat(second.tryFlock()).isFalse();
      }
      assertThat(second.tryFlock()).isTrue();
    }
  }

  @Test
  void blockDeviceQueriesFailOnARegularFile() throws IOException {
    try (NativeFile file = NativeFile.open(fileOf(0, 0), READ_WRITE, 0)) {
      assertThatThrownBy(file::blockDeviceBytes).hasMessageContaining("ENOTTY");
      assertThatThrownBy(file::logicalBlockBytes).hasMessageContaining("ENOTTY");
    }
  }

  @Test
  void statusTellsKindSizeAndAlignment() throws IOException {
    FileStatus file = FileStatus.of(fileOf(12345, 0));
    assertThat(file.kind()).isEqualTo(FileStatus.Kind.REGULAR);
    assertThat(file.sizeBytes()).isEqualTo(12345);
    assertThat(file.blockBytes()).isGreaterThanOrEqualTo(512);
    assertThat(FileStatus.of(directory).kind()).isEqualTo(FileStatus.Kind.DIRECTORY);
    assertThat(FileStatus.of(Path.of("/dev/null")).kind()).isEqualTo(FileStatus.Kind.OTHER);
    DirectIoAlignment alignment = file.directIo();
    if (alignment != null) {
      assertThat(Integer.bitCount(alignment.memoryBytes())).isOne();
      assertThat(Integer.bitCount(alignment.offsetBytes())).isOne();
    }
  }

  @Test
  void errorNumberIsThatOfTheCallingThread() throws Exception {
    Path missing = directory.resolve("missing");
    List<Callable<Integer>> calls =
        List.of(
            () -> failureOf(() -> NativeFile.open(missing, READ_WRITE, 0)).errno(),
            () -> failureOf(() -> NativeFile.open(directory, READ_WRITE, 0)).errno());
    List<Integer> expected = List.of(Errno.ENOENT, Errno.EISDIR);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        Callable<Integer> call = calls.get(thread % 2);
        Integer errno = expected.get(thread % 2);
        results.add(threads.submit(() -> alwaysReturns(errno, call)));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    }
  }

  private static boolean alwaysReturns(Integer expected, Callable<Integer> call) throws Exception {
    for (int i = 0; i < 2000; i++) {
      if (!Objects.equals(expected, call.call())) {
        return false;
      }
    }
    return true;
  }
}
