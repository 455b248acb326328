package dev.diolab.benchmarks.verify.history;

import static dev.diolab.benchmarks.verify.script.OpKind.FALLOCATE;
import static dev.diolab.benchmarks.verify.script.OpKind.FSYNC;
import static dev.diolab.benchmarks.verify.script.OpKind.READ;
import static dev.diolab.benchmarks.verify.script.OpKind.TRUNCATE;
import static dev.diolab.benchmarks.verify.script.OpKind.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the oracle demands of a file that was cut or made longer by truncate. */
class TruncatedFileTest {
  private static final int NOW = 1000;

  @Test
  void growthByTruncateThatAnFsyncMadeDurableMustSurvive() {
    FileOracle oracle =
        new FileOracle(
            new Histories()
                .add(WRITE, 0, 1024, -4, -3)
                .add(TRUNCATE, 4096, 0, 1, 2)
                .add(FSYNC, 0, 0, 3, 4)
                .get(),
            0);

    assertThat(oracle.check(NOW, 1024, Histories.words(1, 0, 2)))
        .extracting(Violation::claim)
        .containsExactly(Claim.G3);
  }

  @Test
  void growthByTruncateMayBeLostToASmallerTruncate() {
    FileOracle oracle =
        new FileOracle(
            new Histories()
                .add(WRITE, 0, 1024, -4, -3)
                .add(TRUNCATE, 4096, 0, 1, 2)
                .add(FSYNC, 0, 0, 3, 4)
                .add(TRUNCATE, 1024, 0, 5, Event.NEVER)
                .get(),
            0);

    assertThat(oracle.check(NOW, 1024, Histories.words(1, 0, 2))).isEmpty();
  }

  @Test
  void dataThatWasCutOffMustNotComeBackWithANewerSize() {
    FileOracle oracle =
        new FileOracle(
            new Histories()
                .add(WRITE, 0, 1024, -4, -3)
                .add(TRUNCATE, 512, 0, 1, 2)
                .add(FALLOCATE, 0, 4096, 3, 4)
                .get(),
            0);
    long[] words = Arrays.copyOf(Histories.words(1, 0, 2), 8);

    assertThat(oracle.check(NOW, 4096, words)).extracting(Violation::claim).contains(Claim.G1);

    words[1] = Words.ZERO;
    assertThat(oracle.check(NOW, 4096, words)).isEmpty();
  }

  @Test
  void dataThatWasCutOffIsThereWhenTheSizeMayBeTheOldOne() {
    FileOracle oracle =
        new FileOracle(
            new Histories()
                .add(WRITE, 0, 1024, -4, -3)
                .add(TRUNCATE, 512, 0, 1, 2)
                .add(FALLOCATE, 0, 1024, 3, 4)
                .get(),
            0);

    assertThat(oracle.check(NOW, 1024, Histories.words(1, 0, 2))).isEmpty();
  }

  @Test
  void onlyWhatHadAnEffectAfterTheSetupCountsAsPromised() {
    FileOracle oracle =
        new FileOracle(
            new Histories()
                .add(WRITE, 0, 1024, -4, -3)
                .add(READ, 0, 1024, 1, 2)
                .add(FSYNC, 0, 0, 3, 4)
                .get(),
            0);

    assertThat(oracle.check(NOW, 1024, Histories.words(1, 0, 2))).isEmpty();
    assertThat(oracle.tested(Claim.G3)).isFalse();
  }
}
