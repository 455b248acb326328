package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import dev.diolab.engine.locking.Guarantee;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is left when the machine stops at the end of each test's operations: everything that reached
 * the device is there, everything else (the running transaction, metadata in memory) is gone.
 */
class CrashContractTest extends ContractTest {
  private static final String SETUPS = "dev.diolab.strategies.Setup#all";

  @ParameterizedTest
  @MethodSource(SETUPS)
  void dsyncWriteIntoUnwrittenSpaceSurvives(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 64 * 1024, false);
    bench.write(file, 8192, Bench.data(1, 8192), true);
    DioFile after = bench.crashAndReopen(file);
    assertThat(bench.read(after, 8192, 8192)).isEqualTo(Bench.data(1, 8192));
    assertThat(bench.read(after, 0, 8192)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void dsyncWriteIntoUnwrittenSpaceFlushesTheDeviceOnce(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 64 * 1024, false);
    file.fsync();
    long flushes = bench.device().counters().flushes();
    bench.write(file, 8192, Bench.data(1, 8192), true);
    assertThat(bench.device().counters().flushes()).isEqualTo(flushes + 1);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void dsyncExtendingWriteSurvivesWithItsSize(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 12 * 1024), true);
    DioFile after = bench.crashAndReopen(file);
    assertThat(bench.readAll(after)).isEqualTo(Bench.data(1, 12 * 1024));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void whatWasWrittenBeforeFsyncSurvives(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 128 * 1024, false);
    for (int i = 0; i < 8; i++) {
      bench.write(file, i * 16384L, Bench.data(i, 8192));
    }
    file.fsync();
    DioFile after = bench.crashAndReopen(file);
    for (int i = 0; i < 8; i++) {
      assertThat(bench.read(after, i * 16384L, 8192)).isEqualTo(Bench.data(i, 8192));
      assertThat(bench.read(after, i * 16384L + 8192, 8192)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void firstWriteToPreallocatedSpaceSurvivesExactlyWhenThePolicyCommits(Setup setup)
      throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 64 * 1024, false);
    file.fsync();
    bench.write(file, 0, Bench.data(1, 8192));
    DioFile after = bench.crashAndReopen(file);
    if (setup.policy().name().equals("sync-commit")) {
      assertThat(bench.read(after, 0, 8192)).isEqualTo(Bench.data(1, 8192));
    } else {
      assertThat(bench.read(after, 0, 8192)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void extendingWriteThatTheCrashCutOffLeavesNoBlockBehindTheSize(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4096), true);
    long free = bench.volume().freeBlocks();
    DioFile other = bench.volume().create();
    long data = bench.device().sizeBytes() / 16;
    CrashDuringData crash = new CrashDuringData(bench, other, data);
    bench.device().failWrites(crash);
    bench.write(file, 4096, Bench.data(2, 16 * 1024));
    bench.device().failWrites(offset -> false);
    assertThat(crash.happened()).isTrue();

    Bench crashed = crash.afterwards();
    DioFile after = crashed.volume().open(file.inodeNumber());
    assertThat(crashed.readAll(after)).isEqualTo(Bench.data(1, 4096));
    assertThat(after.extents()).isEqualTo(new ExtentSummary(1, 4096 / bench.blockSize(), 0));
    crashed.volume().open(other.inodeNumber()).fsync();
    assertThat(crashed.volume().freeBlocks()).isEqualTo(free);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void orderlyUnmountKeepsEverything(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    for (int i = 0; i < 50; i++) {
      bench.write(file, i * 12288L, Bench.data(i, 4096));
    }
    byte[] before = bench.readAll(file);
    ExtentSummary extents = file.extents();
    DioFile after = bench.remountAndReopen(file);
    assertThat(bench.readAll(after)).isEqualTo(before);
    assertThat(after.extents()).isEqualTo(extents);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void declaredGuaranteesOfTheCeilingAreNone(Setup setup) {
    if (setup.strategy().isCeiling()) {
      assertThat(setup.strategy().guarantees()).isEmpty();
    } else {
      assertThat(setup.strategy().guarantees()).contains(Guarantee.G1, Guarantee.G2, Guarantee.G3);
    }
    assertThat(setup.policy().guarantees()).contains(Guarantee.G1, Guarantee.G2, Guarantee.G3);
  }
}
