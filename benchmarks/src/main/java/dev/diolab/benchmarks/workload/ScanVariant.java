package dev.diolab.benchmarks.workload;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variant of SCAN+PUNCH, such as {@code 1 file} or {@code 4 files}.
 *
 * @param files files that share the writers and the one scanner
 */
record ScanVariant(int files) {
  private static final Pattern NAME = Pattern.compile("([1-9][0-9]?) files?");

  static ScanVariant parse(String variant) {
    Matcher matcher = NAME.matcher(variant);
    if (!matcher.matches()) {
      throw new AssertionError("no variant of SCAN+PUNCH: " + variant);
    }
    return new ScanVariant(Integer.parseInt(matcher.group(1)));
  }
}
