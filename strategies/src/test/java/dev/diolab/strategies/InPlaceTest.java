package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ReadOnlyVolumeException;
import dev.diolab.engine.file.VolumeCounters;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When {@code in-place} goes past the journal, and what it leaves to it. */
class InPlaceTest extends ContractTest {
  private static final int WRITES = 20;

  static Stream<Setup> setups() {
    return Setup.all().filter(setup -> setup.policy().name().equals("in-place"));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void aFillOfPreallocatedSpaceCommitsOnceOrTwiceInsteadOfEachTime(Setup setup) throws IOException {
    Setup always =
        new Setup(
            setup.strategy(), Policies.byName("sync-commit"), setup.blockSize(), setup.medium());
    Bench bench = open(setup);
    Bench other = open(always);

    Fill inPlace = fill(bench, preallocated(bench));
    Fill logged = fill(other, preallocated(other));

    assertThat(logged.commits()).isGreaterThanOrEqualTo(WRITES);
    assertThat(inPlace.logged()).isEqualTo(1);
    assertThat(inPlace.inPlace()).isEqualTo(WRITES - 1);
    assertThat(inPlace.commits()).isLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void everyWriteIsThereAfterACrash(Setup setup) throws IOException {
    Bench bench = open(setup);
    int blockSize = setup.blockSize();
    DioFile file = preallocated(bench);
    for (int block = 0; block < 6; block++) {
      bench.write(file, (long) block * blockSize, Bench.data(block, blockSize), true);

      DioFile after = bench.crashedOpen(file);
      for (int written = 0; written <= block; written++) {
        assertThat(bench.read(after, (long) written * blockSize, blockSize))
            .as("block %d after write %d", written, block)
            .isEqualTo(Bench.data(written, blockSize));
      }
      assertThat(bench.read(after, (block + 1L) * blockSize, blockSize))
          .isEqualTo(new byte[blockSize]);
    }
    assertThat(bench.volume().counters().conversionsInPlace()).isEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void aWriteOfAPartOfABlockLeavesZerosAroundIt(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = preallocated(bench);
    bench.write(file, 0, Bench.data(1, 512), true);
    bench.write(file, 4096 + 512, Bench.data(2, 512), true);

    DioFile after = bench.crashedOpen(file);

    byte[] expected = new byte[8192];
    System.arraycopy(Bench.data(1, 512), 0, expected, 0, 512);
    System.arraycopy(Bench.data(2, 512), 0, expected, 4096 + 512, 512);
    assertThat(bench.read(after, 0, 8192)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void aBlockOfTheRunningTransactionIsLeftToTheJournal(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = preallocated(bench);
    fill(bench, file);
    bench.volume().create(); // its record lies in the same block
    long before = bench.volume().counters().conversionsInPlace();

    bench.write(file, 1024 * 1024, Bench.data(3, 4096), true);

    assertThat(bench.volume().counters().conversionsInPlace()).isEqualTo(before);
    assertThat(bench.read(bench.crashedOpen(file), 1024 * 1024, 4096))
        .isEqualTo(Bench.data(3, 4096));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void anInodeWithExtentsInOtherBlocksIsLeftToTheJournal(Setup setup) throws IOException {
    Bench bench = open(setup);
    int blockSize = setup.blockSize();
    DioFile file = preallocated(bench);
    for (int i = 0; i < 8; i++) {
      bench.write(file, 2L * i * blockSize, Bench.data(i, blockSize), true);
    }
    assertThat(file.extents().extents()).isGreaterThan(4);
    long before = bench.volume().counters().conversionsInPlace();

    bench.write(file, 32L * blockSize, Bench.data(9, blockSize), true);

    assertThat(bench.volume().counters().conversionsInPlace()).isEqualTo(before);
    DioFile after = bench.crashedOpen(file);
    for (int i = 0; i < 8; i++) {
      assertThat(bench.read(after, 2L * i * blockSize, blockSize))
          .isEqualTo(Bench.data(i, blockSize));
    }
    assertThat(bench.read(after, 32L * blockSize, blockSize)).isEqualTo(Bench.data(9, blockSize));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void aWriteThatIsNotDsyncGoesThroughTheJournal(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = preallocated(bench);
    fill(bench, file);
    VolumeCounters before = bench.volume().counters();

    bench.write(file, 1024 * 1024, Bench.data(3, 4096));

    assertThat(bench.volume().counters()).isEqualTo(before);
    assertThat(bench.read(bench.crashedOpen(file), 1024 * 1024, 4096)).isEqualTo(new byte[4096]);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void aTransactionAfterwardsCarriesWhatWasInPlace(Setup setup) throws IOException {
    Bench bench = open(setup);
    int blockSize = setup.blockSize();
    DioFile file = preallocated(bench);
    fill(bench, file);
    bench.write(file, 1024L * 1024, Bench.data(3, blockSize));
    file.fsync();

    DioFile after = bench.crashedOpen(file);

    assertThat(bench.read(after, 1024L * 1024, blockSize)).isEqualTo(Bench.data(3, blockSize));
    for (int i = 0; i < WRITES; i++) {
      assertThat(stateAt(after, (long) i * blockSize)).isEqualTo(ExtentState.WRITTEN);
    }
  }

  @ParameterizedTest
  @MethodSource("setups")
  void aFailureOfTheWriteInPlaceTurnsTheVolumeReadOnly(Setup setup) throws IOException {
    Bench bench = open(setup);
    int blockSize = setup.blockSize();
    DioFile file = preallocated(bench);
    fill(bench, file);
    Mapping mapping = new Mapping();
    file.map((long) WRITES * blockSize, 1, mapping);
    long data = mapping.physical() * blockSize;
    bench.device().failWrites(offset -> offset < data && !bench.isInJournal(offset));

    assertThatThrownBy(
            () -> bench.write(file, (long) WRITES * blockSize, Bench.data(1, blockSize), true))
        .isInstanceOf(ReadOnlyVolumeException.class);

    bench.device().failWrites(offset -> false);
    assertThat(bench.volume().isReadOnly()).isTrue();
    assertThat(bench.read(bench.crashedOpen(file), 0, blockSize))
        .isEqualTo(Bench.data(0, blockSize));
  }

  /** A file of 2 MiB of unwritten blocks, durable. */
  private static DioFile preallocated(Bench bench) throws IOException {
    DioFile file = bench.volume().create();
    file.fallocate(0, 2 << 20, false);
    file.fsync();
    return file;
  }

  /** What the volume has done during a fill. */
  private record Fill(long commits, long inPlace, long logged) {}

  /** Writes the first blocks one by one. */
  private static Fill fill(Bench bench, DioFile file) throws IOException {
    VolumeCounters before = bench.volume().counters();
    for (int i = 0; i < WRITES; i++) {
      int bytes = bench.blockSize();
      bench.write(file, (long) i * bytes, Bench.data(i, bytes), true);
    }
    VolumeCounters after = bench.volume().counters();
    return new Fill(
        after.journalCommits() - before.journalCommits(),
        after.conversionsInPlace() - before.conversionsInPlace(),
        after.conversionsLogged() - before.conversionsLogged());
  }

  private static ExtentState stateAt(DioFile file, long offset) throws IOException {
    Mapping mapping = new Mapping();
    file.map(offset, 1, mapping);
    return mapping.state();
  }
}
