package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private static void truncate(DioFile file, long size) {
    try {
      file.truncate(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
