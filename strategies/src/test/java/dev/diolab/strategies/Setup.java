package dev.diolab.strategies;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One combination that the contract tests run over. */
record Setup(DioStrategy strategy, ConversionPolicy policy, int blockSize) {

  /** Every strategy with every policy, on small and on large blocks. */
  static Stream<Setup> all() {
    List<Setup> all = new ArrayList<>();
    for (DioStrategy strategy : Strategies.all()) {
      for (ConversionPolicy policy : Policies.all()) {
        all.add(new Setup(strategy, policy, 1024));
        all.add(new Setup(strategy, policy, 4096));
      }
    }
    return all.stream();
  }

  @Override
  public String toString() {
    return strategy.name() + ", " + policy.name() + ", " + blockSize + " B blocks";
  }
}
