package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.strategies.old.OldVariant;
import dev.diolab.strategies.old.OldVariants;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine relies on, whatever the strategy. */
class StrategyContractTest {
  private static final int BLOCK = FakeInode.BLOCK;

  private final FakeInode inode = new FakeInode(64 * BLOCK);

  /** A splitting strategy has the locks of the one below. */
  private static Stream<DioStrategy> variants() {
    return Strategies.variants().stream().filter(variant -> !variant.rules().splitsAtBoundaries());
  }

  static Stream<Named<DioStrategy>> strategies() {
    return Stream.concat(
            Stream.concat(Strategies.all().stream(), variants()),
            OldVariants.all().stream().map(OldVariant::strategy))
        .map(strategy -> Named.of(strategy.name(), strategy));
  }

  static Stream<Named<DioStrategy>> measuredStrategies() {
    return Stream.concat(Strategies.all().stream(), variants())
        .map(strategy -> Named.of(strategy.name(), strategy));
  }

  /** Those that promise what a truncate beside a request in flight would break. */
  static Stream<Named<DioStrategy>> lockingStrategies() {
    return Stream.concat(Strategies.all().stream(), variants())
        .filter(strategy -> strategy.guarantees().contains(Guarantee.G1))
        .map(strategy -> Named.of(strategy.name(), strategy));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void everyOperationGivesBackWhatItTook(DioStrategy strategy) {
    InodeLocking locking = strategy.attach(inode);
    for (Operation operation : Operation.values()) {
      operation.run(inode, locking);
      assertNothingIsHeld(locking);
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void anOperationThatFailsBeforeItMapsGivesBackWhatItTook(DioStrategy strategy) {
    InodeLocking locking = strategy.attach(inode);
    for (Operation operation : Operation.values()) {
      Grant grant = operation.begin(inode, locking);
      if (operation.transfers()) {
        grant.submitted();
      }
      operation.finish(grant);
      assertNothingIsHeld(locking);
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void anotherThreadMayClose(DioStrategy strategy) {
    InodeLocking locking = strategy.attach(inode);
    for (Operation operation : Operation.values()) {
      Grant grant = operation.start(inode, locking);
      Contender.start(() -> operation.finish(grant)).awaitEnd();
      assertNothingIsHeld(locking);
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void atLeastOneByteAndAtMostTheRestMayBeMapped(DioStrategy strategy) {
    InodeLocking locking = strategy.attach(inode);
    DirectIo io = FakeIo.written(inode, 3 * BLOCK, 5 * BLOCK);
    Grant read = locking.directRead(io);
    assertThat(Moments.beforeMap(read, io.offset(), io.bytes())).isBetween(1L, 5L * BLOCK);
    finish(read);
    Grant write = locking.directWrite(io);
    assertThat(Moments.beforeMap(write, io.offset(), io.bytes())).isBetween(1L, 5L * BLOCK);
    finish(write);
  }

  @ParameterizedTest
  @MethodSource("lockingStrategies")
  void aTruncateFreesNothingUnderARequestInFlight(DioStrategy strategy) {
    for (Operation operation : Operation.values()) {
      if (!operation.transfers()) {
        continue;
      }
      InodeLocking locking = strategy.attach(inode);
      Grant inFlight = operation.start(inode, locking);
      Contender truncate =
          Contender.startAndAwaitWaiting(() -> Operation.TRUNCATE.run(inode, locking));
      operation.finish(inFlight);
      truncate.awaitEnd();
    }
  }

  @ParameterizedTest
  @MethodSource("lockingStrategies")
  void twoExtendingWritesNeverRunTogether(DioStrategy strategy) {
    InodeLocking locking = strategy.attach(inode);
    long end = inode.size();
    Grant first = locking.directWrite(FakeIo.unwritten(inode, end, BLOCK));
    Contender second =
        Contender.startAndAwaitWaiting(
            () -> locking.directWrite(FakeIo.unwritten(inode, end + 8L * BLOCK, BLOCK)).close());
    first.close();
    second.awaitEnd();
  }

  @ParameterizedTest
  @MethodSource("measuredStrategies")
  void readsAndOverwritesAllocateNothing(DioStrategy strategy) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    InodeLocking locking = strategy.attach(inode);
    DirectIo io = FakeIo.written(inode, 0, BLOCK);
    int rounds = 20_000;
    readAndOverwrite(locking, io, rounds);
    long before = threads.getCurrentThreadAllocatedBytes();
    readAndOverwrite(locking, io, rounds);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated / (2L * rounds)).isLessThanOrEqualTo(16);
  }

  @ParameterizedTest
  @MethodSource("measuredStrategies")
  @Timeout(120)
  void everyOperationOfManyThreadsEnds(DioStrategy strategy) {
    InodeLocking locking = strategy.attach(inode);
    Operation[] operations = Operation.values();
    AtomicInteger ended = new AtomicInteger();
    List<Contender> workers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      SplittableRandom random = new SplittableRandom(i);
      workers.add(
          Contender.start(
              () -> {
                for (int n = 0; n < 1_000; n++) {
                  operations[random.nextInt(operations.length)].run(inode, locking);
                  ended.incrementAndGet();
                }
              }));
    }
    workers.forEach(Contender::join);
    assertThat(ended).hasValue(8_000);
    assertNothingIsHeld(locking);
  }

  private static void readAndOverwrite(InodeLocking locking, DirectIo io, int rounds) {
    for (int i = 0; i < rounds; i++) {
      finish(locking.directRead(io));
      finish(locking.directWrite(io));
    }
  }

  private static void finish(Grant grant) {
    Moments.beforeMap(grant, 0, BLOCK);
    grant.submitted();
    grant.ioDone();
    grant.close();
  }

  /** A truncate and an extending write wait for whatever is held. */
  private void assertNothingIsHeld(InodeLocking locking) {
    assertThat(inode.dataSem().tryLockExclusive()).as("i_data_sem is free").isTrue();
    inode.dataSem().unlockExclusive();
    Contender.start(inode.dioCount()::drain).awaitEnd();
    Contender.start(() -> Operation.TRUNCATE.run(inode, locking)).awaitEnd();
    Contender.start(() -> Operation.EXTENDING.run(inode, locking)).awaitEnd();
  }
}
