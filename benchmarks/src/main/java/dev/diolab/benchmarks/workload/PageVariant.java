package dev.diolab.benchmarks.workload;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variant of PAGE-OVERWRITE, such as {@code 4k-write} or {@code 16k-mixed}.
 *
 * @param pageBytes bytes of a request
 * @param mixed whether every second request, by chance, is a read
 */
record PageVariant(int pageBytes, boolean mixed) {
  private static final Pattern NAME = Pattern.compile("([0-9]+)k-(write|mixed)");

  static PageVariant parse(String variant) {
    Matcher matcher = NAME.matcher(variant.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new AssertionError("no variant of PAGE-OVERWRITE: " + variant);
    }
    return new PageVariant(
        Integer.parseInt(matcher.group(1)) * 1024, matcher.group(2).equals("mixed"));
  }
}
