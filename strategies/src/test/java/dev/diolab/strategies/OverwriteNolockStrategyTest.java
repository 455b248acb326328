package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OverwriteNolockStrategyTest {
  private final FakeInode inode = new FakeInode(64 * FakeInode.BLOCK);
  private final InodeLocking locking = new OverwriteNolockStrategy().attach(inode);

  @Test
  void onlyAnOverwriteHoldsTheDataSem() {
    Grant overwrite = Operation.OVERWRITE_0.start(inode, locking);
    assertThat(overwrite.holdsDataSem()).isTrue();
    assertThat(inode.dataSem().tryLockExclusive()).isFalse();
    Operation.OVERWRITE_0.finish(overwrite);
    for (Operation other :
        new Operation[] {Operation.READ_0, Operation.UNWRITTEN_0, Operation.EXTENDING}) {
      Grant grant = other.start(inode, locking);
      assertThat(grant.holdsDataSem()).isFalse();
      assertThat(inode.dataSem().tryLockExclusive()).isTrue();
      inode.dataSem().unlockExclusive();
      other.finish(grant);
    }
  }

  @Test
  void whoAllocatesWaitsForOverwritesInFlight() {
    Grant overwrite = Operation.OVERWRITE_0.start(inode, locking);
    Contender allocating =
        Contender.startAndAwaitWaiting(
            () -> {
              Grant write = Operation.UNWRITTEN_1.start(inode, locking);
              inode.dataSem().lockExclusive();
              inode.dataSem().unlockExclusive();
              Operation.UNWRITTEN_1.finish(write);
            });
    Contender end = Contender.start(() -> Operation.OVERWRITE_0.finish(overwrite));
    allocating.awaitEnd();
    end.awaitEnd();
  }

  @Test
  void anOverwriteTakesTheMutexOnceMoreAtItsEnd() {
    Grant overwrite = Operation.OVERWRITE_0.start(inode, locking);
    Grant unwritten = Operation.UNWRITTEN_1.start(inode, locking);
    Contender end = Contender.startAndAwaitWaiting(() -> Operation.OVERWRITE_0.finish(overwrite));
    Operation.UNWRITTEN_1.finish(unwritten);
    end.awaitEnd();
  }

  @Test
  void aTruncateHoldsBackNewReadsWhileItWaitsForThoseInFlight() {
    Grant inFlight = Operation.READ_0.start(inode, locking);
    Contender truncate =
        Contender.startAndAwaitWaiting(() -> Operation.TRUNCATE.run(inode, locking));
    Contender late = Contender.startAndAwaitWaiting(() -> Operation.READ_1.run(inode, locking));
    Operation.READ_0.finish(inFlight);
    truncate.awaitEnd();
    late.awaitEnd();
  }

  @Test
  void aReadThatWasHeldBackLetsTheMutexGoWhenItIsSubmitted() {
    Grant inFlight = Operation.READ_0.start(inode, locking);
    Contender fallocate =
        Contender.startAndAwaitWaiting(() -> Operation.FALLOCATE.run(inode, locking));
    Grant[] late = new Grant[1];
    Contender lateRead =
        Contender.startAndAwaitWaiting(() -> late[0] = Operation.READ_1.start(inode, locking));
    Operation.READ_0.finish(inFlight);
    fallocate.awaitEnd();
    lateRead.awaitEnd();
    Contender.start(() -> Operation.UNWRITTEN_0.run(inode, locking)).awaitEnd();
    Operation.READ_1.finish(late[0]);
    Contender.start(() -> Operation.TRUNCATE.run(inode, locking)).awaitEnd();
  }

  @Test
  void anAsynchronousOverwriteGetsToTheDeviceWhileTheMutexHolderWaitsForIt() throws IOException {
    FakeIo io = FakeIo.written(inode, 0, FakeInode.BLOCK).async();
    Grant overwrite = locking.directWrite(io);
    overwrite.beforeMap(0, FakeInode.BLOCK);
    Contender fallocate =
        Contender.startAndAwaitWaiting(() -> Operation.FALLOCATE.run(inode, locking));
    Contender.start(overwrite::submitted).awaitEnd();
    overwrite.ioDone();
    overwrite.close();
    fallocate.awaitEnd();
  }
}
