package dev.diolab.engine.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FullTransferTest {
  private static final long ADDRESS = 1 << 20;
  private static final long OFFSET = 8192;
  private static final int SECTOR = 512;

  /** Answers calls from a script and notes what was asked, as {address, bytes, offset}. */
  private static final class Script implements Transfer {
    private final long[] answers;
    private final List<List<Long>> asked = new ArrayList<>();

    Script(long... answers) {
      this.answers = answers;
    }

    @Override
    public long transfer(int fd, long address, long bytes, long offset) {
      asked.add(List.of(address, bytes, offset));
      return answers[asked.size() - 1];
    }
  }

  private static void run(Transfer transfer, long bytes, int unitBytes) throws IOException {
    FullTransfer.run(transfer, 3, ADDRESS, bytes, OFFSET, unitBytes, "pread", Path.of("image"));
  }

  @Test
  void completeTransferIsOneCall() throws IOException {
    Script script = new Script(4096);
    run(script, 4096, SECTOR);
    assertThat(script.asked).containsExactly(List.of(ADDRESS, 4096L, OFFSET));
  }

  @Test
  void emptyTransferIsNoCall() throws IOException {
    Script script = new Script();
    run(script, 0, SECTOR);
    assertThat(script.asked).isEmpty();
  }

  @Test
  void shortTransferGoesOnWhereItEnded() throws IOException {
    Script script = new Script(1024, 512, 2560);
    run(script, 4096, SECTOR);
    assertThat(script.asked)
        .containsExactly(
            List.of(ADDRESS, 4096L, OFFSET),
            List.of(ADDRESS + 1024, 3072L, OFFSET + 1024),
            List.of(ADDRESS + 1536, 2560L, OFFSET + 1536));
  }

  @Test
  void directTransferGoesOnAtAWholeUnit() throws IOException {
    Script script = new Script(1000, 3584);
    run(script, 4096, SECTOR);
    assertThat(script.asked)
        .containsExactly(
            List.of(ADDRESS, 4096L, OFFSET), List.of(ADDRESS + 512, 3584L, OFFSET + 512));
  }

  @Test
  void interruptedTransferIsRepeated() throws IOException {
    Script script = new Script(-Errno.EINTR, 1024, -Errno.EINTR, 3072);
    run(script, 4096, SECTOR);
    assertThat(script.asked)
        .containsExactly(
            List.of(ADDRESS, 4096L, OFFSET),
            List.of(ADDRESS, 4096L, OFFSET),
            List.of(ADDRESS + 1024, 3072L, OFFSET + 1024),
            List.of(ADDRESS + 1024, 3072L, OFFSET + 1024));
  }

  @Test
  void errorAfterAShortTransferTellsTheRest() {
    OsException failure =
        catchThrowableOfType(
            OsException.class, () -> run(new Script(1024, -Errno.ENOSPC), 4096, SECTOR));
    assertThat(failure.errno()).isEqualTo(Errno.ENOSPC);
    assertThat(failure)
        .hasMessageStartingWith("pread of 3072 bytes at offset 9216 of image failed: ENOSPC (");
  }

  @Test
  void endOfFileTellsHowFarItCame() {
    assertThatThrownBy(() -> run(new Script(1024, 0), 4096, 1))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("4096 bytes at offset 8192 of image ended after 1024 bytes");
  }

  @Test
  void lessThanAUnitIsTheEndOfTheFile() {
    assertThatThrownBy(() -> run(new Script(100), 4096, SECTOR))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("ended after 100 bytes");
  }

  @Test
  void moreThanAskedForIsABug() {
    assertThatThrownBy(() -> run(new Script(8192), 4096, SECTOR))
        .isInstanceOf(AssertionError.class);
  }
}
