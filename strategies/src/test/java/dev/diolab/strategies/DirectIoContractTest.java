package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.ExtentSummary;
import dev.diolab.engine.file.Phase;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every strategy and policy owes to a single thread, on a poisoned volume. */
class DirectIoContractTest extends ContractTest {
  private static final String SETUPS = "dev.diolab.strategies.Setup#functional";

  @ParameterizedTest
  @MethodSource(SETUPS)
  void preallocatedSpaceReadsAsZerosUntilItIsWritten(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 64 * 1024, false);
    assertThat(file.size()).isEqualTo(64 * 1024);
    assertThat(bench.readAll(file)).containsOnly(0);

    byte[] data = Bench.data(1, 16 * 1024);
    bench.write(file, 16 * 1024, data);

    byte[] expected = new byte[64 * 1024];
    System.arraycopy(data, 0, expected, 16 * 1024, data.length);
    assertThat(bench.readAll(file)).isEqualTo(expected);
    if (!setup.convertsByItself()) {
      assertThat(file.extents()).isEqualTo(extentsAfterTheSecondQuarterOf64KiB(setup, bench));
    }
  }

  /** Policies that zero ahead convert the aligned windows around the quarter. */
  private static ExtentSummary extentsAfterTheSecondQuarterOf64KiB(Setup setup, Bench bench) {
    int file = 64 * 1024 / bench.blockSize();
    int window = Math.max(setup.policy().zeroAheadBlocks(), 1);
    int start = file / 4 / window * window;
    int end = Math.min(file, Math.ceilDiv(file / 2, window) * window);
    int extents = (start > 0 ? 1 : 0) + 1 + (end < file ? 1 : 0);
    return new ExtentSummary(extents, end - start, file - (end - start));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void conversionsMergeToOneExtentWhenAllIsWritten(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    int piece = 8 * 1024;
    int pieces = 32;
    file.fallocate(0, (long) piece * pieces, false);
    for (int i = 0; i < pieces; i++) {
      int at = i * 13 % pieces;
      bench.write(file, (long) at * piece, Bench.data(at, piece));
    }
    assertThat(file.extents())
        .isEqualTo(new ExtentSummary(1, (long) piece * pieces / bench.blockSize(), 0));
    for (int i = 0; i < pieces; i++) {
      assertThat(bench.read(file, (long) i * piece, piece)).isEqualTo(Bench.data(i, piece));
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void overwriteReplacesTheDataAndAllocatesNothing(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 32 * 1024));
    long free = bench.volume().freeBlocks();
    bench.write(file, 4096, Bench.data(2, 8192));
    assertThat(bench.read(file, 4096, 8192)).isEqualTo(Bench.data(2, 8192));
    assertThat(bench.read(file, 0, 4096)).isEqualTo(Arrays.copyOf(Bench.data(1, 32 * 1024), 4096));
    assertThat(bench.volume().freeBlocks()).isEqualTo(free);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void holeInsideTheFileIsFilledAndItsNeighboursStayZero(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.truncate(128 * 1024);
    bench.write(file, 64 * 1024, Bench.data(3, 4096));
    byte[] expected = new byte[128 * 1024];
    System.arraycopy(Bench.data(3, 4096), 0, expected, 64 * 1024, 4096);
    assertThat(bench.readAll(file)).isEqualTo(expected);
    assertThat(file.extents().unwrittenBlocks()).isZero();
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void extendingWriteMovesTheSizeAndTheGapReadsAsZeros(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 512, Bench.data(1, 512));
    assertThat(file.size()).isEqualTo(1024);
    bench.write(file, 20 * 1024 + 512, Bench.data(2, 512));
    assertThat(file.size()).isEqualTo(21 * 1024);
    byte[] expected = new byte[21 * 1024];
    System.arraycopy(Bench.data(1, 512), 0, expected, 512, 512);
    System.arraycopy(Bench.data(2, 512), 0, expected, 20 * 1024 + 512, 512);
    assertThat(bench.readAll(file)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void partOfAnUnwrittenBlockIsPaddedWithZeros(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 16 * 1024, false);
    bench.write(file, 4096 + 512, Bench.data(5, 512));
    byte[] expected = new byte[16 * 1024];
    System.arraycopy(Bench.data(5, 512), 0, expected, 4096 + 512, 512);
    assertThat(bench.readAll(file)).isEqualTo(expected);
    bench.write(file, 4096, Bench.data(6, 512));
    System.arraycopy(Bench.data(6, 512), 0, expected, 4096, 512);
    assertThat(bench.readAll(file)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void oneRequestMayCoverWrittenUnwrittenHoleAndEndOfFile(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 8192));
    file.truncate(48 * 1024);
    file.fallocate(16 * 1024, 8192, false);
    bench.write(file, 512, Bench.data(9, 60 * 1024));
    assertThat(file.size()).isEqualTo(60 * 1024 + 512);
    assertThat(bench.read(file, 0, 512)).isEqualTo(Arrays.copyOf(Bench.data(1, 8192), 512));
    assertThat(bench.read(file, 512, 60 * 1024)).isEqualTo(Bench.data(9, 60 * 1024));
    assertThat(file.extents().unwrittenBlocks()).isZero();
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void keepSizeAllocatesBehindTheEndWithoutShowingIt(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4096));
    file.fallocate(0, 64 * 1024, true);
    assertThat(file.size()).isEqualTo(4096);
    assertThat(bench.read(file, 4096, 4096)).isEmpty();
    bench.write(file, 32 * 1024, Bench.data(2, 4096));
    assertThat(file.size()).isEqualTo(36 * 1024);
    byte[] expected = new byte[36 * 1024];
    System.arraycopy(Bench.data(1, 4096), 0, expected, 0, 4096);
    System.arraycopy(Bench.data(2, 4096), 0, expected, 32 * 1024, 4096);
    assertThat(bench.readAll(file)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void whatATruncateCutOffNeverComesBack(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 32 * 1024));
    file.truncate(5000);
    assertThat(bench.readAll(file)).isEqualTo(Arrays.copyOf(Bench.data(1, 32 * 1024), 5000));
    file.truncate(20_000);
    byte[] expected = Arrays.copyOf(Arrays.copyOf(Bench.data(1, 32 * 1024), 5000), 20_000);
    assertThat(bench.readAll(file)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void extendingWriteAfterATruncateShowsZerosInBetween(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 8192));
    file.truncate(700);
    bench.write(file, 2048, Bench.data(2, 512));
    byte[] expected = Arrays.copyOf(Arrays.copyOf(Bench.data(1, 8192), 700), 2560);
    System.arraycopy(Bench.data(2, 512), 0, expected, 2048, 512);
    assertThat(bench.readAll(file)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void readAtTheEndIsShortAndBehindItIsEmpty(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4096));
    file.truncate(3000);
    assertThat(bench.read(file, 2048, 2048))
        .isEqualTo(Arrays.copyOfRange(Bench.data(1, 4096), 2048, 3000));
    assertThat(bench.read(file, 4096, 512)).isEmpty();
    assertThat(bench.read(file, 1 << 20, 512)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void unlinkGivesAllBlocksBack(Setup setup) throws IOException {
    Bench bench = open(setup);
    long free = bench.volume().freeBlocks();
    DioFile file = bench.volume().create();
    for (int i = 0; i < 200; i++) {
      bench.write(file, i * 16384L, Bench.data(i, 4096));
    }
    bench.volume().unlink(file.inodeNumber());
    assertThatThrownBy(() -> bench.read(file, 0, 512))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("inode " + file.inodeNumber() + " was unlinked");
    DioFile second = bench.volume().create();
    second.fsync();
    assertThat(bench.volume().freeBlocks()).isEqualTo(free);
    assertThat(second.inodeNumber()).isEqualTo(file.inodeNumber());
    assertThat(second.size()).isZero();
    assertThat(second.extents()).isEqualTo(new ExtentSummary(0, 0, 0));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void fullVolumeSaysSoAndServesAgainAfterAnUnlink(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile hog = bench.volume().create();
    assertThatThrownBy(() -> hog.fallocate(0, Bench.DEVICE_BYTES, false))
        .isInstanceOf(NoSpaceException.class)
        .hasMessageContaining("no space");
    DioFile file = bench.volume().create();
    assertThatThrownBy(() -> bench.write(file, 0, Bench.data(1, 64 * 1024)))
        .isInstanceOf(NoSpaceException.class);
    assertThat(file.size()).isZero();
    bench.volume().unlink(hog.inodeNumber());
    bench.write(file, 0, Bench.data(1, 64 * 1024));
    assertThat(bench.readAll(file)).isEqualTo(Bench.data(1, 64 * 1024));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void failedExtendingWriteLeavesTheFileAsItWas(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4096));
    file.fsync();
    ExtentSummary before = file.extents();
    long data = bench.device().sizeBytes() / 16;
    bench.device().failWrites(offset -> offset > data);
    assertThatThrownBy(() -> bench.write(file, 4096, Bench.data(2, 16 * 1024)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("fails as told");
    bench.device().failWrites(offset -> false);
    assertThat(file.size()).isEqualTo(4096);
    assertThat(file.extents()).isEqualTo(before);
    bench.write(file, 4096, Bench.data(3, 8192));
    assertThat(bench.read(file, 4096, 8192)).isEqualTo(Bench.data(3, 8192));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void failedWriteIntoUnwrittenBlocksLeavesThemUnwritten(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 64 * 1024, false);
    long data = bench.device().sizeBytes() / 16;
    bench.device().failWrites(offset -> offset > data);
    assertThatThrownBy(() -> bench.write(file, 8192, Bench.data(2, 16 * 1024)))
        .isInstanceOf(IOException.class);
    bench.device().failWrites(offset -> false);
    if (setup.policy().allowsDirectConversion()) {
      assertThat(bench.readAll(file)).containsOnly(0);
    } else { // its pages stay dirty, and are written out when somebody asks for them
      assertThat(bench.read(file, 0, 8192)).containsOnly(0);
      assertThat(bench.read(file, 24 * 1024, 40 * 1024)).containsOnly(0);
    }
    bench.write(file, 8192, Bench.data(2, 16 * 1024));
    assertThat(bench.read(file, 8192, 16 * 1024)).isEqualTo(Bench.data(2, 16 * 1024));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void requestThatTheDeviceCannotTransferIsRefusedBeforeAnyLock(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4096));
    assertThatThrownBy(() -> bench.write(file, 100, Bench.data(2, 512)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("512 bytes at offset 100")
        .hasMessageContaining("multiples of 512");
    assertThatThrownBy(() -> bench.read(file, 0, 700))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("700 bytes at offset 0");
    assertThatThrownBy(() -> bench.write(file, 1L << 60, Bench.data(2, 512)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beyond the largest file");
    bench.write(file, 0, Bench.data(3, 4096));
    assertThat(bench.readAll(file)).isEqualTo(Bench.data(3, 4096));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void phasesOfARequestAddUpToAtMostItsTotal(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 64 * 1024, false);
    DioRequest request = new DioRequest(bench.volume().allocateBuffer(8192));
    file.write(request.prepare(0, 8192, 8192, true));
    long sum = 0;
    for (Phase phase : Phase.values()) {
      assertThat(request.nanos(phase)).isNotNegative();
      sum += request.nanos(phase);
    }
    boolean inWriteOut = !setup.policy().allowsDirectConversion();
    if (!inWriteOut && !setup.convertsByItself()) {
      assertThat(request.nanos(Phase.CONVERSION)).isPositive();
    }
    assertThat(request.nanos(Phase.JOURNAL_WAIT)).isPositive();
    assertThat(request.totalNanos()).isGreaterThanOrEqualTo(sum);
  }
}
