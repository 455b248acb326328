package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import dev.diolab.engine.file.ReadOnlyVolumeException;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PUNCH_HOLE and ZERO_RANGE under every strategy and policy. */
class PunchContractTest extends ContractTest {
  private static final String FUNCTIONAL = "dev.diolab.strategies.Setup#functional";
  private static final String ALL = "dev.diolab.strategies.Setup#all";
  private static final int BYTES = 64 * 1024;

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#functionalAndOnFile")
  void punchFreesWholeBlocksAndZeroesTheEnds(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench);
    long free = bench.volume().freeBlocks();

    file.punchHole(5000, 20_000);

    assertThat(bench.readAll(file)).isEqualTo(zeroed(Bench.data(1, BYTES), 5000, 25_000));
    assertThat(file.size()).isEqualTo(BYTES);
    int blockSize = bench.blockSize();
    int gone = 25_000 / blockSize - Math.ceilDiv(5000, blockSize);
    assertThat(file.extents().writtenBlocks()).isEqualTo(BYTES / blockSize - gone);
    file.fsync();
    assertThat(bench.volume().freeBlocks()).isEqualTo(free + gone);
  }

  @ParameterizedTest
  @MethodSource(FUNCTIONAL)
  void punchInsideOneSectorLeavesItsNeighbours(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench);

    file.punchHole(8192 + 700, 1);
    file.punchHole(8192 + 510, 4);

    byte[] expected = zeroed(Bench.data(1, BYTES), 8192 + 700, 8192 + 701);
    assertThat(bench.readAll(file)).isEqualTo(zeroed(expected, 8192 + 510, 8192 + 514));
  }

  @ParameterizedTest
  @MethodSource(FUNCTIONAL)
  void zeroRangeKeepsItsBlocksAndFillsHoles(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench);
    file.punchHole(32 * 1024, 8192);
    file.fsync();

    file.zeroRange(16 * 1024, 32 * 1024, true);

    long blocks = BYTES / bench.blockSize();
    assertThat(file.extents().writtenBlocks()).isEqualTo(blocks / 2);
    assertThat(file.extents().unwrittenBlocks()).isEqualTo(blocks / 2);
    assertThat(bench.readAll(file)).isEqualTo(zeroed(Bench.data(1, BYTES), 16 * 1024, 48 * 1024));
    bench.write(file, 16 * 1024, Bench.data(2, 4096));
    assertThat(bench.read(file, 16 * 1024, 4096)).isEqualTo(Bench.data(2, 4096));
    assertThat(bench.read(file, 20 * 1024, 4096)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource(FUNCTIONAL)
  void zeroRangeMovesTheSizeUnlessToldNotTo(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 2048));
    file.truncate(1800); // the old bytes behind it must not come back

    file.zeroRange(1900, 10_000, true);
    assertThat(file.size()).isEqualTo(1800);

    file.zeroRange(6000, 10_000, false);
    assertThat(file.size()).isEqualTo(16_000);
    byte[] expected = Arrays.copyOf(Arrays.copyOf(Bench.data(1, 2048), 1800), 16_000);
    assertThat(bench.readAll(file)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource(FUNCTIONAL)
  void punchBehindTheSizeFreesWhatFallocateKeptThere(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, BYTES, true);
    bench.write(file, 0, Bench.data(1, 4096));

    file.punchHole(4096, 2L * BYTES);

    assertThat(file.size()).isEqualTo(4096);
    assertThat(file.extents()).isEqualTo(new ExtentSummary(1, 4096 / bench.blockSize(), 0));
  }

  /** Every second block goes, which needs nodes; then all of it, in more than one transaction. */
  @ParameterizedTest
  @MethodSource(FUNCTIONAL)
  void punchesOfAFragmentedFileLeaveWhatIsBetweenThem(Setup setup) throws IOException {
    Bench bench = open(setup);
    int blockSize = bench.blockSize();
    int blocks = 400;
    DioFile file = bench.volume().create();
    byte[] expected = Bench.data(3, blocks * blockSize);
    bench.write(file, 0, expected);

    for (int block = 1; block < blocks; block += 2) {
      file.punchHole((long) block * blockSize, blockSize);
      zeroed(expected, block * blockSize, (block + 1) * blockSize);
    }
    assertThat(file.extents().extents()).isEqualTo(blocks / 2);
    assertThat(bench.readAll(file)).isEqualTo(expected);

    file.punchHole(blockSize, (blocks - 2L) * blockSize);
    assertThat(file.extents()).isEqualTo(new ExtentSummary(1, 1, 0));
    assertThat(bench.readAll(file)).isEqualTo(zeroed(expected, blockSize, blocks * blockSize));
  }

  @ParameterizedTest
  @MethodSource(FUNCTIONAL)
  void randomOperationsAgreeWithAnArray(Setup setup) throws IOException {
    Bench bench = open(setup);
    SplittableRandom random = new SplittableRandom(17);
    DioFile file = bench.volume().create();
    byte[] model = new byte[0];
    for (int i = 0; i < 150; i++) {
      int at = random.nextInt(BYTES);
      int bytes = 1 + random.nextInt(random.nextBoolean() ? 2000 : 30_000);
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          at = at / 512 * 512;
          bytes = Math.ceilDiv(bytes, 512) * 512;
          byte[] data = Bench.data(i, bytes);
          bench.write(file, at, data);
          model = Arrays.copyOf(model, Math.max(model.length, at + bytes));
          System.arraycopy(data, 0, model, at, bytes);
        }
        case 2 -> {
          file.punchHole(at, bytes);
          zeroed(model, at, at + bytes);
        }
        case 3 -> {
          file.zeroRange(at, bytes, true);
          zeroed(model, at, at + bytes);
        }
        case 4 -> {
          file.zeroRange(at, bytes, false);
          zeroed(model, at, at + bytes);
          model = Arrays.copyOf(model, Math.max(model.length, at + bytes));
        }
        default -> {
          file.truncate(at);
          model = Arrays.copyOf(model, at);
        }
      }
      assertThat(file.size()).isEqualTo(model.length);
      assertThat(bench.readAll(file)).as("after operation %d", i).isEqualTo(model);
    }
    assertThat(bench.readAll(bench.remountAndReopen(file))).isEqualTo(model);
  }

  /** The first punch takes the last block for a node; then only a commit has one to give. */
  @ParameterizedTest
  @MethodSource(FUNCTIONAL)
  void punchThatNeedsANodeWaitsForTheCommitThatFreesOne(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench);
    DioFile hog = hog(bench);
    hog.truncate(0);
    assertThat(bench.volume().freeBlocks()).isZero();

    byte[] expected = Bench.data(1, BYTES);
    for (int at = 4096; at < BYTES; at += 8192) {
      file.punchHole(at, 4096);
      zeroed(expected, at, at + 4096);
    }

    assertThat(bench.readAll(file)).isEqualTo(expected);
    assertThat(file.extents().extents()).isEqualTo(BYTES / 8192);
  }

  @ParameterizedTest
  @MethodSource(FUNCTIONAL)
  void fullVolumeRefusesAPunchThatNeedsANodeAndFreesNothing(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench);
    byte[] expected = Bench.data(1, BYTES);
    for (int at = 4096; at < 3 * 8192; at += 8192) {
      file.punchHole(at, 4096);
      zeroed(expected, at, at + 4096);
    }
    ExtentSummary before = file.extents();
    assertThat(before.extents()).as("as many as the inode holds").isEqualTo(4);
    file.fsync();
    DioFile hog = hog(bench);

    assertThatThrownBy(() -> file.punchHole(40_960, 4096)).isInstanceOf(NoSpaceException.class);
    assertThatThrownBy(() -> file.zeroRange(40_960, 4096, true))
        .isInstanceOf(NoSpaceException.class);
    assertThat(file.extents()).isEqualTo(before);
    assertThat(bench.readAll(file)).isEqualTo(expected);

    hog.truncate(0);
    file.punchHole(40_960, 4096);
    assertThat(bench.readAll(file)).isEqualTo(zeroed(expected, 40_960, 45_056));
  }

  @ParameterizedTest
  @MethodSource(FUNCTIONAL)
  void rangesThatAreNoneAndFilesThatAreGoneAreRefused(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench);
    assertThatIllegalArgumentException().isThrownBy(() -> file.punchHole(-1, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> file.punchHole(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> file.zeroRange(5, -1, true));
    assertThatIllegalArgumentException().isThrownBy(() -> file.zeroRange(Long.MAX_VALUE, 1, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file.punchHole(0, Long.MAX_VALUE))
        .withMessageContaining("beyond the largest file");
    bench.volume().unlink(file.inodeNumber());
    assertThatIOException().isThrownBy(() -> file.punchHole(0, 4096));
    assertThatIOException().isThrownBy(() -> file.zeroRange(0, 4096, false));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void punchAndZeroRangeSurviveOnlyAfterAnFsync(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench);
    file.fsync();
    file.punchHole(8192, 8192);
    file.zeroRange(32 * 1024, 8192, true);

    DioFile lost = bench.crashAndReopen(file);
    assertThat(bench.readAll(lost)).isEqualTo(Bench.data(1, BYTES));

    Bench second = open(setup);
    DioFile kept = written(second);
    kept.punchHole(8192, 8192);
    kept.zeroRange(32 * 1024, 8192, true);
    kept.fsync();
    byte[] expected = zeroed(Bench.data(1, BYTES), 8192, 16_384);
    zeroed(expected, 32 * 1024, 40 * 1024);
    assertThat(second.readAll(second.crashAndReopen(kept))).isEqualTo(expected);
  }

  /** The machine stops at every journal write of a long punch; each image shows old data or 0. */
  @ParameterizedTest
  @MethodSource(ALL)
  void crashWithinALongPunchLeavesOldDataOrZeros(Setup setup) throws IOException {
    Bench bench = open(setup);
    int blockSize = bench.blockSize();
    DioFile file = bench.volume().create();
    byte[] old = Bench.data(5, 200 * blockSize);
    bench.write(file, 0, old);
    for (int block = 1; block < 200; block += 2) {
      file.punchHole((long) block * blockSize, blockSize);
      zeroed(old, block * blockSize, (block + 1) * blockSize);
    }
    file.fsync();

    file.punchHole(700, 150L * blockSize);
    DioFile after = bench.crashAndReopen(file);

    byte[] found = bench.readAll(after);
    assertThat(found).hasSize(old.length);
    for (int i = 0; i < found.length; i++) {
      boolean inside = i >= 700 && i < 700 + 150 * blockSize;
      if (found[i] != old[i] && !(inside && found[i] == 0)) {
        throw new AssertionError("byte " + i + " is " + found[i] + ", was " + old[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void readOnlyVolumeRefusesBoth(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench);
    bench.device().failWrites(bench::isInJournal);
    assertThatThrownBy(file::fsync).isInstanceOf(ReadOnlyVolumeException.class);

    assertThatThrownBy(() -> file.punchHole(0, 4096)).isInstanceOf(ReadOnlyVolumeException.class);
    assertThatThrownBy(() -> file.zeroRange(0, 4096, true))
        .isInstanceOf(ReadOnlyVolumeException.class);
    assertThat(bench.readAll(file)).isEqualTo(Bench.data(1, BYTES));
  }

  /**
   * Writers own blocks of a file that is punched between them all the time; what another file
   * writes to the blocks that are freed must never show in it.
   */
  @ParameterizedTest
  @MethodSource(ALL)
  void punchesBetweenWritersHarmNothing(Setup setup)
      throws IOException, InterruptedException, ExecutionException {
    Bench bench = open(setup);
    DioFile file = written(bench);
    DioFile other = bench.volume().create();
    AtomicInteger done = new AtomicInteger();
    inThreads(
        4,
        thread -> {
          SplittableRandom random = new SplittableRandom(thread);
          for (int i = 0; i < 60; i++) {
            long at = 8192L * random.nextInt(8);
            if (thread == 0) {
              file.punchHole(at + 4096, 4096);
            } else if (thread == 1) {
              other.truncate(0);
              bench.write(other, 0, Bench.data(99, 8192));
            } else if (thread == 2) {
              bench.write(file, at, Bench.data(2, 4096));
              bench.write(file, at + 4096, Bench.data(2, 4096));
            } else {
              byte[] found = bench.read(file, at + 4096, 4096);
              byte[] first =
                  Arrays.copyOfRange(Bench.data(1, BYTES), (int) at + 4096, (int) at + 8192);
              requireOneOf(found, new byte[4096], first, Bench.data(2, 4096));
            }
          }
          done.incrementAndGet();
        });
    assertThat(done).hasValue(4);
    assertThat(file.size()).isEqualTo(BYTES);
  }

  /** Each sector is the one of the same place in one of {@code versions}. */
  private static void requireOneOf(byte[] found, byte[]... versions) {
    for (int at = 0; at < found.length; at += 512) {
      int from = at;
      if (Arrays.stream(versions)
          .noneMatch(each -> Arrays.equals(found, from, from + 512, each, from, from + 512))) {
        throw new AssertionError("sector at " + at + " begins with " + found[at]);
      }
    }
  }

  /** A file of {@link #BYTES} written bytes. */
  private static DioFile written(Bench bench) throws IOException {
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, BYTES));
    return file;
  }

  /** A file that takes all blocks there are. */
  private static DioFile hog(Bench bench) throws IOException {
    DioFile hog = bench.volume().create();
    assertThatThrownBy(() -> hog.fallocate(0, Bench.DEVICE_BYTES, true))
        .isInstanceOf(NoSpaceException.class);
    DioFile rest = bench.volume().create(); // what the hog could not use for want of a node
    for (int i = 0; bench.volume().freeBlocks() > 0; i++) {
      rest.fallocate((long) i * bench.blockSize(), bench.blockSize(), true);
    }
    return hog;
  }

  private static byte[] zeroed(byte[] data, int from, int to) {
    if (from < data.length) {
      Arrays.fill(data, from, Math.min(to, data.length), (byte) 0);
    }
    return data;
  }
}
