package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.MountOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Direct writes that end at a hole or an unwritten block, and go on through the page cache
 * (ENOTBLK). The bytes of both parts are counted: seeds/002 tells of a write of 0x9c00 bytes that
 * returned 0xc00.
 */
class BufferedFallbackTest extends ContractTest {
  private static final String SETUPS = "dev.diolab.strategies.Setup#fallingBack";

  private static int write(Bench bench, DioFile file, long offset, byte[] data, boolean dsync)
      throws IOException {
    MemorySegment buffer = bench.volume().allocateBuffer(data.length);
    MemorySegment.copy(data, 0, buffer, ValueLayout.JAVA_BYTE, 0, data.length);
    return file.write(new DioRequest(buffer).prepare(0, offset, data.length, dsync));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void writeIntoAMappedPartAndAHoleReturnsTheSum(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 0xc00));
    file.truncate(0x20000);
    assertThat(bench.volume().counters().fallbacks()).isZero();

    assertThat(write(bench, file, 0, Bench.data(2, 0x9c00), false)).isEqualTo(0x9c00);

    assertThat(bench.volume().counters().fallbacks()).isEqualTo(1);
    assertThat(bench.read(file, 0, 0x9c00)).isEqualTo(Bench.data(2, 0x9c00));
    assertThat(bench.read(file, 0x9c00, 0x1000)).containsOnly(0);
    assertThat(file.size()).isEqualTo(0x20000);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void everyMixtureOfStatesTakesTheWholeWrite(Setup setup) throws IOException {
    for (int order = 0; order < 27; order++) {
      Bench bench = open(setup);
      DioFile file = bench.volume().create();
      int part = 12_288;
      file.truncate(3L * part);
      prepare(bench, file, 0, part, order % 3);
      prepare(bench, file, part, part, order / 3 % 3);
      prepare(bench, file, 2 * part, part, order / 9);

      int bytes = 3 * part - 1_024;
      assertThat(write(bench, file, 512, Bench.data(2, bytes), false)).isEqualTo(bytes);

      assertThat(bench.read(file, 512, bytes)).isEqualTo(Bench.data(2, bytes));
      assertThat(bench.readBuffered(file, 512, bytes)).isEqualTo(Bench.data(2, bytes));
      file.forEachExtent(
          (logical, physical, blocks, state) -> assertThat(state).isEqualTo(ExtentState.WRITTEN));
    }
  }

  private static void prepare(Bench bench, DioFile file, int offset, int bytes, int state)
      throws IOException {
    switch (state) {
      case 0 -> {
        bench.write(file, offset, Bench.data(1, bytes));
      }
      case 1 -> file.fallocate(offset, bytes, false);
      default -> {}
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void extendingWriteThatMeetsBlocksAllocatedBehindTheSizeFallsBackThere(Setup setup)
      throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4_096));
    file.fallocate(12_288, 4_096, true);
    byte[] data = Bench.data(2, 20_480);
    assertThat(write(bench, file, 4_096, data, false)).isEqualTo(20_480);
    assertThat(bench.volume().counters().fallbacks()).isEqualTo(1);
    assertThat(file.size()).isEqualTo(24_576);
    assertThat(bench.read(file, 4_096, 20_480)).isEqualTo(data);
    assertThat(bench.read(file, 0, 4_096)).isEqualTo(Bench.data(1, 4_096));
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#fallingBack")
  void writeOfWhichNoPartWasWrittenLeavesTheSize(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4_096));
    file.fallocate(12_288, 4_096, true);
    byte[] tooMuch = new byte[Bench.DEVICE_BYTES];
    assertThatThrownBy(() -> write(bench, file, 12_288, tooMuch, false))
        .isInstanceOf(NoSpaceException.class);
    assertThat(file.size()).isEqualTo(4_096);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void bothPartsOfADsyncWriteSurviveACrash(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file =
        bench.remountAndReopen(bench.volume().create(), MountOptions.withoutCommitThread());
    bench.write(file, 0, Bench.data(1, 4_096));
    file.fallocate(0, 16_384, false);
    assertThat(write(bench, file, 0, Bench.data(2, 12_288), true)).isEqualTo(12_288);
    DioFile after = bench.crashedOpen(file);
    assertThat(bench.readBuffered(after, 0, 12_288)).isEqualTo(Bench.data(2, 12_288));
    assertThat(bench.readBuffered(after, 12_288, 4_096)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void requestThatFellBackCanBeUsedAgain(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4_096));
    file.truncate(16_384);
    MemorySegment buffer = bench.volume().allocateBuffer(16_384);
    MemorySegment.copy(Bench.data(2, 16_384), 0, buffer, ValueLayout.JAVA_BYTE, 0, 16_384);
    DioRequest request = new DioRequest(buffer).prepare(0, 0, 16_384, false);
    assertThat(file.write(request)).isEqualTo(16_384);
    assertThat(file.write(request)).isEqualTo(16_384);
    buffer.fill((byte) 0);
    assertThat(file.read(request)).isEqualTo(16_384);
    assertThat(buffer.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(Bench.data(2, 16_384));
    assertThat(bench.volume().counters().fallbacks()).isEqualTo(1);
  }

  @Test
  void piecesThatAreNeighboursOnTheDeviceGoInOneTransferUnlessTheStrategySplits()
      throws IOException {
    assertThat(transfersOfAWriteAcrossStates("placeholder")).isEqualTo(1);
    assertThat(transfersOfAWriteAcrossStates("placeholder-split")).isEqualTo(3);
  }

  private long transfersOfAWriteAcrossStates(String strategy) throws IOException {
    Bench bench =
        open(
            new Setup(
                Strategies.byName(strategy),
                Policies.byName("end-io"),
                4_096,
                Setup.Medium.MEMORY));
    DioFile file =
        bench.remountAndReopen(bench.volume().create(), MountOptions.withoutCommitThread());
    file.fallocate(0, 65_536, false);
    bench.write(file, 16_384, Bench.data(1, 16_384));
    long before = bench.device().counters().writes();
    bench.write(file, 0, Bench.data(2, 65_536));
    long transfers = bench.device().counters().writes() - before;
    assertThat(bench.readAll(file)).isEqualTo(Arrays.copyOf(Bench.data(2, 65_536), 65_536));
    return transfers;
  }
}
