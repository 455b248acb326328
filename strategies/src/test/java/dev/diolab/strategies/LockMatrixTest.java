package dev.diolab.strategies;

import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may run beside whom, from the matrix of the locking facts: the first operation is at the
 * device (or holds what it holds while it works) when the second comes. That {@code iomap-endio}
 * makes an overwrite wait for another is no mistake: each takes the lock exclusively before it
 * downgrades (facts B1).
 */
class LockMatrixTest {
  private final FakeInode inode = new FakeInode(64 * FakeInode.BLOCK);

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          i-mutex, READ_0, READ_0
          i-mutex, READ_0, OVERWRITE_0
          i-mutex, READ_0, UNWRITTEN_0
          i-mutex, READ_0, EXTENDING
          i-mutex, READ_0, FALLOCATE
          i-mutex, READ_0, FSYNC
          i-mutex, READ_0, BUFFERED_READ_0
          i-mutex, READ_0, BUFFERED_WRITE_0
          i-mutex, OVERWRITE_0, BUFFERED_READ_0
          i-mutex, OVERWRITE_0, FAULT_0
          i-mutex, BUFFERED_READ_0, OVERWRITE_0
          i-mutex, FAULT_0, OVERWRITE_0
          i-mutex, BUFFERED_READ_0, TRUNCATE

          placeholder, READ_0, READ_1
          placeholder, READ_0, OVERWRITE_1
          placeholder, READ_0, EXTENDING
          placeholder, READ_0, FALLOCATE
          placeholder, READ_0, FSYNC
          placeholder, OVERWRITE_0, READ_1
          placeholder, OVERWRITE_0, OVERWRITE_1
          placeholder, OVERWRITE_0, UNWRITTEN_1
          placeholder, OVERWRITE_0, EXTENDING
          placeholder, OVERWRITE_0, FALLOCATE
          placeholder, OVERWRITE_0, FSYNC
          placeholder, UNWRITTEN_0, OVERWRITE_1
          placeholder, UNWRITTEN_0, UNWRITTEN_1
          placeholder, EXTENDING, READ_0
          placeholder, OVERWRITE_LAST, OVERWRITE_0
          placeholder, TRUNCATE, READ_0
          placeholder, FALLOCATE, READ_0
          placeholder, FSYNC, READ_0
          placeholder, READ_0, BUFFERED_WRITE_1
          placeholder, OVERWRITE_0, BUFFERED_WRITE_1
          placeholder, BUFFERED_WRITE_0, READ_1
          placeholder, PUNCH_0, READ_1
          placeholder, EXTENDING, FAULT_0

          overwrite-nolock, READ_0, READ_0
          overwrite-nolock, READ_0, OVERWRITE_0
          overwrite-nolock, READ_0, UNWRITTEN_0
          overwrite-nolock, READ_0, EXTENDING
          overwrite-nolock, OVERWRITE_0, READ_0
          overwrite-nolock, OVERWRITE_0, OVERWRITE_0
          overwrite-nolock, OVERWRITE_0, OVERWRITE_1
          overwrite-nolock, OVERWRITE_0, UNWRITTEN_1
          overwrite-nolock, OVERWRITE_0, FSYNC
          overwrite-nolock, UNWRITTEN_0, READ_0
          overwrite-nolock, UNWRITTEN_0, FSYNC
          overwrite-nolock, EXTENDING, READ_0
          overwrite-nolock, OVERWRITE_LAST, OVERWRITE_0
          overwrite-nolock, TRUNCATE, READ_0
          overwrite-nolock, OVERWRITE_0, BUFFERED_READ_0
          overwrite-nolock, OVERWRITE_0, BUFFERED_WRITE_0
          overwrite-nolock, OVERWRITE_0, FAULT_0
          overwrite-nolock, READ_0, BUFFERED_WRITE_0
          overwrite-nolock, BUFFERED_WRITE_0, READ_0
          overwrite-nolock, UNWRITTEN_0, BUFFERED_READ_0
          overwrite-nolock, UNWRITTEN_0, FAULT_0

