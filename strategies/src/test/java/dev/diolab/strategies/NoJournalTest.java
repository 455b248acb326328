package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.check.CheckFinding.Kind;
import dev.diolab.engine.check.CheckReport;
import dev.diolab.engine.check.Checker;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.file.NotUnmountedException;
import dev.diolab.engine.file.ReadOnlyVolumeException;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.format.CorruptImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a volume without a journal still owes, and how it tells what it cannot owe. */
class NoJournalTest extends ContractTest {
  private static final String SETUPS = "dev.diolab.strategies.Setup#withoutJournal";

  private static Volume mount(FailingDevice device, Setup setup, MountOptions options)
      throws IOException {
    return Volume.mount(device, setup.strategy(), setup.policy(), options);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void nothingIsWrittenToTheLog(Setup setup) throws IOException {
    Bench bench = open(setup);
    AtomicInteger logWrites = new AtomicInteger();
    bench
        .device()
        .failWrites(
            at -> {
              if (bench.isInJournal(at)) {
                logWrites.incrementAndGet();
              }
              return false;
            });
    DioFile file = bench.volume().create();
    for (int i = 0; i < 50; i++) {
      bench.write(file, i * 8192L, Bench.data(i, 4096), true);
    }
    bench.volume().close();
    assertThat(logWrites).hasValue(0);
    assertThat(bench.volume().counters().journalCommits()).isGreaterThanOrEqualTo(50);
    assertThat(bench.volume().counters().journalBlocks()).isZero();
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void unmountedImageIsMountedAgainWithAndWithoutAJournal(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 64 * 1024));
    DioFile again = bench.remountAndReopen(file);
    assertThat(bench.readAll(again)).isEqualTo(Bench.data(1, 64 * 1024));
    bench.volume().close();
    try (Volume journalled = mount(bench.device(), setup, MountOptions.defaults())) {
      assertThat(journalled.isJournalled()).isTrue();
      assertThat(journalled.open(file.inodeNumber()).size()).isEqualTo(64 * 1024);
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void everyMountAfterACrashIsRefusedUntilTheImageWasChecked(Setup setup) throws IOException {
    Bench bench = open(setup);
    FailingDevice untouched = bench.device().copyOfContents();
    assertThatThrownBy(() -> mount(untouched, setup, MountOptions.defaults()))
        .isInstanceOf(NotUnmountedException.class)
        .hasMessageContaining("diolab check")
        .hasMessageContaining("format it again");
    assertThatThrownBy(() -> mount(untouched, setup, MountOptions.defaults().withoutJournal()))
        .isInstanceOf(NotUnmountedException.class);
    mount(untouched, setup, MountOptions.defaults().acceptingChecked()).close();
    mount(untouched, setup, MountOptions.defaults()).close();
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void acceptedImageThatCrashesWithAJournalNeedsNoCheck(Setup setup) throws IOException {
    Bench bench = open(setup);
    FailingDevice crashed = bench.device().copyOfContents();
    MountOptions checked = MountOptions.withoutCommitThread().acceptingChecked();
    try (Volume volume = mount(crashed, setup, checked)) {
      volume.create();
      FailingDevice again = crashed.copyOfContents();
      mount(again, setup, MountOptions.defaults()).close();
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void markIsOnTheDeviceBeforeAnyOtherBlockChanges(Setup setup) throws IOException {
    Bench bench = open(setup);
    bench.volume().close();
    AtomicInteger others = new AtomicInteger();
    bench
        .device()
        .failWrites(
            at -> {
              if (at == 0) {
                return true;
              }
              others.addAndGet(bench.isInJournal(at) ? 0 : 1);
              return false;
            });
    MountOptions options = MountOptions.defaults().withoutJournal();
    assertThatThrownBy(() -> mount(bench.device(), setup, options))
        .hasMessageContaining("fails as told");
    assertThat(others).hasValue(0);
    bench.device().failWrites(at -> false);
    mount(bench.device(), setup, MountOptions.defaults()).close();
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void whatWasMadeDurableSurvivesACrashBetweenCommits(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 64 * 1024, false);
    bench.write(file, 0, Bench.data(1, 8192));
    file.fsync();
    bench.write(file, 16 * 1024, Bench.data(2, 8192), true);
    bench.write(file, 64 * 1024, Bench.data(3, 8192), true);
    DioFile after = bench.crashCheckAndReopen(file);
    assertThat(bench.read(after, 0, 8192)).isEqualTo(Bench.data(1, 8192));
    assertThat(bench.read(after, 8192, 8192)).containsOnly(0);
    assertThat(bench.read(after, 16 * 1024, 8192)).isEqualTo(Bench.data(2, 8192));
    assertThat(bench.read(after, 64 * 1024, 8192)).isEqualTo(Bench.data(3, 8192));
    assertThat(after.size()).isEqualTo(72 * 1024);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void failedCommitTurnsTheVolumeReadOnlyAndTheMarkStays(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4096));
    bench.device().failWrites(at -> true);
    assertThatThrownBy(file::fsync)
        .isInstanceOf(ReadOnlyVolumeException.class)
        .hasMessageContaining("diolab check");
    bench.device().failWrites(at -> false);
    assertThatThrownBy(() -> bench.write(file, 0, Bench.data(2, 4096)))
        .isInstanceOf(ReadOnlyVolumeException.class);
    assertThat(bench.readAll(file)).isEqualTo(Bench.data(1, 4096));
    assertThatThrownBy(() -> bench.volume().close()).isInstanceOf(ReadOnlyVolumeException.class);
    assertThatThrownBy(() -> mount(bench.device(), setup, MountOptions.defaults()))
        .isInstanceOf(NotUnmountedException.class);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void unmountThatCannotTakeTheMarkAwaySaysSo(Setup setup) throws IOException {
    Bench bench = open(setup);
    bench.volume().create().fsync();
    bench.device().failWrites(at -> at == 0);
    assertThatThrownBy(() -> bench.volume().close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("fails as told");
    bench.device().failWrites(at -> false);
    assertThatThrownBy(() -> mount(bench.device(), setup, MountOptions.defaults()))
        .isInstanceOf(NotUnmountedException.class);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void checkOfACrashBetweenCommitsIsCleanAndTellsOfTheMark(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 64 * 1024), true);
    FailingDevice crashed = bench.device().copyOfContents();
    CheckReport report = Checker.check(crashed);
    assertThat(report.findings()).isEmpty();
    assertThat(report.unjournalled()).isTrue();
    assertThat(report.inodes()).isOne();
    assertThat(report.pendingTransactions()).isZero();
    assertThat(report.summary()).endsWith("not unmounted after a mount without a journal");
    mount(crashed, setup, MountOptions.defaults().acceptingChecked()).close();
    assertThat(Checker.check(crashed).unjournalled()).isFalse();
    assertThat(Checker.check(crashed).isClean()).isTrue();
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void checkOfAnUnmountedImageTellsOfNoMark(Setup setup) throws IOException {
    Bench bench = open(setup);
    bench.write(bench.volume().create(), 0, Bench.data(1, 64 * 1024));
    bench.volume().close();
    assertThat(Checker.check(bench.device()).unjournalled()).isFalse();
    assertThat(Checker.check(bench.device()).isClean()).isTrue();
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void checkFindsWhatACrashInTheMiddleOfACommitLeft(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fsync();
    file.fallocate(0, 64 * 1024, false);
    List<FailingDevice> crashed = new ArrayList<>();
    bench
        .device()
        .failWrites(
            at -> {
              crashed.add(bench.copyOfDevice());
              return false;
            });
    file.fsync();
    bench.device().failWrites(at -> false);
    assertThat(crashed).as("the inode goes home before the bitmap").hasSize(2);
    assertThat(Checker.check(crashed.get(0)).isClean()).isTrue();
    CheckReport report = Checker.check(crashed.get(1));
    assertThat(report.findings())
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.kind()).isEqualTo(Kind.USED_BUT_FREE));
    assertThat(report.unjournalled()).isTrue();
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void mountThatFailsLeavesTheMark(Setup setup) throws IOException {
    Bench bench = open(setup);
    bench.volume().create();
    bench.volume().close();
    FailingDevice device = bench.deviceToDamage();
    long inodeTable = 257L * bench.blockSize();
    device.write(device.allocateBuffer(bench.blockSize()), 0, inodeTable, bench.blockSize());
    MountOptions options = MountOptions.defaults().withoutJournal();
    assertThatThrownBy(() -> mount(device, setup, options))
        .isInstanceOf(CorruptImageException.class);
    assertThatThrownBy(() -> mount(device, setup, options))
        .isInstanceOf(NotUnmountedException.class);
  }
}
