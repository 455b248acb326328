package dev.diolab.benchmarks.verify.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.OpKind;
import dev.diolab.engine.format.Poison;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileOracleTest {
  private static final long NOW = 100;

  @Test
  void eitherOfTwoDurableWritesThatOverlapInTimeMayWin() {
    Event[] events = {write(OpKind.DSYNC_WRITE, 1, 1, 4), write(OpKind.DSYNC_WRITE, 2, 2, 5)};

    assertThat(broken(512, words(word(1)), events)).isEmpty();
    assertThat(broken(512, words(word(2)), events)).isEmpty();
  }

  @Test
  void whatADsyncWriteReplacedMustNotComeBack() {
    Event[] events = {write(OpKind.WRITE, 1, 1, 2), write(OpKind.DSYNC_WRITE, 2, 3, 4)};

    assertThat(broken(512, words(word(2)), events)).isEmpty();
    assertThat(broken(512, words(word(1)), events)).contains(Claim.G2).doesNotContain(Claim.G3);
  }

  @Test
  void aPlainWriteWithoutSyncMayGetLostUnlessPlainWritesAreDurable() {
    assertThat(broken(0, words(), write(OpKind.WRITE, 1, 1, 2))).containsOnly(Claim.G5);
  }

  @Test
  void whatEndedBeforeAnFsyncBeganMustSurviveIt() {
    Event write = write(OpKind.WRITE, 1, 1, 2);

    assertThat(broken(0, words(), write, sync(2, 3, 4))).contains(Claim.G3);
    assertThat(broken(0, words(), write, sync(2, 3, Event.NEVER))).doesNotContain(Claim.G3);
  }

  @Test
  void whatWasInFlightWhenAnFsyncBeganMayGetLost() {
    assertThat(broken(0, words(), write(OpKind.WRITE, 1, 1, 4), sync(2, 3, 5)))
        .doesNotContain(Claim.G3);
  }

  @Test
  void aTruncateInFlightMayHaveTakenDurableData() {
    Event[] events = {
      write(OpKind.DSYNC_WRITE, 1, 1, 2),
      new Event(2, 0, new Op(OpKind.TRUNCATE, 0, 0, 0), 3, Event.NEVER, null)
    };

    assertThat(broken(0, words(), events)).isEmpty();
    assertThat(broken(512, words(Words.ZERO), events)).isEmpty();
    assertThat(broken(512, words(word(1)), events)).isEmpty();
  }

  @Test
  void whatADurableTruncateCutMustNotComeBack() {
    Event[] events = {
      write(OpKind.WRITE, 1, 1, 2),
      new Event(2, 0, new Op(OpKind.TRUNCATE, 0, 0, 0), 3, 4, null),
      sync(3, 5, 6)
    };

    assertThat(broken(0, words(), events)).isEmpty();
    assertThat(broken(512, words(word(1)), events)).contains(Claim.G3);
  }

  @Test
  void onlyDataOfThisPlaceAndOfTheFileIsNotStale() {
    Event write = write(OpKind.WRITE, 1, 1, 2);

    assertThat(broken(512, words(Poison.WORD), write)).contains(Claim.G1);
    assertThat(broken(512, words(Words.MIXED), write)).contains(Claim.G1);
    assertThat(broken(512, words(Words.of(1, 1, 0)), write)).contains(Claim.G1);
    assertThat(broken(512, words(Words.of(1, 0, 1)), write)).contains(Claim.G1);
    assertThat(broken(512, words(word(1)), write)).isEmpty();
  }

  @Test
  void dataOfAWriteThatHadNotBegunCannotBeThere() {
    assertThat(broken(512, words(word(1)), write(OpKind.WRITE, 1, NOW + 1, NOW + 2)))
        .contains(Claim.G1);
  }

  @Test
  void aSizeThatNoOperationSetIsWrong() {
    assertThat(broken(1024, words(word(1), Words.ZERO), write(OpKind.WRITE, 1, 1, 2)))
        .containsOnly(Claim.G6);
  }

  @Test
  void theSizeDoesNotCoverBlocksOfAWriteThatAreNotConverted() {
    assertThat(broken(512, words(Words.ZERO), write(OpKind.WRITE, 1, 1, Event.NEVER)))
        .containsOnly(Claim.G6);
  }

  @Test
  void aClaimIsTestedOnceSomethingHasToSurvive() {
    FileOracle oracle =
        new FileOracle(new History(List.of(write(OpKind.DSYNC_WRITE, 1, 3, 5)), 0), 0);

    oracle.check(4, 0, words());
    assertThat(oracle.tested(Claim.G2)).isFalse();
    oracle.check(5, 512, words(word(1)));
    assertThat(oracle.tested(Claim.G2)).isTrue();
    assertThat(oracle.tested(Claim.G3)).isFalse();
  }

  @Test
  void whatTheSetupDidHasToSurvive() {
    FileOracle oracle = new FileOracle(new History(List.of(write(OpKind.WRITE, 1, -3, -2)), 0), 0);

    assertThat(oracle.check(NOW, 0, words())).extracting(Violation::claim).contains(Claim.G3);
  }

  private static List<Claim> broken(long size, long[] words, Event... events) {
    return new FileOracle(new History(List.of(events), 0), 0)
        .check(NOW, size, words).stream().map(Violation::claim).distinct().toList();
  }

  private static Event write(OpKind kind, int id, long begin, long end) {
    return new Event(id, 0, new Op(kind, 0, 0, 512), begin, end, null);
  }

  private static Event sync(int id, long begin, long end) {
    return new Event(id, 0, new Op(OpKind.FSYNC, 0, 0, 0), begin, end, null);
  }

  private static long word(int id) {
    return Words.of(id, 0, 0);
  }

  private static long[] words(long... words) {
    return words;
  }
}
