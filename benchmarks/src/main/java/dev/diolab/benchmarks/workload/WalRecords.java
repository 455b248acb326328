package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Seeds;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * The lengths of the records that a client commits, one after the other, in pages: 90 % have one, 9
 * % two to four, 1 % have 32.
 *
 * <p>Thread safety: none. Equal arguments give equal lengths.
 */
final class WalRecords implements IntSupplier {
  private static final int LONG_RECORD = 32;

  private final SplittableRandom random;

  /** The records of one of the clients that {@code seed} has in common. */
  WalRecords(long seed, int index) {
    this.random = new SplittableRandom(Seeds.derive(seed, index));
  }

  /** Pages of the next record. */
  @Override
  public int getAsInt() {
    int percent = random.nextInt(100);
    if (percent < 90) {
      return 1;
    }
    return percent < 99 ? random.nextInt(2, 5) : LONG_RECORD;
  }
}
