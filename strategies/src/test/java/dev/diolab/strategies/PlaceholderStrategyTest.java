package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.Placeholders;
import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderStrategyTest {
  private static final int BLOCK = FakeInode.BLOCK;
  private static final int CAP = PlaceholderStrategy.DIO_PAGES * Placeholders.PAGE_SIZE;

  private final FakeInode inode = new FakeInode(256 * BLOCK);
  private final Placeholders pageLocks = inode.pages().placeholders();
  private final InodeLocking locking = new PlaceholderStrategy().attach(inode);

  @Test
  void requestsThatShareAPageExcludeEachOtherThoughTheirBytesDoNotOverlap() {
    Grant head = writeAll(FakeIo.written(inode, 0, 512));
    Contender tail =
        Contender.startAndAwaitWaiting(() -> writeAll(FakeIo.written(inode, 512, 512)).close());
    head.close();
    tail.awaitEnd();
  }

  @Test
  void aWriteInsideTheSizeTakesTheMutexOnceMoreAtItsEnd() {
    Grant inside = Operation.OVERWRITE_0.start(inode, locking);
    Grant extending = Operation.EXTENDING.start(inode, locking);
    Contender end = Contender.startAndAwaitWaiting(() -> Operation.OVERWRITE_0.finish(inside));
    Operation.EXTENDING.finish(extending);
    end.awaitEnd();
  }

  @Test
  void aWriteThatEndsAndWaitsForTheMutexHasGivenUpItsPages() {
    Grant inside = Operation.OVERWRITE_0.start(inode, locking);
    Grant extending = Operation.EXTENDING.start(inode, locking);
    Contender end = Contender.startAndAwaitWaiting(() -> Operation.OVERWRITE_0.finish(inside));
    Contender.start(() -> Operation.READ_0.run(inode, locking)).awaitEnd();
    Operation.EXTENDING.finish(extending);
    end.awaitEnd();
  }

  @Test
  void aWriteInsideTheSizeKeepsTheMutexUntilItsFirstClaimStands() {
    FakeIo io = FakeIo.written(inode, 0, BLOCK);
    Grant write = locking.directWrite(io);
    Contender truncate =
        Contender.startAndAwaitWaiting(() -> Operation.TRUNCATE.run(inode, locking));
    Moments.mapAll(write, io);
    truncate.awaitWaiting();
    Contender end = Contender.start(() -> Operation.OVERWRITE_0.finish(write));
    truncate.awaitEnd();
    end.awaitEnd();
  }

  @Test
  void aTruncateWaitsOnlyForPagesThatGoAway() {
    Grant stays = Operation.OVERWRITE_0.start(inode, locking);
    Grant goes = Operation.OVERWRITE_1.start(inode, locking);
    Contender truncate =
        Contender.startAndAwaitWaiting(
            () -> {
              Grant grant = locking.truncate(BLOCK);
              Moments.beforeMap(grant, BLOCK, inode.size() - BLOCK);
              grant.close();
            });
    Contender closing = Contender.start(() -> Operation.OVERWRITE_1.finish(goes));
    truncate.awaitEnd();
    closing.awaitEnd();
    Operation.OVERWRITE_0.finish(stays);
  }

  @Test
  void aTruncateIsNotHeldUpByReadsThatComeAfterIt() {
    Grant before = Operation.READ_0.start(inode, locking);
    Contender truncate =
        Contender.startAndAwaitWaiting(() -> Operation.TRUNCATE.run(inode, locking));
    Grant after = Operation.READ_1.start(inode, locking);
    Operation.READ_0.finish(before);
    truncate.awaitEnd();
    Operation.READ_1.finish(after);
  }

  @Test
  void aRequestKeepsItsGrantForOneInodeOnly() {
    FakeInode other = new FakeInode(256 * BLOCK);
    InodeLocking otherFile = new PlaceholderStrategy().attach(other);
    FakeIo io = FakeIo.written(inode, 0, BLOCK);
    locking.directRead(io).close();
    Grant inOtherFile = Moments.mapAll(otherFile.directRead(io), io);
    Contender.start(() -> Operation.READ_0.run(inode, locking)).awaitEnd();
    Contender sameFile =
        Contender.startAndAwaitWaiting(() -> Operation.READ_0.run(other, otherFile));
    inOtherFile.close();
    sameFile.awaitEnd();
  }

  @Test
  void aRequestClaimsAllItsPagesAtOnceWhenNothingIsCachedOrMapped() {
    FakeIo io = FakeIo.written(inode, 512, 200 * BLOCK);
    Grant read = locking.directRead(io);
    assertThat(pageLocks.isClaimed(0, 256L * BLOCK)).as("before it maps").isFalse();
    assertThat(Moments.beforeMap(read, io.offset(), io.bytes())).isEqualTo(io.bytes());
    assertThat(pageLocks.isClaimed(200L * BLOCK, 1)).isTrue();
    assertThat(pageLocks.isClaimed(201L * BLOCK, 1)).isFalse();
    read.close();
    assertThat(pageLocks.isClaimed(0, 256L * BLOCK)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRequestClaims64PagesAtATimeWhenPagesAreCachedOrTheFileIsMapped(boolean cached) {
    inode.pages().setCached(cached);
    inode.pages().setMapped(!cached);
    FakeIo io = FakeIo.written(inode, 512, 2 * CAP);
    Grant write = locking.directWrite(io);
    assertThat(Moments.beforeMap(write, 512, 2 * CAP)).isEqualTo(CAP - 512);
    assertThat(pageLocks.isClaimed(CAP, 1)).isFalse();
    assertThat(Moments.beforeMap(write, CAP, CAP + 512)).isEqualTo(CAP);
    assertThat(Moments.beforeMap(write, 2L * CAP, 512)).isEqualTo(512);
    assertThat(pageLocks.isClaimed(0, 1)).as("the first step is held to the end").isTrue();
    write.close();
    assertThat(pageLocks.isClaimed(0, 256L * BLOCK)).isFalse();
  }

  @Test
  void theSpanIsDecidedWhenTheRequestStarts() {
    FakeIo io = FakeIo.written(inode, 0, 2 * CAP);
    Grant read = locking.directRead(io);
    inode.pages().setMapped(true);
    assertThat(Moments.beforeMap(read, 0, 2 * CAP)).isEqualTo(2L * CAP);
    read.close();
  }

  @Test
  void aPieceThatEndsInsideAStepIsNotClaimedTwice() {
    FakeIo io = FakeIo.written(inode, 0, 4 * BLOCK);
    Grant read = locking.directRead(io);
    Moments.beforeMap(read, 0, 4 * BLOCK);
    assertThat(Moments.beforeMap(read, BLOCK, 3 * BLOCK)).isEqualTo(3L * BLOCK);
    read.close();
  }

  @Test
  void dirtyPagesAreWrittenOutBeforeTheClaimStands() {
    inode.pages().setDirty(BLOCK, 3 * BLOCK);
    Grant read = Moments.mapAll(locking.directRead(read4()), read4());
    assertThat(inode.pages().isDirty(0, 4 * BLOCK)).isFalse();
    assertThat(pageLocks.isClaimed(BLOCK, 1)).isTrue();
    read.close();
  }

  @Test
  void aClaimIsDroppedWhileItsDirtyPagesAreWrittenOutAndEarlierStepsAreKept() {
    inode.pages().setDirty(CAP, BLOCK);
    Placeholders.Claim writer = new Placeholders.Claim();
    FakeIo io = FakeIo.written(inode, 0, 2 * CAP);
    Grant read = locking.directRead(io);
    Moments.beforeMap(read, 0, 2 * CAP);
    pageLocks.acquire(writer, CAP, BLOCK);
    Contender second = Contender.startAndAwaitWaiting(() -> Moments.beforeMap(read, CAP, CAP));
    pageLocks.release(writer);
    second.awaitEnd();
    assertThat(inode.pages().isDirty(CAP, CAP)).isFalse();
    assertThat(pageLocks.isClaimed(0, 1)).isTrue();
    read.close();
  }

  @Test
  void aWriteOutThatFailsLeavesNothingHeld() {
    inode.pages().setDirty(0, BLOCK);
    inode.pages().setFailing(true);
    Grant write = locking.directWrite(read4());
    assertThatThrownBy(() -> write.beforeMap(0, 4 * BLOCK)).isInstanceOf(IOException.class);
    assertThat(pageLocks.isClaimed(0, 4 * BLOCK)).isFalse();
    write.close();
    Contender.start(() -> Operation.EXTENDING.run(inode, locking)).awaitEnd();
  }

  @Test
  void withoutPlaceholdersNothingIsClaimedAndTheMutexIsHeld() {
    InodeLocking without = Strategies.byName("placeholder-no-placeholders").attach(inode);
    Grant write = Operation.OVERWRITE_0.start(inode, without);
    assertThat(pageLocks.isClaimed(0, 1)).isFalse();
    Contender other =
        Contender.startAndAwaitWaiting(() -> Operation.OVERWRITE_1.run(inode, without));
    Operation.OVERWRITE_0.finish(write);
    other.awaitEnd();
  }

  @Test
  void withoutTheDropTwoWritesInsideTheSizeExcludeEachOther() {
    InodeLocking without = Strategies.byName("placeholder-no-drop").attach(inode);
    Grant write = Operation.OVERWRITE_0.start(inode, without);
    Contender other =
        Contender.startAndAwaitWaiting(() -> Operation.OVERWRITE_1.run(inode, without));
    Operation.OVERWRITE_0.finish(write);
    other.awaitEnd();
  }

  @Test
  void withoutCreateHolesGoThroughThePageCache() {
    assertThat(Strategies.byName("placeholder-no-create").rules().allocates()).isFalse();
    assertThat(Strategies.byName("placeholder").rules().allocates()).isTrue();
  }

  @Test
  void aRuleLeftOutCostsTheGuaranteesThatStoodOnIt() {
    assertThat(Strategies.byName("placeholder-no-create").guarantees())
        .doesNotContain(Guarantee.G7)
        .contains(Guarantee.G1);
    assertThat(Strategies.byName("placeholder-no-placeholders").guarantees())
        .doesNotContain(Guarantee.G1, Guarantee.G7)
        .contains(Guarantee.G8);
    assertThat(Strategies.byName("placeholder-no-drop").guarantees())
        .isEqualTo(Strategies.byName("placeholder").guarantees());
  }

  @Test
  void droppingTheMutexWithoutClaimsIsRefused() {
    assertThatThrownBy(
            () ->
                new PlaceholderStrategy(
                    "bare", "a test", "nothing", EnumSet.of(PlaceholderRule.DROP_I_MUTEX)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bare")
        .hasMessageContaining("PLACEHOLDERS");
  }

  private FakeIo read4() {
    return FakeIo.written(inode, 0, 4 * BLOCK);
  }

  private Grant writeAll(FakeIo io) {
    return Moments.mapAll(locking.directWrite(io), io);
  }
}
