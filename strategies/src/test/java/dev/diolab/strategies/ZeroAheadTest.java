package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.VolumeCounters;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code zero-ahead} does to the blocks around a write. */
class ZeroAheadTest extends ContractTest {

  static Stream<Setup> setups() {
    return Setup.all().filter(setup -> setup.policy().zeroAheadBlocks() > 0);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void aWriteMakesItsWindowWrittenAndNothingElse(Setup setup) throws IOException {
    Bench bench = open(setup);
    int window = setup.policy().zeroAheadBlocks() * setup.blockSize();
    DioFile file = bench.volume().create();
    file.fallocate(0, 4L * window, false);

    bench.write(file, window + 1024, Bench.data(1, 512));

    assertThat(stateAt(file, 0)).isEqualTo(ExtentState.UNWRITTEN);
    assertThat(stateAt(file, window)).isEqualTo(ExtentState.WRITTEN);
    assertThat(stateAt(file, 2L * window - 1)).isEqualTo(ExtentState.WRITTEN);
    assertThat(stateAt(file, 2L * window)).isEqualTo(ExtentState.UNWRITTEN);
    assertThat(bench.volume().counters().bytesZeroedAhead()).isEqualTo(window);
    assertThat(bench.volume().counters().bytesZeroed()).isEqualTo(window);
    byte[] expected = new byte[4 * window];
    System.arraycopy(Bench.data(1, 512), 0, expected, window + 1024, 512);
    assertThat(bench.readAll(file)).isEqualTo(expected);
    file.fsync();
    assertThat(bench.readAll(bench.crashAndReopen(file))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void laterWritesOfTheWindowAreOverwritesWithoutTheJournal(Setup setup) throws IOException {
    Bench bench = open(setup);
    int blockSize = setup.blockSize();
    DioFile file = bench.volume().create();
    file.fallocate(0, 64L * blockSize, false);
    bench.write(file, 0, Bench.data(1, blockSize), true);
    VolumeCounters before = bench.volume().counters();

    for (int block = 1; block < setup.policy().zeroAheadBlocks(); block++) {
      bench.write(file, (long) block * blockSize, Bench.data(block, blockSize), true);
    }

    assertThat(bench.volume().counters()).isEqualTo(before);
    DioFile after = bench.crashAndReopen(file);
    for (int block = 1; block < setup.policy().zeroAheadBlocks(); block++) {
      assertThat(bench.read(after, (long) block * blockSize, blockSize))
          .isEqualTo(Bench.data(block, blockSize));
    }
  }

  @ParameterizedTest
  @MethodSource("setups")
  void holesAndWrittenBlocksOfTheWindowStayAsTheyAre(Setup setup) throws IOException {
    Bench bench = open(setup);
    int blockSize = setup.blockSize();
    DioFile file = bench.volume().create();
    file.fallocate(0, 32L * blockSize, false);
    bench.write(file, 4L * blockSize, Bench.data(1, blockSize));
    file.punchHole(8L * blockSize, blockSize);
    file.zeroRange(0, 4L * blockSize, false);

    bench.write(file, 0, Bench.data(2, blockSize));

    assertThat(stateAt(file, 8L * blockSize)).isEqualTo(ExtentState.HOLE);
    assertThat(bench.read(file, 4L * blockSize, blockSize)).isEqualTo(Bench.data(1, blockSize));
    assertThat(bench.read(file, 0, blockSize)).isEqualTo(Bench.data(2, blockSize));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void dirtyPagesOfTheWindowAreNotLost(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 64 * 1024, false);
    bench.writeBuffered(file, 8192, Bench.data(3, 4096));

    bench.write(file, 0, Bench.data(2, 4096));

    file.fsync();
    assertThat(bench.read(file, 8192, 4096)).isEqualTo(Bench.data(3, 4096));
    assertThat(bench.read(file, 0, 4096)).isEqualTo(Bench.data(2, 4096));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void blocksBehindTheSizeStayUnwritten(Setup setup) throws IOException {
    Bench bench = open(setup);
    int blockSize = setup.blockSize();
    DioFile file = bench.volume().create();
    file.fallocate(0, 2L * blockSize, false);
    file.fallocate(0, 32L * blockSize, true);

    bench.write(file, 0, Bench.data(2, blockSize));

    assertThat(stateAt(file, blockSize)).isEqualTo(ExtentState.WRITTEN);
    assertThat(stateAt(file, 2L * blockSize)).isEqualTo(ExtentState.UNWRITTEN);
    bench.write(file, blockSize, Bench.data(3, 2 * blockSize));
    assertThat(bench.read(file, blockSize, 2 * blockSize)).isEqualTo(Bench.data(3, 2 * blockSize));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void theSizeOnDiskMovesNoFurtherThanTheWrite(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4096));
    file.fallocate(0, 128 * 1024, true);
    file.fsync();
    bench.writeBuffered(file, 60 * 1024, Bench.data(2, 4096));

    bench.write(file, 8192, Bench.data(3, 4096), true);

    DioFile after = bench.crashedOpen(file);
    assertThat(after.size()).isEqualTo(12 * 1024);
    assertThat(bench.read(after, 8192, 4096)).isEqualTo(Bench.data(3, 4096));
    assertThat(bench.read(file, 60 * 1024, 4096)).isEqualTo(Bench.data(2, 4096));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void dataOfAWriteInFlightIsNotZeroedAfterTheSizeOnDiskHasPassedIt(Setup setup) throws Exception {
    Bench bench = open(setup);
    int blockSize = setup.blockSize();
    DioFile file = bench.volume().create();
    bench.writeBuffered(file, 20L * blockSize, Bench.data(1, blockSize));

    try (AioContext context = bench.volume().openContext(4)) {
      context.write(file, request(bench, 0, Bench.data(2, blockSize)));
      context.flush(); // its data is on the device, its block unwritten
      inThreads(1, thread -> file.fdatasync()); // moves i_disksize over it
      context.write(file, request(bench, 4L * blockSize, Bench.data(3, blockSize)));
      context.take().result();
      context.take().result();
    }

    assertThat(bench.read(file, 0, blockSize)).isEqualTo(Bench.data(2, blockSize));
    assertThat(bench.read(file, 4L * blockSize, blockSize)).isEqualTo(Bench.data(3, blockSize));
    bench.write(file, 8L * blockSize, Bench.data(4, blockSize));
    assertThat(stateAt(file, 4L * blockSize)).isEqualTo(ExtentState.WRITTEN);
  }

  @Test
  void aStrategyThatDoesNotMapAloneIsRefused() {
    DioStrategy placeholder = Strategies.byName("placeholder");
    Setup setup =
        new Setup(placeholder, Policies.byName("zero-ahead-16"), 4096, Setup.Medium.MEMORY);
    assertThatThrownBy(() -> open(setup))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("placeholder")
        .hasMessageContaining("zero-ahead-16");
    assertThatThrownBy(
            () -> Pairs.requireTaken(List.of(placeholder), List.of(setup.policy()), Policies.all()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it takes: end-io, sync-commit");
  }

  private static ExtentState stateAt(DioFile file, long offset) throws IOException {
    Mapping mapping = new Mapping();
    file.map(offset, 1, mapping);
    return mapping.state();
  }

  private static DioRequest request(Bench bench, long offset, byte[] data) {
    MemorySegment buffer = bench.volume().allocateBuffer(data.length);
    MemorySegment.copy(data, 0, buffer, ValueLayout.JAVA_BYTE, 0, data.length);
    return new DioRequest(buffer).prepare(0, offset, data.length, false);
  }
}
