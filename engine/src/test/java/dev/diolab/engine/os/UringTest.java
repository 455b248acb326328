package dev.diolab.engine.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UringTest {
  private static final int BLOCK = 4096;

  @TempDir Path directory;

  private final MemorySegment buffer = AlignedBuffer.allocate(Arena.ofAuto(), 4 * BLOCK);

  @BeforeEach
  void assumePermitted() {
    String why = Uring.unavailableBecause();
    Assumptions.assumeTrue(why == null, () -> "no io_uring here: " + why);
  }

  private NativeFile open(int flags) throws IOException {
    Path path = directory.resolve("file");
    if (!Files.exists(path)) {
      byte[] content = new byte[4 * BLOCK];
      for (int i = 0; i < content.length; i++) {
        content[i] = (byte) (i / BLOCK + 1);
      }
      Files.write(path, content);
    }
    return NativeFile.open(path, flags | OpenFlags.O_CLOEXEC, 0);
  }

  private static void awaitOne(Uring ring) throws OsException {
    while (!ring.hasCompletion()) {
      ring.submitAndWait(1);
    }
  }

  @Test
  void readsAndWritesTellTheirBytesAndUserData() throws IOException {
    try (NativeFile file = open(OpenFlags.O_RDWR);
        Uring ring = Uring.open(file, 4)) {
      ring.prepareRead(buffer.address(), BLOCK, BLOCK, 77);
      assertThat(ring.prepared()).isOne();
      awaitOne(ring);
      assertThat(ring.prepared()).isZero();
      assertThat(ring.completedUserData()).isEqualTo(77);
      assertThat(ring.completedResult()).isEqualTo(BLOCK);
      ring.consume();
      assertThat(ring.hasCompletion()).isFalse();
      assertThat(buffer.asSlice(0, BLOCK).toArray(ValueLayout.JAVA_BYTE)).containsOnly(2);

      buffer.fill((byte) 9);
      ring.prepareWrite(buffer.address(), BLOCK, 0, true, -1);
      awaitOne(ring);
      assertThat(ring.completedUserData()).isEqualTo(-1);
      assertThat(ring.completedResult()).isEqualTo(BLOCK);
      ring.consume();
      assertThat(Files.readAllBytes(file.path())).startsWith(9).endsWith(4);
    }
  }

  @Test
  void readAtTheEndOfTheFileIsShort() throws IOException {
    try (NativeFile file = open(OpenFlags.O_RDWR);
        Uring ring = Uring.open(file, 1)) {
      ring.prepareRead(buffer.address(), 2 * BLOCK, 3 * BLOCK, 0);
      awaitOne(ring);
      assertThat(ring.completedResult()).isEqualTo(BLOCK);
    }
  }

  @Test
  void failedRequestTellsItsErrorNumberAndTheOthersOfItsBatchSucceed() throws IOException {
    try (NativeFile file = open(OpenFlags.O_RDONLY);
        Uring ring = Uring.open(file, 4)) {
      ring.prepareRead(buffer.address(), BLOCK, 0, 0);
      ring.prepareWrite(buffer.address(), BLOCK, 0, false, 1);
      ring.prepareRead(buffer.address(), BLOCK, BLOCK, 2);
      ring.submit();
      int[] results = new int[3];
      for (int i = 0; i < 3; i++) {
        while (!ring.hasCompletion()) {
          ring.await(1);
        }
        results[(int) ring.completedUserData()] = ring.completedResult();
        ring.consume();
      }
      assertThat(results).containsExactly(BLOCK, -Errno.EBADF, BLOCK);
    }
  }

  @Test
  void ringsGoRoundManyTimes() throws IOException {
    try (NativeFile file = open(OpenFlags.O_RDWR);
        Uring ring = Uring.open(file, 2)) {
      for (int i = 0; i < 1000; i++) {
        int block = i % 4;
        ring.prepareRead(buffer.address(), BLOCK, (long) block * BLOCK, i);
        awaitOne(ring);
        assertThat(ring.completedUserData()).isEqualTo(i);
        assertThat(buffer.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) (block + 1));
        ring.consume();
      }
    }
  }

  @Test
  void moreThanFitsIsABug() throws IOException {
    try (NativeFile file = open(OpenFlags.O_RDWR);
        Uring ring = Uring.open(file, 2)) {
      assertThat(ring.entries()).isEqualTo(2);
      ring.prepareRead(buffer.address(), BLOCK, 0, 0);
      ring.prepareRead(buffer.address(), BLOCK, 0, 0);
      assertThatThrownBy(() -> ring.prepareRead(buffer.address(), BLOCK, 0, 0))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("entries=2");
      ring.submitAndWait(2);
      assertThat(ring.prepared()).isZero();
    }
  }

  @Test
  void closedRingIsRefused() throws IOException {
    try (NativeFile file = open(OpenFlags.O_RDWR)) {
      Uring ring = Uring.open(file, 2);
      ring.close();
      ring.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> ring.prepareRead(buffer.address(), BLOCK, 0, 0));
      assertThatIllegalStateException().isThrownBy(ring::hasCompletion);
    }
  }

  @Test
  void closedRingHoldsTheLockOfTheFileNoLonger() throws IOException {
    for (int i = 0; i < 100; i++) {
      try (NativeFile file = open(OpenFlags.O_RDWR)) {
        assertThat(file.tryFlock()).as("round %d", i).isTrue();
        try (Uring ring = Uring.open(file, 8)) {
          for (int request = 0; request < 8; request++) {
            ring.prepareWrite(buffer.address(), BLOCK, 0, false, request);
          }
          for (int request = 0; request < 8; request++) {
            awaitOne(ring);
            ring.consume();
          }
        }
      }
    }
  }

  @Test
  void closedFileIsToldByItsPath() throws IOException {
    NativeFile file = open(OpenFlags.O_RDWR);
    file.close();
    OsException failure = catchThrowableOfType(OsException.class, () -> Uring.open(file, 2));
    assertThat(failure.errno()).isEqualTo(Errno.EBADF);
    assertThat(failure).hasMessageStartingWith("io_uring_register of " + file.path());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, Uring.MOST_ENTRIES + 1})
  void impossibleNumberOfEntriesIsRefused(int entries) throws IOException {
    try (NativeFile file = open(OpenFlags.O_RDWR)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Uring.open(file, entries))
          .withMessageContaining("entries=" + entries);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "38, '', no io_uring",
    "1, 2, kernel.io_uring_disabled=2",
    "1, 1, kernel.io_uring_group",
    "1, 0, seccomp",
    "1, '', seccomp",
    "12, 0, ulimit -l",
    "24, 0, ulimit -n",
    "23, 0, fs.file-max",
    "5, 0, EIO"
  })
  void refusalIsToldInWords(int errno, String sysctl, String words) {
    assertThat(UringSupport.reason(errno, sysctl)).contains(words);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "8, true", "9, false", "0x1fff, false"})
  void kernelWithoutPlainReadsIsOld(String features, boolean old) {
    assertThat(UringSupport.isOld(Integer.decode(features))).isEqualTo(old);
  }
}
