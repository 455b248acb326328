package dev.diolab.benchmarks.image;

import dev.diolab.benchmarks.Failure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as people write them. */
public final class Sizes {
  /** One MiB. */
  public static final long MIB = 1L << 20;

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kmgt]?)(i?b)?");
  private static final String UNITS = "kmgt";

  private Sizes() {}

  /**
   * The bytes of {@code text}, such as {@code 512M}, {@code 4G} or {@code 1048576}; units are
   * powers of 1024.
   *
   * @throws Failure when it is no size
   */
  public static long parse(String text) {
    Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw Failure.usage("'" + text + "' is not a size: write for example 512M or 4G");
    }
    int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
    } catch (ArithmeticException e) {
      throw Failure.usage("'" + text + "' is larger than any disk");
    }
  }

  /** {@code bytes} in the largest unit that keeps it whole. */
  public static String format(long bytes) {
    String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    long value = bytes;
    while (unit < units.length - 1 && value != 0 && value % 1024 == 0) {
      value /= 1024;
      unit++;
    }
    return value + " " + units[unit];
  }
}
