package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.Placeholders;
import dev.diolab.strategies.old.OldVariant;
import dev.diolab.strategies.old.OldVariants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each old variant lets happen what the strategy that it is made of does not. */
class OldVariantsTest {
  private static final int BLOCK = FakeInode.BLOCK;
  private static final int CAP = PlaceholderStrategy.DIO_PAGES * Placeholders.PAGE_SIZE;

  private final FakeInode inode = new FakeInode(256 * BLOCK);

  @Test
  void theyHaveNamesOfTheirOwnAndStandInNoListOfStrategies() {
    assertThat(OldVariants.all()).extracting(OldVariant::name).doesNotHaveDuplicates();
    for (OldVariant variant : OldVariants.all()) {
      assertThat(OldVariants.byName(variant.name())).isSameAs(variant);
      assertThat(Strategies.all()).extracting(DioStrategy::name).doesNotContain(variant.name());
      assertThat(Strategies.variants())
          .extracting(DioStrategy::name)
          .doesNotContain(variant.name());
    }
    assertThatThrownBy(() -> OldVariants.byName("placeholder"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("placeholder-uncapped");
  }

  @Test
  void theyDeclareWhatTheyBreak() {
    for (OldVariant variant : OldVariants.all()) {
      assertThat(variant.broken()).isNotEmpty();
      assertThat(variant.strategy().guarantees()).containsAll(variant.broken());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "overwrite-nolock-uncounted, OVERWRITE_0, TRUNCATE",
    "overwrite-nolock-uncounted, OVERWRITE_0, PUNCH_0",
    "iomap-endio-shared-unwritten, UNWRITTEN_0, READ_0",
    "iomap-endio-unlocked-fallocate, EXTENDING, FALLOCATE",
    "iomap-endio-unlocked-fallocate, READ_0, FALLOCATE"
  })
  void theSecondShouldHaveWaited(String name, Operation first, Operation second) {
    InodeLocking locking = attach(name);
    Grant grant = first.start(inode, locking);
    Contender.start(() -> second.run(inode, locking)).awaitEnd();
    first.finish(grant);
  }

  @Test
  void earlyDrainDoesNotWaitForAReadThatSawTheOldSize() {
    InodeLocking locking = attach("overwrite-nolock-early-drain");
    Grant truncate = locking.truncate(0);
    Grant read = Operation.READ_0.start(inode, locking);
    Contender.start(() -> Moments.beforeMap(truncate, 0, inode.size())).awaitEnd();
    Operation.READ_0.finish(read);
    truncate.close();
  }

  @Test
  void earlyDrainWaitsForAReadThatWasThereBefore() {
    InodeLocking locking = attach("overwrite-nolock-early-drain");
    Grant read = Operation.READ_0.start(inode, locking);
    Contender truncate =
        Contender.startAndAwaitWaiting(() -> Operation.TRUNCATE.run(inode, locking));
    Operation.READ_0.finish(read);
    truncate.awaitEnd();
  }

  @Test
  void earlyCountLetsATruncateInBeforeTheConversion() {
    InodeLocking locking = attach("iomap-endio-early-count");
    Grant write = Operation.UNWRITTEN_0.start(inode, locking);
    write.ioDone();
    Contender.start(() -> Operation.TRUNCATE.run(inode, locking)).awaitEnd();
    write.close();
  }

  @Test
  void mutexBeforeUncountAndATruncateWaitForEachOther() {
    InodeLocking locking = attach("overwrite-nolock-mutex-before-uncount");
    Grant overwrite = Operation.OVERWRITE_0.start(inode, locking);
    Contender truncate =
        Contender.startAndAwaitWaiting(() -> Operation.TRUNCATE.run(inode, locking));
    Contender end = Contender.startAndAwaitWaiting(() -> Operation.OVERWRITE_0.finish(overwrite));
    assertThat(truncate.isWaiting()).isTrue();
    assertThat(end.isWaiting()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"overwrite-nolock-early-check", "iomap-endio-early-check"})
  void earlyCheckKeepsAnAnswerThatIsOverWhenTheLockIsHeld(String name) {
    InodeLocking locking = attach(name);
    Grant holder = Operation.BUFFERED_WRITE_1.start(inode, locking);
    FakeIo io = Operation.OVERWRITE_0.io(inode);
    Grant[] write = new Grant[1];
    Contender writer =
        Contender.startAndAwaitWaiting(
            () -> write[0] = Moments.mapAll(locking.directWrite(io), io));
    io.setOverwrite(false);
    Operation.BUFFERED_WRITE_1.finish(holder);
    writer.awaitEnd();
    Contender.start(() -> Operation.READ_1.run(inode, locking)).awaitEnd();
    assertThat(write[0].holdsDataSem()).isEqualTo(name.startsWith("overwrite"));
    Operation.OVERWRITE_0.finish(write[0]);
  }

  @Test
  void uncappedClaimsPagesThatItsUserBufferHasStillToFault() {
    InodeLocking locking = attach("placeholder-uncapped");
    inode.pages().setMapped(true);
    Grant write = locking.directWrite(FakeIo.written(inode, 0, 66 * BLOCK));
    assertThat(Moments.beforeMap(write, 0, 66 * BLOCK)).isEqualTo(66L * BLOCK);
    assertThat(inode.pages().placeholders().isClaimed(65L * BLOCK, 1)).isTrue();
    write.close();
  }

  @Test
  void cappedHoldsTheFirstStepWhileTheSecondBatchIsFaulted() {
    InodeLocking locking = attach("placeholder-capped");
    inode.pages().setMapped(true);
    FakeIo io = FakeIo.written(inode, CAP, 2 * CAP);
    Grant write = locking.directWrite(io);
    assertThat(Moments.beforeMap(write, CAP, 2 * CAP)).isEqualTo(CAP);
    Contender fault = Contender.startAndAwaitWaiting(() -> faultPageAt(locking, CAP));
    write.close();
    fault.awaitEnd();
    assertThat(OldVariants.byName("placeholder-capped").strategy().rules().pinsFirst()).isFalse();
    assertThat(Strategies.byName("placeholder").rules().pinsFirst()).isTrue();
  }

  @Test
  void untrimmedMapsBehindItsClaim() {
    InodeLocking locking = attach("placeholder-untrimmed");
    inode.pages().setCached(true);
    Grant write = locking.directWrite(FakeIo.written(inode, 0, 2 * CAP));
    assertThat(Moments.beforeMap(write, 0, 2 * CAP)).isEqualTo(2L * CAP);
    assertThat(inode.pages().placeholders().isClaimed(CAP, 1)).isFalse();
    write.close();
  }

  private void faultPageAt(InodeLocking locking, long offset) {
    Grant fault = locking.pageFault(offset);
    Placeholders.Claim page = new Placeholders.Claim();
    inode.pages().placeholders().acquire(page, offset, BLOCK);
    inode.pages().placeholders().release(page);
    fault.close();
  }

  private InodeLocking attach(String name) {
    return OldVariants.byName(name).strategy().attach(inode);
  }
}
