package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each operation answers that may not wait (RWF_NOWAIT). */
class BufferedNowaitTest extends ContractTest {

  static Stream<Setup> knowing() {
    return Setup.functional().filter(setup -> setup.strategy().rules().knowsNowait());
  }

  static Stream<Setup> notKnowing() {
    return Setup.functional().filter(setup -> !setup.strategy().rules().knowsNowait());
  }

  private static DioRequest request(Bench bench, long offset, int bytes) {
    MemorySegment buffer = bench.volume().allocateBuffer(bytes);
    MemorySegment.copy(Bench.data(9, bytes), 0, buffer, ValueLayout.JAVA_BYTE, 0, bytes);
    return new DioRequest(buffer).prepare(0, offset, bytes, false).nowait();
  }

  /** 32 KiB of data, the same of unwritten blocks, the same of a hole. */
  private static DioFile mixed(Bench bench) throws IOException {
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 32_768));
    file.fallocate(32_768, 32_768, false);
    file.truncate(98_304);
    return file;
  }

  @ParameterizedTest
  @MethodSource("notKnowing")
  void strategyWithoutNowaitRefusesIt(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = mixed(bench);
    assertThatThrownBy(() -> file.read(request(bench, 0, 4_096)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining(setup.strategy().name() + " knows no NOWAIT");
    assertThatThrownBy(() -> file.write(request(bench, 0, 4_096)))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> file.readBuffered(request(bench, 0, 4_096)))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @MethodSource("knowing")
  void directReadGoesOnUnlessItsPagesAreDirty(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = mixed(bench);
    assertThat(file.read(request(bench, 0, 98_304))).isEqualTo(98_304);
    bench.writeBuffered(file, 5_000, Bench.data(2, 10));
    assertThat(file.read(request(bench, 4_096, 4_096))).isEqualTo(DioFile.WOULD_BLOCK);
    assertThat(file.read(request(bench, 8_192, 4_096))).isEqualTo(4_096);
    file.fsync();
    assertThat(file.read(request(bench, 4_096, 4_096))).isEqualTo(4_096);
  }

  @ParameterizedTest
  @MethodSource("knowing")
  void directWriteOnlyOverwrites(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = mixed(bench);
    byte[] before = bench.readAll(file);
    assertThat(file.write(request(bench, 32_768, 4_096))).isEqualTo(DioFile.WOULD_BLOCK);
    assertThat(file.write(request(bench, 28_672, 8_192))).isEqualTo(DioFile.WOULD_BLOCK);
    assertThat(file.write(request(bench, 65_536, 4_096))).isEqualTo(DioFile.WOULD_BLOCK);
    assertThat(file.write(request(bench, 98_304, 4_096))).isEqualTo(DioFile.WOULD_BLOCK);
    assertThat(bench.readAll(file)).isEqualTo(before);

    assertThat(file.write(request(bench, 4_096, 8_192))).isEqualTo(8_192);
    assertThat(bench.read(file, 4_096, 8_192)).isEqualTo(Bench.data(9, 8_192));
  }

  @ParameterizedTest
  @MethodSource("knowing")
  void directWriteDoesNotWaitForDirtyPages(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = mixed(bench);
    bench.writeBuffered(file, 5_000, Bench.data(2, 10));
    assertThat(file.write(request(bench, 4_096, 4_096))).isEqualTo(DioFile.WOULD_BLOCK);
    file.fsync();
    boolean refusesAnyPage = setup.strategy().name().equals("overwrite-nolock");
    int answer = refusesAnyPage ? DioFile.WOULD_BLOCK : 4_096;
    assertThat(file.write(request(bench, 4_096, 4_096))).isEqualTo(answer);
    if (!refusesAnyPage) {
      assertThat(bench.readBuffered(file, 4_096, 4_096)).isEqualTo(Bench.data(9, 4_096));
    }
  }

  @ParameterizedTest
  @MethodSource("knowing")
  void writeThatEndsInTheLastBlockStillExtends(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 512));
    assertThat(file.write(request(bench, 512, 512))).isEqualTo(DioFile.WOULD_BLOCK);
    assertThat(bench.readAll(file)).isEqualTo(Bench.data(1, 512));
  }

  @ParameterizedTest
  @MethodSource("knowing")
  void bufferedReadStopsAtTheFirstPageThatIsNotCached(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = mixed(bench);
    assertThat(file.readBuffered(request(bench, 100, 10_000))).isEqualTo(DioFile.WOULD_BLOCK);
    bench.readBuffered(file, 0, 4_096);
    assertThat(file.readBuffered(request(bench, 100, 3_000))).isEqualTo(3_000);
    int done = file.readBuffered(request(bench, 100, 98_000));
    assertThat(done).isBetween(3_996, 97_999);
    assertThat((100 + done) % 4_096).isZero();
    assertThat(file.readBuffered(request(bench, 98_304, 10))).isZero();
  }

  @ParameterizedTest
  @MethodSource("knowing")
  void bufferedWriteIsRefused(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = mixed(bench);
    assertThatThrownBy(() -> file.writeBuffered(request(bench, 0, 10)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("NOWAIT");
  }
}
