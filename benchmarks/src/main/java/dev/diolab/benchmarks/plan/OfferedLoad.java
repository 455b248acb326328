package dev.diolab.benchmarks.plan;

import dev.diolab.benchmarks.load.ArrivalRate;
import dev.diolab.benchmarks.load.Arrivals;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The load that is offered to a cell in an open loop: either a rate or, in a sweep, a share of what
 * the same cell does in a closed loop.
 *
 * @param arrivals how operations arrive
 * @param opsPerSecond operations a second of all threads together; null in a sweep
 * @param percent share of the closed loop's throughput; null where the rate is given
 */
public record OfferedLoad(
    Arrivals arrivals, @Nullable Double opsPerSecond, @Nullable Integer percent) {
  /** So many operations are due in a round at least, however low the rate is. */
  private static final double LEAST_OPERATIONS = 30;

  /** Refuses what is neither or both. */
  public OfferedLoad {
    if ((opsPerSecond == null) == (percent == null)) {
      throw new IllegalArgumentException("a load is a rate or a share");
    }
  }

  /** A rate. */
  static OfferedLoad rate(Arrivals arrivals, double opsPerSecond) {
    return new OfferedLoad(arrivals, opsPerSecond, null);
  }

  /** A share of what the cell does in a closed loop. */
  static OfferedLoad share(Arrivals arrivals, int percent) {
    return new OfferedLoad(arrivals, null, percent);
  }

  /**
   * The rate.
   *
   * @param capacity operations a second in a closed loop, above 0; asked for in a sweep only
   */
  public ArrivalRate rate(DoubleSupplier capacity) {
    if (opsPerSecond != null) {
      return new ArrivalRate(arrivals, opsPerSecond);
    }
    return new ArrivalRate(
        arrivals, capacity.getAsDouble() * Objects.requireNonNull(percent) / 100);
  }

  /** The measured time of a round, long enough for some operations to arrive. */
  public static double seconds(double wanted, double opsPerSecond) {
    return Math.max(wanted, LEAST_OPERATIONS / opsPerSecond);
  }

  /** The name for people. */
  String title() {
    String load =
        opsPerSecond == null
            ? percent + " % of capacity"
            : String.format(Locale.ROOT, "%,.0f ops/s", opsPerSecond);
    return load + " " + arrivals.label();
  }

  /** A name for a file, unlike that of any other load. */
  String slug() {
    String load = opsPerSecond == null ? percent + "pct" : opsPerSecond + "ops";
    return load + "-" + arrivals.label();
  }
}
