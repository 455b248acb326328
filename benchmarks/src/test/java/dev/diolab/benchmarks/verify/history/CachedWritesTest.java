package dev.diolab.benchmarks.verify.history;

import static dev.diolab.benchmarks.verify.script.OpKind.BUFFERED_DSYNC_WRITE;
import static dev.diolab.benchmarks.verify.script.OpKind.BUFFERED_WRITE;
import static dev.diolab.benchmarks.verify.script.OpKind.FSYNC;
import static dev.diolab.benchmarks.verify.script.OpKind.MMAP_STORE;
import static dev.diolab.benchmarks.verify.script.OpKind.PUNCH_HOLE;
import static dev.diolab.benchmarks.verify.script.OpKind.WRITE;
import static dev.diolab.benchmarks.verify.script.OpKind.ZERO_RANGE;
import static dev.diolab.benchmarks.verify.script.OpKind.ZERO_RANGE_KEEP_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.OpKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a file may hold after a crash when the page cache, punches and zeroed ranges took part. */
class CachedWritesTest {
  private static final int NOW = 1000;

  @Test
  void aBufferedWriteMayGetLostUntilAnFsync() {
    Histories written = new Histories().add(BUFFERED_WRITE, 0, 4096, 1, 2);

    assertThat(broken(written, 0)).isEmpty();
    assertThat(broken(written.add(FSYNC, 0, 0, 3, 4), 0)).containsOnly(Claim.G3);
  }

  @Test
  void aBufferedDsyncWriteSurvives() {
    Histories written = new Histories().add(BUFFERED_DSYNC_WRITE, 0, 512, 1, 2);

    assertThat(broken(written, 0)).containsOnly(Claim.G2);
    assertThat(broken(written, 512, Histories.words(1, 0, 1))).isEmpty();
  }

  @Test
  void theSizeMayBeTheEndOfAnyBlockOfAPageThatWasDirty() {
    Histories written = new Histories().add(BUFFERED_WRITE, 0, 10_240, 1, 2);

    assertThat(broken(written, 4096, Histories.words(1, 0, 8))).isEmpty();
    assertThat(broken(written, 8192, Histories.words(1, 0, 16))).isEmpty();
    assertThat(broken(written, 10_240, Histories.words(1, 0, 20))).isEmpty();
    assertThat(broken(written, 1024, Histories.words(1, 0, 2))).isEmpty();
    assertThat(broken(written, 512, Histories.words(1, 0, 1))).containsOnly(Claim.G6);
    assertThat(broken(written, 12_288, zeros(24))).containsOnly(Claim.G6);
  }

  @Test
  void theLastPageBeforeTheSizeHasBeenWrittenOut() {
    Histories written = new Histories().add(BUFFERED_WRITE, 0, 10_240, 1, 2);
    long[] firstPagesLater = concat(zeros(16), Histories.words(1, 16, 20));
    long[] lastPageLater = concat(Histories.words(1, 0, 16), zeros(4));

    assertThat(broken(written, 10_240, firstPagesLater)).isEmpty();
    assertThat(broken(written, 10_240, lastPageLater)).containsOnly(Claim.G6);
    assertThat(broken(written, 8192, zeros(16))).containsOnly(Claim.G6);
  }

  @Test
  void aSizeInsideADirectWriteIsWrongUnlessItMayFallBack() {
    Histories written = new Histories().add(WRITE, 0, 10_240, 1, Event.NEVER);
    long[] words = Histories.words(1, 0, 8);

    assertThat(broken(written, 4096, words)).containsOnly(Claim.G6);
    assertThat(
            new FileOracle(written.get(), 0, true)
                .check(NOW, 4096, words).stream().map(Violation::claim))
        .isEmpty();
  }

  @Test
  void aStoreIsDurableByFsyncAndMovesNoSize() {
    Histories stored =
        new Histories()
            .add(WRITE, 0, 1024, -4, -3)
            .add(MMAP_STORE, 512, 512, 1, 2)
            .add(FSYNC, 0, 0, 3, 4);
    long[] old = Histories.words(1, 0, 2);

    assertThat(broken(stored, 1024, old)).containsOnly(Claim.G3);
    assertThat(broken(stored, 1024, old[0], Words.of(2, 0, 1))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"PUNCH_HOLE", "ZERO_RANGE", "ZERO_RANGE_KEEP_SIZE"})
  void whatADurablePunchTookMustNotComeBack(OpKind kind) {
    Histories punched =
        new Histories()
            .add(WRITE, 0, 2048, -4, -3)
            .add(kind, 512, 1024, 1, 2)
            .add(FSYNC, 0, 0, 3, 4);
    long[] old = Histories.words(1, 0, 4);

    assertThat(broken(punched, 2048, old)).containsOnly(Claim.G3);
    assertThat(broken(punched, 2048, old[0], 0, 0, old[3])).isEmpty();
    assertThat(broken(punched, 2048, old[0], 0, 0, 0)).as("behind the range").isNotEmpty();
  }

