package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The NOWAIT row of the matrix: a request that may not wait is granted or refused, at once. */
class NowaitTest {
  private final FakeInode inode = new FakeInode(64 * FakeInode.BLOCK);

  static Stream<Named<DioStrategy>> strategies() {
    return Strategies.all().stream()
        .filter(strategy -> strategy.rules().knowsNowait())
        .map(strategy -> Named.of(strategy.name(), strategy));
  }

  @Test
  void onlySchemesSince2013KnowIt() {
    assertThat(Strategies.all())
        .filteredOn(strategy -> strategy.rules().knowsNowait())
        .extracting(DioStrategy::name)
        .containsExactly("overwrite-nolock", "iomap-endio", "no-lock");
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void readsAndOverwritesAreGrantedWhenNobodyIsThere(DioStrategy strategy) {
    InodeLocking locking = strategy.attach(inode);
    assertGranted(locking, Operation.READ_0);
    assertGranted(locking, Operation.OVERWRITE_0);
    assertGranted(locking, Operation.OVERWRITE_LAST);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void whatNeedsBlocksOrMovesTheSizeIsRefused(DioStrategy strategy) {
    InodeLocking locking = strategy.attach(inode);
    assertRefused(locking, Operation.UNWRITTEN_0);
    assertRefused(locking, Operation.EXTENDING);
    assertRefused(locking, Operation.EXTENDING_ACROSS);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void whoWouldWaitForTheDataSemIsRefused(DioStrategy strategy) {
    InodeLocking locking = strategy.attach(inode);
    inode.dataSem().lockExclusive();
    assertRefused(locking, Operation.READ_0);
    assertRefused(locking, Operation.OVERWRITE_0);
    inode.dataSem().unlockExclusive();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void lookUpsRunUnderTheDataSemThatWasTried(DioStrategy strategy) {
    InodeLocking locking = strategy.attach(inode);
    for (Operation operation : new Operation[] {Operation.READ_0, Operation.OVERWRITE_0}) {
      Grant grant = begin(locking, operation);
      assertThat(grant.holdsDataSem()).isTrue();
      assertThat(inode.dataSem().tryLockExclusive()).isFalse();
      grant.submitted();
      operation.finish(grant);
      assertThat(inode.dataSem().tryLockExclusive()).isTrue();
      inode.dataSem().unlockExclusive();
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          overwrite-nolock, OVERWRITE_0, READ_0
          overwrite-nolock, OVERWRITE_0, OVERWRITE_0
          overwrite-nolock, UNWRITTEN_0, READ_0
          overwrite-nolock, EXTENDING, READ_0
          overwrite-nolock, TRUNCATE, READ_0
          overwrite-nolock, BUFFERED_WRITE_0, READ_0
          iomap-endio, READ_0, READ_0
          iomap-endio, OVERWRITE_0, READ_0
          iomap-endio, FAULT_0, OVERWRITE_0
          no-lock, EXTENDING, OVERWRITE_0
          """)
  void isGrantedBeside(String strategy, Operation first, Operation second) {
    InodeLocking locking = Strategies.byName(strategy).attach(inode);
    Grant grant = first.start(inode, locking);
    assertGranted(locking, second);
    first.finish(grant);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          overwrite-nolock, UNWRITTEN_0, OVERWRITE_1
          overwrite-nolock, EXTENDING, OVERWRITE_0
          overwrite-nolock, TRUNCATE, OVERWRITE_0
          overwrite-nolock, FALLOCATE, OVERWRITE_0
          overwrite-nolock, BUFFERED_WRITE_0, OVERWRITE_1
          overwrite-nolock, PUNCH_0, OVERWRITE_1
          overwrite-nolock, PUNCH_0, READ_1
          iomap-endio, READ_0, OVERWRITE_1
          iomap-endio, OVERWRITE_0, OVERWRITE_1
          iomap-endio, UNWRITTEN_0, READ_1
          iomap-endio, EXTENDING, READ_0
          iomap-endio, TRUNCATE, READ_0
          iomap-endio, PUNCH_0, READ_1
          iomap-endio, BUFFERED_WRITE_0, READ_1
          """)
  void isRefusedBeside(String strategy, Operation first, Operation second) {
    InodeLocking locking = Strategies.byName(strategy).attach(inode);
    Grant grant = first.start(inode, locking);
    assertRefused(locking, second);
    first.finish(grant);
  }

  @Test
  void aReadOfOverwriteNolockIsRefusedWhileSomebodyDrains() {
    InodeLocking locking = Strategies.byName("overwrite-nolock").attach(inode);
    Grant inFlight = Operation.READ_0.start(inode, locking);
    Contender truncate =
        Contender.startAndAwaitWaiting(() -> Operation.TRUNCATE.run(inode, locking));
    assertRefused(locking, Operation.READ_1);
    Operation.READ_0.finish(inFlight);
    truncate.awaitEnd();
  }

  @Test
  void anOverwriteOfOverwriteNolockEndsWithoutWaitingForTheMutex() {
    InodeLocking locking = Strategies.byName("overwrite-nolock").attach(inode);
    Grant overwrite = begin(locking, Operation.OVERWRITE_0);
    overwrite.submitted();
    Grant buffered = Operation.BUFFERED_WRITE_1.start(inode, locking);
    Contender.start(() -> Operation.OVERWRITE_0.finish(overwrite)).awaitEnd();
    Operation.BUFFERED_WRITE_1.finish(buffered);
  }

  private void assertGranted(InodeLocking locking, Operation operation) {
    Grant grant = begin(locking, operation);
    assertThat(grant.isRefusal()).as("%s is refused", operation).isFalse();
    grant.submitted();
    operation.finish(grant);
  }

  private void assertRefused(InodeLocking locking, Operation operation) {
    assertThat(begin(locking, operation).isRefusal()).as("%s is refused", operation).isTrue();
  }

  /** In a thread of its own, which fails the test when it waits. */
  private Grant begin(InodeLocking locking, Operation operation) {
    List<Grant> grant = new ArrayList<>();
    FakeIo io = operation.io(inode).nowait();
    boolean reads = operation == Operation.READ_0 || operation == Operation.READ_1;
    Contender.start(() -> grant.add(reads ? locking.directRead(io) : locking.directWrite(io)))
        .awaitEnd();
    return grant.get(0);
  }
}
