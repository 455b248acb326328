package dev.diolab.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.device.UnusableDeviceException.Reason;
import dev.diolab.engine.os.DirectIoTempDir;
import dev.diolab.engine.os.Errno;
import dev.diolab.engine.os.OsException;
import dev.diolab.engine.os.Seccomp;
import dev.diolab.engine.os.Uring;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told, and what goes on, where the kernel refuses io_uring. */
class RefusedUringTest {
  private static final int BLOCK = 4096;
  private static final int SIZE = 64 * BLOCK;
  private static final int ENOSYS = 38;

  @TempDir(factory = DirectIoTempDir.class)
  Path directory;

  private final List<@Nullable IOException> outcomes = new ArrayList<>();

  @BeforeEach
  void makeImage() throws IOException {
    FileDevice.create(image(), SIZE).close();
  }

  private Path image() {
    return directory.resolve("image");
  }

  @ParameterizedTest
  @CsvSource({Errno.EPERM + ", seccomp", ENOSYS + ", no io_uring", Errno.EMFILE + ", ulimit -n"})
  void deviceIsRefusedInWordsAndThreadsServe(int errno, String words) throws Exception {
    Seccomp.runWithout(
        Seccomp.IO_URING_SETUP,
        errno,
        () -> {
          assertThat(Uring.unavailableBecause()).contains(words);
          assertThatThrownBy(() -> UringDevice.open(image()))
              .isInstanceOfSatisfying(
                  UnusableDeviceException.class,
                  e -> assertThat(e.reason()).isEqualTo(Reason.NO_IO_URING))
              .hasMessageContaining(words);
          try (FileDevice device = FileDevice.open(image());
              IoQueue queue = device.openQueue(4)) {
            write(queue, device);
            assertThat(queue.reap(1)).isOne();
          }
          return null;
        });
    assertThat(outcomes).containsExactly((IOException) null);
  }

  @Test
  void noMoreOpenFilesIsToldWithARemedyAndTheDeviceGoesOn() throws Exception {
    QueueKind.assumePermitted();
    try (UringDevice device = UringDevice.open(image());
        IoQueue before = device.openQueue(4)) {
      Seccomp.runWithout(
          Seccomp.IO_URING_SETUP,
          Errno.EMFILE,
          () -> {
            assertThatThrownBy(() -> device.openQueue(4))
                .isInstanceOfSatisfying(
                    OsException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EMFILE))
                .hasMessageContaining("io_uring_setup of " + image())
                .hasMessageContaining("ulimit -n");
            device.write(device.allocateBuffer(BLOCK), 0, 0, BLOCK);
            return null;
          });
      write(before, device);
      before.reap(1);
      assertThat(outcomes).containsExactly((IOException) null);
    }
  }

  @Test
  void submissionThatIsRefusedIsToldAndLosesNothing() throws Exception {
    QueueKind.assumePermitted();
    try (UringDevice device = UringDevice.open(image())) {
      IoQueue queue = device.openQueue(4);
      Seccomp.runWithout(
          Seccomp.IO_URING_ENTER,
          Errno.EIO,
          () -> {
            write(queue, device);
            write(queue, device);
            assertThatThrownBy(queue::submit)
                .isInstanceOf(OsException.class)
                .hasMessageContaining("io_uring_enter");
            assertThatThrownBy(() -> queue.reap(1)).isInstanceOf(OsException.class);
            assertThat(queue.inFlight()).isEqualTo(2);
            return null;
          });
      assertThat(outcomes).isEmpty();
      queue.close();
      assertThat(outcomes).containsExactly(null, null);
      assertThat(device.counters().writes()).isEqualTo(2);
    }
  }

  private void write(IoQueue queue, BlockDevice device) {
    MemorySegment buffer = device.allocateBuffer(BLOCK);
    queue.write(outcomes::add, buffer, 0, 0, BLOCK, false);
  }
}
