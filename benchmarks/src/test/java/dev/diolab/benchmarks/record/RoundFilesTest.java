package dev.diolab.benchmarks.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.run.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundFilesTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final RoundResult RESULT =
      new RoundResult(2, 8192, 1.5, 0.25, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11L);

  @TempDir private Path directory;

  @Test
  void bringsBackWhatWasWritten() throws IOException {
    PhaseRecorder recorder = new PhaseRecorder();
    recorder.recordMapping(1000);
    recorder.recordMapping(2000);
    recorder.recordSync(3000);
    Path base = directory.resolve("cell_r1");

    RoundFiles.write(base, RESULT, recorder, START, START.plusSeconds(2));
    RoundFiles.Round round = RoundFiles.read(base);

    assertThat(round.result()).isEqualTo(RESULT);
    assertThat(round.start()).isEqualTo(START);
    assertThat(round.end()).isEqualTo(START.plusSeconds(2));
    assertThat(round.histograms().all(Phase.TOTAL)).isEqualTo(recorder.of(Phase.TOTAL));
    assertThat(round.histograms().all(Phase.SYNC)).isEqualTo(recorder.of(Phase.SYNC));
  }

  @Test
  void leavesOutSyncWhereThereIsNone() throws IOException {
    PhaseRecorder recorder = new PhaseRecorder();
    recorder.recordMapping(1000);
    Path base = directory.resolve("cell_r1");

    RoundFiles.write(base, RESULT, recorder, START, START.plusSeconds(2));

    assertThat(RoundFiles.read(base).histograms().rounds(Phase.SYNC)).isEmpty();
  }

  @Test
  void isNotThereUntilItIsComplete() throws IOException {
    Path base = directory.resolve("cell_r1");
    Files.writeString(directory.resolve("cell_r1.hlog"), "");

    assertThat(RoundFiles.exist(base)).isFalse();
  }
}
