package dev.diolab.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.device.DiskModels;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long DISK = 512L << 20;

  private final Pace hardDisk = new Pace(DiskModels.HDD, DISK);
  private final Pace fast = new Pace(DiskModels.NVME_PLP, DISK);

  private static CellPlan fill(String variant, String policy, int threads) {
    return new CellPlan(Workload.TSO32, variant, "i-mutex", policy, threads, 0, 0, 32L << 20, 1);
  }

  @Test
  void anImageIsGuessedAsBefore() {
    CellPlan cell = fill("unwritten, dsync", "end-io", 4);

    assertThat(new Pace(null, 0).expectedSeconds(cell)).isEqualTo(cell.expectedSeconds());
  }

  @Test
  void durableWritesOfAHardDiskCostARevolutionEach() {
    double perFill = hardDisk.expectedSeconds(fill("rewritten, dsync", "end-io", 1));

    // 2048 writes, warm-up included, each half a revolution and a short seek.
    assertThat(perFill).isBetween(2048 * 0.0042, 2048 * 0.0042 + 5);
    assertThat(hardDisk.expectedSeconds(fill("rewritten, fdatasync", "end-io", 1))).isLessThan(9);
    assertThat(fast.expectedSeconds(fill("rewritten, dsync", "end-io", 1))).isLessThan(3);
  }

  @Test
  void conversionsCommitToo() {
    double rewritten = hardDisk.expectedSeconds(fill("rewritten, dsync", "end-io", 1));
    double unwritten = hardDisk.expectedSeconds(fill("unwritten, dsync", "end-io", 1));

    assertThat(unwritten).isGreaterThan(2 * rewritten);
    assertThat(hardDisk.expectedSeconds(fill("unwritten, no sync", "sync-commit", 1)))
        .isEqualTo(unwritten);
  }

  @Test
  void appendsThatAreSyncedMoreOftenTakeLonger() {
    double everyWrite = hardDisk.expectedSeconds(append("16 files, fdatasync every 1"));
    double rarely =
        hardDisk.expectedSeconds(append("16 files, fdatasync every 256, truncate ahead"));

    // 1024 writes of 16 KiB, each with a commit.
    assertThat(everyWrite).isBetween(1024 * 0.0084, 1024 * 0.0126 + 12);
    assertThat(rarely).isLessThan(everyWrite / 2);
  }

  private static CellPlan append(String variant) {
    return new CellPlan(
        Workload.BROKER_APPEND, variant, "i-mutex", "end-io", 1, 0, 0, 16L << 20, 1);
  }

  @Test
  void whatRunsInMemoryTakesTheSameOnEveryDisk() {
    CellPlan memory =
        new CellPlan(Workload.LOCK_COST, "4k-write", "i-mutex", "end-io", 1, 2, 1, 4L << 20, 1);

    assertThat(hardDisk.expectedSeconds(memory)).isEqualTo(memory.expectedSeconds());
  }
}
