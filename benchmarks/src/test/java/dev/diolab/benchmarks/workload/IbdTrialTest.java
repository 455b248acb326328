package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.RoundResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IbdTrialTest {
  private static final long FILE_BYTES = 12L << 20;

  /** What the doublewrite file leaves, the first eighth of it in use from the start. */
  private static final long NEW_PAGES =
      4 * ((FILE_BYTES - Doublewrite.BYTES) / 4 / Tablespace.PAGE_BYTES * 7 / 8);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i-mutex          | end-io            | fallocate           | 4",
        "i-mutex          | buffered-fallback | fallocate           | 2",
        "placeholder      | end-io            | fallocate and zeros | 4",
        "overwrite-nolock | sync-commit       | fallocate           | 1",
        "iomap-endio      | workqueue         | fallocate           | 4",
        "iomap-endio      | end-io            | fallocate and zeros | 8",
        "no-lock          | end-io            | fallocate           | 4"
      })
  void flushesBatchesUntilTheTablespacesAreFull(
      String strategy, String policy, String variant, int flushers) throws Exception {
    ForkSettings settings = PassTests.settings(directory, FILE_BYTES);
    Map<String, RoundResult> results;
    try (IbdTrial trial = IbdTrial.open(settings, strategy, policy, variant, flushers + 1)) {
      results = PassTests.run(trial, flushers + 1);
    }

    RoundResult writes = PassTests.part(results, settings, "page write");
    RoundResult reads = PassTests.part(results, settings, "page read");
    RoundResult copies = PassTests.part(results, settings, "doublewrite");
    RoundResult extensions = PassTests.part(results, settings, "extend");
    assertThat(writes.operations())
        .as("four of five writes are overwrites")
        .isBetween(NEW_PAGES * 4, NEW_PAGES * 6);
    assertThat((double) reads.operations() / writes.operations()).isBetween(2.2, 2.4);
    assertThat(copies.bytes()).isEqualTo(writes.bytes());
    assertThat(PassTests.syncs(settings, "doublewrite")).isEqualTo(copies.operations());
    assertThat(PassTests.syncs(settings, "page write"))
        .as("every tablespace that a batch touches")
        .isBetween(copies.operations(), 4 * copies.operations());
    assertThat(extensions.bytes()).isEqualTo(NEW_PAGES * Tablespace.PAGE_BYTES);
    assertThat(extensions.operations()).as("by 1 MiB").isEqualTo(4 * 3);
    assertThat(writes.checkedBytes()).isEqualTo(FILE_BYTES);
  }

  @Test
  void failsWhenAWriteIsLost() throws Exception {
    LosingDevice device =
        new LosingDevice(VolumeShape.deviceBytes(FILE_BYTES), Tablespace.PAGE_BYTES);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    ForkSettings settings = PassTests.settings(directory, FILE_BYTES);
    try (IbdTrial trial = IbdTrial.open(settings, volume, "fallocate", 3)) {
      trial.startPass(true);
      device.loseAll();

      // A flusher that reads such a page before the end finds it first.
      assertThatThrownBy(
              () -> {
                Workers.run(3, trial::work);
                trial.endPass(true);
              })
          .hasStackTraceContaining("AssertionError")
          .hasStackTraceContaining("wrong content at offset");
    }
  }

  @Test
  void letsAllEndWhenOneFails() {
    FlushRounds rounds = new FlushRounds(2);
    rounds.fail();

    assertThat(rounds.meet()).isFalse();
    assertThat(rounds.take()).isNull();
    assertThat(rounds.offer(new FlushBatch(List.of(), List.of()))).isFalse();
  }

  @Test
  void knowsAllVariantsOfTheWorkload() {
    assertThat(Workload.IBD_GROW.variants())
        .containsExactlyElementsOf(
            Arrays.stream(IbdVariant.values()).map(IbdVariant::label).toList())
        .allSatisfy(variant -> assertThat(IbdVariant.parse(variant).label()).isEqualTo(variant));
  }
}