  @Test
  void aPunchThatIsNotDurableMayBeThereInPart() {
    Histories punched =
        new Histories().add(WRITE, 0, 2048, -4, -3).add(PUNCH_HOLE, 512, 1024, 1, Event.NEVER);
    long[] old = Histories.words(1, 0, 4);

    assertThat(broken(punched, 2048, old)).isEmpty();
    assertThat(broken(punched, 2048, old[0], old[1], 0, old[3])).isEmpty();
  }

  @Test
  void onlyAZeroedRangeThatDoesNotKeepTheSizeMovesIt() {
    Histories grown = new Histories().add(ZERO_RANGE, 0, 2048, 1, 2).add(FSYNC, 0, 0, 3, 4);
    Histories kept =
        new Histories().add(ZERO_RANGE_KEEP_SIZE, 0, 2048, 1, 2).add(FSYNC, 0, 0, 3, 4);

    assertThat(broken(grown, 0)).containsOnly(Claim.G3);
    assertThat(broken(grown, 2048, zeros(4))).isEmpty();
    assertThat(broken(kept, 0)).isEmpty();
    assertThat(broken(kept, 2048, zeros(4))).containsOnly(Claim.G6);
  }

  @Test
  void aDirectWriteBesideAStoreIntoItsPagePromisesNothingThere() {
    Histories beside =
        new Histories()
            .add(WRITE, 0, 8192, -4, -3)
            .add(MMAP_STORE, 0, 512, 1, 4)
            .add(WRITE, 0, 8192, 2, 3)
            .add(FSYNC, 0, 0, 5, 6);
    long[] stored = {Words.of(2, 0, 0)};
    long[] firstPageOld =
        concat(stored, concat(Histories.words(1, 1, 8), Histories.words(3, 8, 16)));
    long[] secondPageOld =
        concat(stored, concat(Histories.words(3, 1, 8), Histories.words(1, 8, 16)));

    assertThat(broken(beside, 8192, firstPageOld)).isEmpty();
    assertThat(broken(beside, 8192, secondPageOld)).contains(Claim.G3);
  }

  @Test
  void plainDirectWritesAreDurableOnlyWhileNothingWentThroughThePageCache() {
    Histories direct = new Histories().add(WRITE, 0, 512, 1, 2);
    assertThat(broken(direct, 0)).containsOnly(Claim.G5);

    Histories mixed = new Histories().add(BUFFERED_WRITE, 0, 4096, 1, 2).add(WRITE, 0, 512, 3, 4);
    assertThat(broken(mixed, 0)).isEmpty();
  }

  @Test
  void bufferedReadsAreHeldToWhatWasWrittenButNotToBeAtomic() {
    Histories read = new Histories().add(WRITE, 0, 1024, 1, 2).add(WRITE, 0, 1024, 3, 9);
    long mixed = Words.of(2, 0, 0);
    List<Event> events =
        List.of(
            read.get().events().get(0),
            read.get().events().get(1),
            new Event(
                3,
                1,
                new Op(OpKind.BUFFERED_READ, 0, 0, 1024),
                5,
                6,
                new long[] {mixed, Words.of(1, 0, 1)}),
            new Event(
                4,
                1,
                new Op(OpKind.BUFFERED_READ, 0, 0, 1024),
                10,
                11,
                new long[] {mixed, Words.of(1, 0, 1)}));

    assertThat(new ReadOracle(new History(events.subList(0, 3), 0), 0).check()).isEmpty();
    assertThat(new ReadOracle(new History(events, 0), 0).check())
        .extracting(Violation::claim)
        .containsOnly(Claim.G4);
  }

  private static List<Claim> broken(Histories histories, long size, long... words) {
    return new FileOracle(histories.get(), 0)
        .check(NOW, size, words).stream().map(Violation::claim).distinct().toList();
  }

  private static long[] zeros(int sectors) {
    return new long[sectors];
  }

  private static long[] concat(long[] first, long[] second) {
    return LongStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }
}
