package dev.diolab.results.compare;

import dev.diolab.results.stats.ConfidenceInterval;
import dev.diolab.results.stats.Contrast;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Numbers as they are shown everywhere: three significant digits or whole, thousands apart. */
public final class Numbers {
  /** An interval whose ends are this many times apart says nothing that a reader could use. */
  private static final double WIDEST = 100;

  private Numbers() {}

  /** A count, e.g. {@code 52,310}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A rate or a size, e.g. {@code 52,310}; below 100 with up to two decimals. */
  public static String count(double value) {
    if (value >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }

  /** A time in microseconds, without its unit, e.g. {@code 0.312}, {@code 84.1}, {@code 12,400}. */
  public static String micros(double value) {
    if (value == 0) {
      return "0";
    }
    if (value < 1) {
      return String.format(Locale.ROOT, "%.3f", value);
    }
    return value < 100
        ? String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value)
        : String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  /** Megabytes (10^6) a second of bytes a second. */
  public static String megabytes(double bytesPerSecond) {
    double megabytes = bytesPerSecond / 1e6;
    return String.format(Locale.ROOT, megabytes >= 100 ? "%,.0f" : "%.1f", megabytes);
  }

  /** A ratio, e.g. {@code 1.04}, {@code 3.4}, {@code 25}. */
  public static String ratio(double value) {
    return String.format(Locale.ROOT, value < 2 ? "%.2f" : value < 10 ? "%.1f" : "%.0f", value);
  }

  /** A ratio and, where it has one, its interval, e.g. {@code 1.04 (0.97–1.12)}. */
  public static String ratio(Contrast contrast) {
    String ratio = ratio(contrast.ratio());
    return contrast
        .interval()
        .map(interval -> ratio + " (" + interval(interval, Numbers::ratio) + ")")
        .orElse(ratio);
  }

  /** The ends of an interval, e.g. {@code 0.97–1.12}; {@code ?} where they are too far apart. */
  public static String interval(ConfidenceInterval interval, DoubleFunction<String> number) {
    return interval.high() > WIDEST * interval.low()
        ? "?"
        : number.apply(interval.low()) + "–" + number.apply(interval.high());
  }

  /** A chance, e.g. {@code 0.13}; small ones as {@code <0.001}. */
  public static String chance(double chance) {
    return chance < 0.001
        ? "<0.001"
        : String.format(Locale.ROOT, chance < 0.1 ? "%.3f" : "%.2f", chance);
  }

  /** A change as a share of what changed, e.g. {@code +4 %}, {@code -12 %}. */
  public static String change(double share) {
    return String.format(Locale.ROOT, "%+.0f %%", share * 100);
  }

  /** A share, e.g. {@code 91 %}; small ones as {@code 0.4 %}. */
  public static String percent(double share) {
    double percent = share * 100;
    return String.format(Locale.ROOT, percent < 1 && percent > 0 ? "%.1f %%" : "%.0f %%", percent);
  }
}
