package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.FileMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Direct requests whose user buffer maps the file they transfer to or from, with no page cached
 * before (Linus's deadlock, and what the 64-page cap leaves of it).
 */
class MappedUserBufferTest extends ContractTest {
  private static final int PAGE = 4096;

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#all")
  void aWriteOfPagesThatItsOwnBufferMapsEnds(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    byte[] before = Bench.data(1, 200 * PAGE);
    bench.write(file, 0, before);
    try (FileMapping mapping = file.mmap(0, 128L * PAGE)) {
      DioRequest request = new DioRequest(mapping);
      Contender.start(
              () ->
                  assertThat(write(file, request.prepare(0, 64L * PAGE, 128 * PAGE, false)))
                      .isEqualTo(128 * PAGE))
          .awaitEnd();
    }
    assertThat(bench.read(file, 64L * PAGE, PAGE)).isEqualTo(page(before, 0));
    assertThat(bench.read(file, 191L * PAGE, PAGE)).isEqualTo(page(before, 127));
    assertThat(bench.read(file, 0, PAGE)).isEqualTo(page(before, 0));
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#all")
  void twoRequestsWhoseBuffersMapEachOthersPagesEnd(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 256 * PAGE));
    try (FileMapping low = file.mmap(0, 128L * PAGE);
        FileMapping high = file.mmap(128L * PAGE, 128L * PAGE)) {
      DioRequest toHigh = new DioRequest(low).prepare(0, 128L * PAGE, 128 * PAGE, false);
      DioRequest toLow = new DioRequest(high).prepare(0, 0, 128 * PAGE, false);
      Contender first = Contender.start(() -> write(file, toHigh));
      Contender second = Contender.start(() -> write(file, toLow));
      first.awaitEnd();
      second.awaitEnd();
    }
    assertThat(file.size()).isEqualTo(256L * PAGE);
  }

  static Stream<Setup> knowingNowait() {
    return Setup.all().filter(setup -> setup.strategy().rules().knowsNowait());
  }

  @ParameterizedTest
  @MethodSource("knowingNowait")
  void aNowaitReadIntoAHoleThatItsBufferMapsEnds(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4 * PAGE));
    file.truncate(8L * PAGE);
    try (FileMapping mapping = file.mmap(4L * PAGE, 4L * PAGE)) {
      DioRequest request = new DioRequest(mapping).prepare(0, 0, 4 * PAGE, false).nowait();
      Contender.start(() -> assertThat(read(file, request)).isEqualTo(4 * PAGE)).awaitEnd();
    }
    assertThat(bench.read(file, 4L * PAGE, 4 * PAGE)).isEqualTo(Bench.data(1, 4 * PAGE));
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#all")
  void aReadIntoAPageThatIsPunchedMeanwhileIsKeptOrPunchedAsAWhole(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile source = bench.volume().create();
    bench.write(source, 0, Bench.data(1, PAGE));
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(2, PAGE));
    AtomicBoolean punched = new AtomicBoolean();
    try (FileMapping mapping = file.mmap(0, PAGE)) {
      long data = physical(bench, source);
      bench
          .device()
          .failReads(
              offset -> {
                if (offset == data && !punched.getAndSet(true)) {
                  punch(file, 1_024, 1_024);
                }
                return false;
              });
      assertThat(source.read(new DioRequest(mapping).prepare(0, 0, PAGE, false))).isEqualTo(PAGE);
    }
    assertThat(punched).isTrue();
    byte[] cached = bench.readBuffered(file, 0, PAGE);
    assertThat(cached).isEqualTo(Bench.data(1, PAGE));
    assertThat(bench.read(file, 0, PAGE)).isEqualTo(cached);
  }

  private static long physical(Bench bench, DioFile file) throws IOException {
    Mapping mapping = new Mapping();
    file.map(0, 1, mapping);
    return mapping.physical() * bench.blockSize();
  }

  private static void punch(DioFile file, long offset, long bytes) {
    try {
      file.punchHole(offset, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int read(DioFile file, DioRequest request) {
    try {
      return file.read(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int write(DioFile file, DioRequest request) {
    try {
      return file.write(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] page(byte[] data, int index) {
    return Arrays.copyOfRange(data, index * PAGE, (index + 1) * PAGE);
  }
}
