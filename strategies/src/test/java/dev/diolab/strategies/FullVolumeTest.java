package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes when no block is free but those of a truncate that is not committed. */
class FullVolumeTest extends ContractTest {

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#functional")
  void conversionThatNeedsANodeWaitsForTheCommitThatFreesOne(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 64 * 1024, false);
    DioFile hog = bench.volume().create();
    assertThatThrownBy(() -> hog.fallocate(0, Bench.DEVICE_BYTES, true))
        .isInstanceOf(NoSpaceException.class);
    hog.truncate(0);
    assertThat(bench.volume().freeBlocks()).isZero();

    for (int i = 0; i < 8; i++) {
      bench.write(file, i * 8192L, Bench.data(i, 4096));
    }

    for (int i = 0; i < 8; i++) {
      assertThat(bench.read(file, i * 8192L, 4096)).isEqualTo(Bench.data(i, 4096));
      assertThat(bench.read(file, i * 8192L + 4096, 4096)).containsOnly(0);
    }
    long half = 32L * 1024 / bench.blockSize();
    if (setup.convertsByItself()) {
      assertThat(file.extents().writtenBlocks()).isBetween(half, 2 * half);
      return;
    }
    boolean zeroesBetween = setup.policy().zeroAheadBlocks() > 0;
    assertThat(file.extents())
        .isEqualTo(
            zeroesBetween ? new ExtentSummary(1, 2 * half, 0) : new ExtentSummary(16, half, half));
  }
}
