package dev.diolab.strategies;

import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import org.junit.jupiter.api.Test;

class IMutexStrategyTest {
  private final FakeInode inode = new FakeInode(64 * FakeInode.BLOCK);
  private final InodeLocking locking = new IMutexStrategy().attach(inode);

  @Test
  void aReadKeepsOthersOutUntilItIsSubmitted() {
    Grant read = Operation.READ_0.begin(inode, locking);
    Contender other = Contender.startAndAwaitWaiting(() -> Operation.READ_1.run(inode, locking));
    read.submitted();
    other.awaitEnd();
    Contender.start(() -> Operation.OVERWRITE_0.run(inode, locking)).awaitEnd();
    Operation.READ_0.finish(read);
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
}
