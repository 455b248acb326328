package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.FileMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads through the page cache and through mappings, and a truncate that comes in between. */
class BufferedTruncateTest extends ContractTest {
  private static final int PAGE = 4096;

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#all")
  void bufferedReadReturnsNoZerosForWhatIsCutOffMeanwhile(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    int kept = 64 * PAGE;
    bench.write(file, 0, Bench.data(1, kept + PAGE));
    AtomicBoolean cut = new AtomicBoolean();
    bench
        .device()
        .failReads(
            offset -> {
              if (!bench.isInJournal(offset) && !cut.getAndSet(true)) {
                truncate(file, kept);
              }
              return false;
            });
    byte[] seen = bench.readBuffered(file, 0, kept + PAGE);
    assertThat(cut).isTrue();
    assertThat(seen).isEqualTo(Bench.data(1, kept));
  }

  @Test
  void loadOfAPageThatIsCutOffWhileItWaitsForThePageFails() throws IOException {
    Bench bench =
        open(
            new Setup(
                Strategies.byName("i-mutex"),
                Policies.byName("end-io"),
                PAGE,
                Setup.Medium.MEMORY));
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 2 * PAGE));
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    bench
        .device()
        .failReads(
            offset -> {
              reading.countDown();
              await(released);
              return false;
            });
    Contender reader = Contender.start(() -> readPage(bench, file));
    await(reading);
    try (FileMapping mapping = file.mmap(0, 2L * PAGE)) {
      Contender loader =
          Contender.startAndAwaitWaiting(
              () ->
                  assertThatThrownBy(
                          () -> mapping.load(PAGE, MemorySegment.ofArray(new byte[1]), 0, 1))
                      .hasMessageContaining("SIGBUS"));
      Contender truncating = Contender.start(() -> truncate(file, PAGE));
      Contender.await(() -> file.size() == PAGE);
      released.countDown();
      loader.awaitEnd();
      reader.awaitEnd();
      truncating.awaitEnd();
    }
    assertThat(file.size()).isEqualTo(PAGE);
  }

  private static void readPage(Bench bench, DioFile file) {
    try {
      bench.readBuffered(file, PAGE, PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void truncate(DioFile file, long size) {
    try {
      file.truncate(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
