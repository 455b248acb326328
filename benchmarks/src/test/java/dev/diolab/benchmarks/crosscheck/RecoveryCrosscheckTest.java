package dev.diolab.benchmarks.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.journal.RecoverySummary;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryCrosscheckTest {
  private static final int BLOCK_BYTES = 1024;
  private static final int JOURNAL_BLOCKS = 4096;

  private final BlockDevice device = new MemoryDevice(32 << 20);
  private final Geometry geometry =
      Geometry.of(BLOCK_BYTES, device.sizeBytes(), JOURNAL_BLOCKS, 128);

  RecoveryCrosscheckTest() throws IOException {
    VolumeFormatter.format(device, new VolumeOptions(BLOCK_BYTES, JOURNAL_BLOCKS, 128));
  }

  @Test
  void logIsFullOfTransactionsOfThousandsOfBlocksThatAreNotHome() throws IOException {
    FullLog log = FullLog.write(device, geometry, 1);
    assertThat(log.bytes()).isEqualTo((JOURNAL_BLOCKS - 1) * BLOCK_BYTES);

    RecoverySummary summary = log.recover();

    assertThat(summary.copies() + 2 * summary.transactions()).isGreaterThan(JOURNAL_BLOCKS - 4);
    assertThat(summary.blocksWritten()).isBetween(1500, summary.copies() - 500);
    log.requireRecovered(summary);
  }

  @Test
  void restoredLogIsRecoveredAgain() throws IOException {
    FullLog log = FullLog.write(device, geometry, 2);
    RecoverySummary first = log.recover();
    assertThat(log.recover().transactions()).isZero();

    log.restore();

    assertThatThrownBy(() -> log.requireRecovered(first)).hasMessageContaining("other contents");
    RecoverySummary second = log.recover();
    assertThat(second).isEqualTo(first);
    log.requireRecovered(second);
  }

  @Test
  void blockThatDidNotComeHomeIsAFailure() throws IOException {
    FullLog log = FullLog.write(device, geometry, 3);
    RecoverySummary summary = log.recover();
    long groups = geometry.groupsStart() * BLOCK_BYTES;
    int bytes = 1 << 20;
    device.write(MemorySegment.ofArray(new byte[bytes]), 0, groups, bytes);

    assertThatThrownBy(() -> log.requireRecovered(summary))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("with other contents");
  }

  @Test
  void everyRoundReadsAndRecovers() throws IOException {
    List<String> steps = new ArrayList<>();

    RecoveryCrosscheck.Result result =
        new RecoveryCrosscheck(device, geometry, 4, steps::add).run(2);

    assertThat(steps)
        .containsExactly(
            "filling the log",
            "plain reads, first round",
            "recovery, first round",
            "recovery, round 1/2",
            "plain reads, round 1/2",
            "plain reads, round 2/2",
            "recovery, round 2/2");
    assertThat(result.rounds()).hasSize(2);
    assertThat(result.read()).isPositive();
    assertThat(result.recovery()).isPositive();
    assertThat(result.ratio()).isPositive();
  }
}
