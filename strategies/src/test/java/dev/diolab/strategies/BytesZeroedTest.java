package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which zeros of a policy that does not zero ahead are counted. */
class BytesZeroedTest extends ContractTest {

  static Stream<Setup> setups() {
    return Setup.eachStrategyOnceAndOnFile();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void whatAWriteLeavesOfAnUnwrittenBlockIsZeroedAndCounted(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 4L * setup.blockSize(), false);

    bench.write(file, 512, Bench.data(1, 1024));

    assertThat(zeroed(bench)).isEqualTo(setup.blockSize() - 1024);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void wholeBlocksAndOverwritesNeedNoZeros(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 4L * setup.blockSize(), false);

    bench.write(file, 0, Bench.data(1, 2 * setup.blockSize()));
    bench.write(file, 512, Bench.data(2, 512));

    assertThat(zeroed(bench)).isZero();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void theEndsOfAPunchAreCounted(Setup setup) throws IOException {
    Bench bench = open(setup);
    int blockSize = setup.blockSize();
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4 * blockSize));
    long before = zeroed(bench);

    file.punchHole(100, 2L * blockSize);

    assertThat(zeroed(bench) - before)
        .as("from 100 to the end of the first block, and 100 of the last")
        .isEqualTo(blockSize);
  }

  private static long zeroed(Bench bench) {
    return bench.volume().counters().bytesZeroed();
  }
}
