package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that make no sense are refused, and leave the file usable. */
class MisuseTest extends ContractTest {
  private static final String SETUPS = "dev.diolab.strategies.Setup#functional";

  @ParameterizedTest
  @MethodSource(SETUPS)
  void requestThatWasNeverPreparedIsRefused(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    DioRequest request = new DioRequest(bench.volume().allocateBuffer(4096));
    assertThatThrownBy(() -> file.write(request))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("prepare");
    assertThatThrownBy(() -> file.read(request)).isInstanceOf(IllegalStateException.class);
    bench.write(file, 0, Bench.data(1, 4096));
    assertThat(bench.readAll(file)).isEqualTo(Bench.data(1, 4096));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void lookUpOutsideOfAllFilesIsRefused(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    Mapping out = new Mapping();
    for (long offset : new long[] {-1, bench.blockSize() * (1L << 32)}) {
      assertThatThrownBy(() -> file.map(offset, 1, out))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("offset " + offset);
    }
    assertThatThrownBy(() -> file.map(0, 0, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 blocks");
  }
}
