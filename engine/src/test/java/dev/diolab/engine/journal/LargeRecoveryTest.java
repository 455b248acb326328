package dev.diolab.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.format.Bytes;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.JournalHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log so large that it is read ahead, with so many homes that threads write them. */
class LargeRecoveryTest {
  private static final int BLOCK_SIZE = 1024;
  private static final int HOMES = 3000;
  private static final int JOURNAL_BLOCKS = 9 << 10;
  private static final int CHANGES_EACH = 150;

  private final TestDevice device =
      new TestDevice(new byte[(HOMES + JOURNAL_BLOCKS) * BLOCK_SIZE], false);
  private final long[] expected = new long[HOMES];
  private final Random random = new Random(7);

  /**
   * Several descriptors a transaction, every tenth block escaped, some revoked; half of the log.
   */
  private void fill() throws IOException {
    Journal.format(device, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE);
    BlockCache cache = new BlockCache(device, BLOCK_SIZE);
    Journal journal =
        Journal.open(device, cache, HOMES, JOURNAL_BLOCKS, JournalOptions.withoutCommitThread());
    while (journal.counters().blocksLogged() + CHANGES_EACH + 10 < JOURNAL_BLOCKS / 2) {
      long tid;
      try (Handle handle = journal.start(CHANGES_EACH)) {
        tid = handle.tid();
        for (int i = 0; i < CHANGES_EACH; i++) {
          int home = random.nextInt(HOMES);
          long value = tid << 32 | (home % 10 == 0 ? JournalHeader.MAGIC : home);
          JournalWorld.set(handle, cache.get(home, JournalWorld.SEAL), value);
          expected[home] = value;
        }
      }
      journal.commit(tid);
    }
    assertThat(journal.counters().checkpoints()).isZero();
  }

  private void requireExpectedHomes() {
    byte[] image = device.image();
    for (int home = 0; home < HOMES; home++) {
      assertThat(Bytes.getLong(image, home * BLOCK_SIZE))
          .as("home %d", home)
          .isEqualTo(expected[home]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100 * BLOCK_SIZE, Long.MAX_VALUE})
  void everyBlockComesHomeHoweverMuchOfItsContentsIsKept(long mostBytesKept) throws IOException {
    fill();
    LogArea area = LogArea.on(device, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE);

    RecoverySummary summary = new Recovery(device, area, mostBytesKept).run();

    assertThat(summary.blocksWritten()).isBetween(1500, HOMES);
    requireExpectedHomes();
  }

  @Test
  void logIsReadOnceAhead() throws IOException {
    fill();
    long before = device.counters().readBytes();

    Journal.recover(device, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE);

    assertThat(device.counters().readBytes() - before)
        .isEqualTo((long) JOURNAL_BLOCKS * BLOCK_SIZE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 300})
  void recoveryAfterADeviceThatFailedMeanwhileIsComplete(int writesThatPass) throws IOException {
    fill();
    device.failAfter(writesThatPass);
    assertThatThrownBy(() -> Journal.recover(device, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("injected EIO");
    device.failAfter(Long.MAX_VALUE);

    RecoverySummary summary = Journal.recover(device, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE);

    assertThat(summary.transactions()).isPositive();
    requireExpectedHomes();
  }

  @Test
  void damageInTheMiddleIsFoundAndNothingIsWritten() throws IOException {
    fill();
    byte[] garbage = new byte[BLOCK_SIZE];
    device.write(MemorySegment.ofArray(garbage), 0, (HOMES + 2000L) * BLOCK_SIZE, garbage.length);
    byte[] before = device.image();

    assertThatThrownBy(() -> Journal.recover(device, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("is damaged");
    assertThat(device.image()).isEqualTo(before);
  }
}