          iomap-endio, READ_0, READ_0
          iomap-endio, READ_0, FSYNC
          iomap-endio, OVERWRITE_0, READ_0
          iomap-endio, OVERWRITE_LAST, READ_0
          iomap-endio, UNWRITTEN_0, FSYNC
          iomap-endio, EXTENDING, FSYNC
          iomap-endio, OVERWRITE_0, BUFFERED_READ_0
          iomap-endio, OVERWRITE_0, FAULT_0
          iomap-endio, READ_0, FAULT_0
          iomap-endio, UNWRITTEN_0, FAULT_0
          iomap-endio, FAULT_0, OVERWRITE_0
          iomap-endio, FAULT_0, FALLOCATE
          iomap-endio, FALLOCATE, FAULT_0
          iomap-endio, BUFFERED_WRITE_1, FAULT_0

          no-lock, OVERWRITE_0, OVERWRITE_0
          no-lock, UNWRITTEN_0, UNWRITTEN_0
          no-lock, EXTENDING, EXTENDING
          no-lock, READ_0, TRUNCATE
          no-lock, TRUNCATE, OVERWRITE_0
          no-lock, PUNCH_0, READ_0
          no-lock, OVERWRITE_0, BUFFERED_WRITE_0
          no-lock, BUFFERED_WRITE_0, OVERWRITE_0
          """)
  void bothRunTogether(String strategy, Operation first, Operation second) {
    InodeLocking locking = Strategies.byName(strategy).attach(inode);
    Grant grant = first.start(inode, locking);
    Contender.start(() -> second.run(inode, locking)).awaitEnd();
    first.finish(grant);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          i-mutex, READ_0, TRUNCATE
          i-mutex, OVERWRITE_0, READ_1
          i-mutex, OVERWRITE_0, OVERWRITE_1
          i-mutex, OVERWRITE_0, UNWRITTEN_1
          i-mutex, OVERWRITE_0, EXTENDING
          i-mutex, OVERWRITE_0, TRUNCATE
          i-mutex, OVERWRITE_0, FALLOCATE
          i-mutex, OVERWRITE_0, FSYNC
          i-mutex, EXTENDING, READ_0
          i-mutex, TRUNCATE, READ_0
          i-mutex, FALLOCATE, OVERWRITE_0
          i-mutex, FSYNC, OVERWRITE_0
          i-mutex, OVERWRITE_0, BUFFERED_WRITE_1
          i-mutex, BUFFERED_WRITE_0, OVERWRITE_1
          i-mutex, BUFFERED_WRITE_0, READ_1
          i-mutex, BUFFERED_WRITE_0, FSYNC
          i-mutex, READ_0, PUNCH_0
          i-mutex, OVERWRITE_0, PUNCH_0
          i-mutex, PUNCH_0, READ_1
          i-mutex, BUFFERED_READ_0, PUNCH_0

          placeholder, READ_0, READ_0
          placeholder, READ_0, OVERWRITE_0
          placeholder, READ_0, TRUNCATE
          placeholder, OVERWRITE_0, READ_0
          placeholder, OVERWRITE_0, OVERWRITE_0
          placeholder, OVERWRITE_0, UNWRITTEN_0
          placeholder, OVERWRITE_0, TRUNCATE
          placeholder, EXTENDING, OVERWRITE_0
          placeholder, EXTENDING, EXTENDING
          placeholder, EXTENDING_ACROSS, OVERWRITE_0
          placeholder, EXTENDING, TRUNCATE
          placeholder, EXTENDING, FALLOCATE
          placeholder, EXTENDING, FSYNC
          placeholder, TRUNCATE, OVERWRITE_0
          placeholder, FALLOCATE, OVERWRITE_0
          placeholder, FSYNC, OVERWRITE_0
          placeholder, READ_0, BUFFERED_READ_0
          placeholder, READ_0, BUFFERED_WRITE_0
          placeholder, READ_0, FAULT_0
          placeholder, READ_0, PUNCH_0
          placeholder, OVERWRITE_0, BUFFERED_READ_0
          placeholder, OVERWRITE_0, BUFFERED_WRITE_0
          placeholder, OVERWRITE_0, FAULT_0
          placeholder, OVERWRITE_0, PUNCH_0
          placeholder, BUFFERED_READ_0, READ_0
          placeholder, FAULT_0, OVERWRITE_0
          placeholder, BUFFERED_READ_0, TRUNCATE
          placeholder, EXTENDING, BUFFERED_WRITE_0
          placeholder, EXTENDING, PUNCH_0
          placeholder, PUNCH_0, READ_0
          placeholder, PUNCH_0, OVERWRITE_1
          placeholder, BUFFERED_WRITE_0, OVERWRITE_1

          overwrite-nolock, READ_0, TRUNCATE
          overwrite-nolock, READ_0, FALLOCATE
          overwrite-nolock, OVERWRITE_0, TRUNCATE
          overwrite-nolock, OVERWRITE_0, FALLOCATE
          overwrite-nolock, UNWRITTEN_0, OVERWRITE_1
          overwrite-nolock, UNWRITTEN_0, UNWRITTEN_1
          overwrite-nolock, UNWRITTEN_0, EXTENDING
          overwrite-nolock, UNWRITTEN_0, TRUNCATE
          overwrite-nolock, EXTENDING, OVERWRITE_0
          overwrite-nolock, EXTENDING, EXTENDING
          overwrite-nolock, EXTENDING_ACROSS, OVERWRITE_0
          overwrite-nolock, TRUNCATE, OVERWRITE_0
          overwrite-nolock, FALLOCATE, UNWRITTEN_0
          overwrite-nolock, READ_0, PUNCH_0
          overwrite-nolock, OVERWRITE_0, PUNCH_0
          overwrite-nolock, UNWRITTEN_0, PUNCH_0
          overwrite-nolock, PUNCH_0, READ_1
          overwrite-nolock, PUNCH_0, OVERWRITE_1
          overwrite-nolock, UNWRITTEN_0, BUFFERED_WRITE_1
          overwrite-nolock, BUFFERED_WRITE_0, OVERWRITE_1
          overwrite-nolock, EXTENDING, BUFFERED_WRITE_0

          iomap-endio, READ_0, OVERWRITE_1
          iomap-endio, READ_0, UNWRITTEN_1
          iomap-endio, READ_0, TRUNCATE
          iomap-endio, READ_0, FALLOCATE
          iomap-endio, OVERWRITE_0, OVERWRITE_1
          iomap-endio, OVERWRITE_0, UNWRITTEN_1
          iomap-endio, OVERWRITE_0, TRUNCATE
          iomap-endio, UNWRITTEN_0, READ_1
          iomap-endio, UNWRITTEN_0, OVERWRITE_1
          iomap-endio, UNWRITTEN_0, UNWRITTEN_1
          iomap-endio, EXTENDING, READ_0
          iomap-endio, EXTENDING, OVERWRITE_0
          iomap-endio, EXTENDING_ACROSS, READ_0
          iomap-endio, TRUNCATE, READ_0
          iomap-endio, FALLOCATE, READ_0
          iomap-endio, OVERWRITE_0, BUFFERED_WRITE_1
          iomap-endio, BUFFERED_WRITE_0, READ_1
          iomap-endio, READ_0, BUFFERED_WRITE_1
          iomap-endio, UNWRITTEN_0, BUFFERED_WRITE_1
          iomap-endio, READ_0, PUNCH_0
          iomap-endio, OVERWRITE_0, PUNCH_0
          iomap-endio, PUNCH_0, READ_1
          iomap-endio, PUNCH_0, FAULT_0
          iomap-endio, TRUNCATE, FAULT_0
          iomap-endio, FAULT_0, TRUNCATE
          iomap-endio, FAULT_0, PUNCH_0
          """)
  void theSecondWaitsForTheFirst(String strategy, Operation first, Operation second) {
    InodeLocking locking = Strategies.byName(strategy).attach(inode);
    Grant grant = first.start(inode, locking);
    Contender waiting = Contender.startAndAwaitWaiting(() -> second.run(inode, locking));
    first.finish(grant);
    waiting.awaitEnd();
  }
}
