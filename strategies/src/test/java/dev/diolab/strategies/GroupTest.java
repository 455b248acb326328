package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FilterDevice;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code group} saves, and what it must not cost. */
class GroupTest {
  private static final int WRITERS = 8;
  private static final int WRITES = 20;

  @ParameterizedTest
  @ValueSource(strings = {"i-mutex", "iomap-endio", "overwrite-nolock"})
  void eightWritersCommitAtMostAQuarterAsOftenAsWithSyncCommit(String strategy) throws Exception {
    long alone = commits(strategy, "sync-commit", WRITERS);
    long together = commits(strategy, "group", WRITERS);
    assertThat(alone).isGreaterThanOrEqualTo(WRITERS * WRITES);
    assertThat(together).isBetween((long) WRITES, alone / 4);
  }

  @Test
  void aWriterThatIsAloneCommitsEachOfItsWrites() throws Exception {
    assertThat(commits("iomap-endio", "group", 1)).isGreaterThanOrEqualTo(WRITES);
  }

  /** Commits while each of the writers fills its part of one preallocated file. */
  private static long commits(String strategy, String policy, int writers) throws Exception {
    BlockDevice device = new SlowFlushes(new MemoryDevice(16 << 20));
    VolumeFormatter.format(device, new VolumeOptions(4096, 256, 32));
    try (Volume volume =
        Volume.mount(device, Strategies.byName(strategy), Policies.byName(policy))) {
      DioFile file = volume.create();
      file.fallocate(0, 8192L * writers * WRITES, false);
      file.fsync();
      long before = volume.counters().journalCommits();
      ContractTest.inThreads(
          writers,
          thread -> {
            DioRequest request = new DioRequest(volume.allocateBuffer(4096));
            for (int i = 0; i < WRITES; i++) {
              long block = 2L * i * writers + 2L * thread;
              file.write(request.prepare(0, block * 4096, 4096, true));
            }
          });
      return volume.counters().journalCommits() - before;
    }
  }

  /** A device where a flush takes much longer than a write. */
  private static final class SlowFlushes extends FilterDevice {
    SlowFlushes(BlockDevice below) {
      super(below);
    }

    @Override
    public void flush() throws IOException {
      LockSupport.parkNanos(2_000_000);
      below.flush();
    }
  }
}
