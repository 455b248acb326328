package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamPathTest {
  private static final int FILE_BYTES = 8 << 20;

  @ParameterizedTest
  @CsvSource({
    "WRITE_EXTENTS, i-mutex, 1",
    "WRITE_EXTENTS, i-mutex-split, 8",
    "WRITE_EXTENTS, iomap-endio, 1",
    "WRITE_EXTENTS, iomap-endio-split, 8",
    "WRITE_CHUNKS, placeholder, 1",
    "WRITE_CHUNKS, placeholder-split, 2",
    "READ_CHUNKS, placeholder, 1",
    "READ_CHUNKS, placeholder-split, 2"
  })
  void countsTheTransfersOfARequest(StreamPath.Kind kind, String strategy, double transfers)
      throws Exception {
    StreamPath path = StreamPath.inMemory(4096, FILE_BYTES, 7);

    StreamPath.Result result = path.measure(kind, strategy, "end-io", 2);

    assertThat(result.transfersPerRequest()).isEqualTo(transfers);
    assertThat(result.bytesPerSecond()).isPositive();
  }
}
