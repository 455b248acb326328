package dev.diolab.strategies;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One combination that the contract tests run over. */
record Setup(
    DioStrategy strategy,
    ConversionPolicy policy,
    int blockSize,
    Medium medium,
    boolean journalled) {

  private static final String NO_CREATE = "placeholder-no-create";

  /** Where the volume is. */
  enum Medium {
    MEMORY,
    FILE
  }

  /** A combination with a journal. */
  Setup(DioStrategy strategy, ConversionPolicy policy, int blockSize, Medium medium) {
    this(strategy, policy, blockSize, medium, true);
  }

  /** Every strategy with every policy, on small and on large blocks. */
  static Stream<Setup> all() {
    List<Setup> all = new ArrayList<>();
    for (DioStrategy strategy : Strategies.all()) {
      for (ConversionPolicy policy : Pairs.of(strategy, Policies.all())) {
        all.add(new Setup(strategy, policy, 1024, Medium.MEMORY));
        all.add(new Setup(strategy, policy, 4096, Medium.MEMORY));
      }
    }
    return all.stream();
  }

  /** The same, and one strategy with every policy without a journal: for all but crashes. */
  static Stream<Setup> functional() {
    return Stream.concat(all(), withoutJournal());
  }

  /** All that send holes and unwritten blocks to the page cache. */
  static Stream<Setup> fallingBack() {
    return Stream.concat(
        all().filter(setup -> !setup.policy().allowsDirectConversion()), withoutCreate());
  }

  /** The functional ones, and those whose holes only fall back. */
  static Stream<Setup> buffered() {
    return Stream.concat(functional(), withoutCreate());
  }

  private static Stream<Setup> withoutCreate() {
    return Stream.of(1024, 4096)
        .map(
            blockSize ->
                new Setup(
                    Strategies.byName(NO_CREATE),
                    Policies.byName("buffered-fallback"),
                    blockSize,
                    Medium.MEMORY));
  }

  /** One strategy with every policy without a journal. */
  static Stream<Setup> withoutJournal() {
    return all()
        .filter(setup -> setup.strategy().name().equals("iomap-endio"))
        .map(
            setup ->
                new Setup(
                    setup.strategy(), setup.policy(), setup.blockSize(), Medium.MEMORY, false));
  }

  /** The functional ones, and every strategy and policy on a real O_DIRECT file. */
  static Stream<Setup> functionalAndOnFile() {
    Stream<Setup> onFile =
        all()
            .filter(setup -> setup.blockSize() == 4096)
            .map(setup -> new Setup(setup.strategy(), setup.policy(), 4096, Medium.FILE));
    return Stream.concat(functional(), onFile);
  }

  /** Every strategy with its own policy, and one on a real file: for what no conversion is in. */
  static Stream<Setup> eachStrategyOnceAndOnFile() {
    return Stream.concat(
        Strategies.all().stream().map(strategy -> withItsOwnPolicy(strategy, Medium.MEMORY)),
        Stream.of(withItsOwnPolicy(Strategies.byName("iomap-endio"), Medium.FILE)));
  }

  private static Setup withItsOwnPolicy(DioStrategy strategy, Medium medium) {
    return new Setup(strategy, Policies.byName(strategy.defaultPolicy()), 4096, medium);
  }

  /**
   * Whether a thread of the volume converts preallocated blocks at its own time: then no test can
   * say in which state those are that nobody has written.
   */
  boolean convertsByItself() {
    return policy.lazyZeroBlocks() > 0;
  }

  @Override
  public String toString() {
    return strategy.name()
        + ", "
        + policy.name()
        + ", "
        + blockSize
        + " B blocks, "
        + medium
        + (journalled ? "" : ", no journal");
  }
}
