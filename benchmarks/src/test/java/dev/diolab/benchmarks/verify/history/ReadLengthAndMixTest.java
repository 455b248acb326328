package dev.diolab.benchmarks.verify.history;

import static dev.diolab.benchmarks.verify.script.OpKind.FALLOCATE;
import static dev.diolab.benchmarks.verify.script.OpKind.TRUNCATE;
import static dev.diolab.benchmarks.verify.script.OpKind.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Reads that are too short, and reads that see two writes at the same time. */
class ReadLengthAndMixTest {
  private static final long FIRST = Words.of(1, 0, 0);
  private static final long SECOND = Words.of(1, 0, 1);

  private static Iterable<Violation> check(Histories histories) {
    return new ReadOracle(histories.get(), 0).check();
  }

  @Test
  void readThatEndsBeforeACompletedWriteIsStale() {
    assertThat(check(new Histories().add(WRITE, 0, 1024, 1, 2).addRead(0, 1024, 3, 4, FIRST)))
        .extracting(Violation::claim)
        .containsExactly(Claim.G4);
    assertThat(check(new Histories().add(WRITE, 0, 1024, 1, 2).addRead(0, 1024, 3, 4)))
        .extracting(Violation::claim)
        .containsExactly(Claim.G4);
  }

  @Test
  void readThatEndsBeforeWhatAFallocateReachedSawTheSizeShrink() {
    assertThat(check(new Histories().add(FALLOCATE, 0, 4096, 1, 2).addRead(0, 1024, 3, 4)))
        .extracting(Violation::claim)
        .containsExactly(Claim.G6);
  }

  @Test
  void shortReadIsRightAtTheEndOfAFileThatIsOrMayBeCut() {
    assertThat(
            check(
                new Histories()
                    .add(WRITE, 0, 1024, 1, 2)
                    .addRead(0, 4096, 3, 4, FIRST, SECOND)
                    .addRead(4096, 4096, 5, 6)
                    .add(TRUNCATE, 512, 0, 7, 8)
                    .addRead(0, 1024, 7, 9, FIRST)
                    .addRead(0, 1024, 10, 11, FIRST)))
        .isEmpty();
  }

  @Test
  void readMustNotSeeTwoWritesAtTheSameTimeMixed() {
    assertThat(
            check(
                new Histories()
                    .add(WRITE, 0, 1024, 1, 4)
                    .add(WRITE, 0, 1024, 2, 3)
                    .addRead(0, 1024, 5, 6, FIRST, Words.of(2, 0, 1))))
        .extracting(Violation::claim)
        .contains(Claim.G7);
  }

  @Test
  void readMaySeeTwoWritesThatShareOnlyAPart() {
    assertThat(
            check(
                new Histories()
                    .add(WRITE, 0, 1024, 1, 4)
                    .add(WRITE, 512, 1024, 2, 3)
                    .addRead(0, 1536, 5, 6, FIRST, Words.of(2, 0, 1), Words.of(2, 0, 2))))
        .isEmpty();
  }
}
