package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import org.junit.jupiter.api.Test;

class IomapEndioStrategyTest {
  private final FakeInode inode = new FakeInode(64 * FakeInode.BLOCK);
  private final InodeLocking locking = new IomapEndioStrategy().attach(inode);

  @Test
  void aReadBehindAQueuedWriteWaitsWithIt() {
    Grant read = Operation.READ_0.start(inode, locking);
    Contender write =
        Contender.startAndAwaitWaiting(() -> Operation.OVERWRITE_1.run(inode, locking));
    Contender late = Contender.startAndAwaitWaiting(() -> Operation.READ_0.run(inode, locking));
    Operation.READ_0.finish(read);
    write.awaitEnd();
    late.awaitEnd();
  }

  @Test
  void readsThatQueuedBehindAnOverwriteRunBesideItsTransfer() {
    Grant read = Operation.READ_0.start(inode, locking);
    Grant[] overwrite = new Grant[1];
    Contender writer =
        Contender.startAndAwaitWaiting(
            () -> overwrite[0] = Operation.OVERWRITE_1.start(inode, locking));
    Contender late = Contender.startAndAwaitWaiting(() -> Operation.READ_1.run(inode, locking));
    Operation.READ_0.finish(read);
    writer.awaitEnd();
    late.awaitEnd();
    Operation.OVERWRITE_1.finish(overwrite[0]);
  }

  @Test
  void aTruncateThatQueuedBehindAnOverwriteDoesNotGetInWithTheDowngrade() {
    Grant read = Operation.READ_0.start(inode, locking);
    Grant[] overwrite = new Grant[1];
    Contender writer =
        Contender.startAndAwaitWaiting(
            () -> overwrite[0] = Operation.OVERWRITE_1.start(inode, locking));
    Contender truncate =
        Contender.startAndAwaitWaiting(() -> Operation.TRUNCATE.run(inode, locking));
    Operation.READ_0.finish(read);
    writer.awaitEnd();
    assertThat(truncate.isWaiting()).isTrue();
    Operation.OVERWRITE_1.finish(overwrite[0]);
    truncate.awaitEnd();
  }
}
