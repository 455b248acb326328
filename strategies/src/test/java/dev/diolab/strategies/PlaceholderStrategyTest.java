package dev.diolab.strategies;

import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import org.junit.jupiter.api.Test;

class PlaceholderStrategyTest {
  private static final int BLOCK = FakeInode.BLOCK;

  private final FakeInode inode = new FakeInode(64 * BLOCK);
  private final InodeLocking locking = new PlaceholderStrategy().attach(inode);

  @Test
  void requestsThatShareAPageExcludeEachOtherThoughTheirBytesDoNotOverlap() {
    Grant head = locking.directWrite(FakeIo.written(inode, 0, 512));
    Contender tail =
        Contender.startAndAwaitWaiting(
            () -> locking.directWrite(FakeIo.written(inode, 512, 512)).close());
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
    InodeLocking otherFile = new PlaceholderStrategy().attach(inode);
    FakeIo io = FakeIo.written(inode, 0, BLOCK);
    locking.directRead(io).close();
    Grant inOtherFile = otherFile.directRead(io);
    Contender.start(() -> Operation.READ_0.run(inode, locking)).awaitEnd();
    Contender sameFile =
        Contender.startAndAwaitWaiting(() -> Operation.READ_0.run(inode, otherFile));
    inOtherFile.close();
    sameFile.awaitEnd();
  }
}
