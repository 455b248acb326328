package dev.diolab.benchmarks.workload;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variant of BROKER-APPEND, such as {@code 16 files, fdatasync every 16, truncate ahead}.
 *
 * @param files files that are appended to at the same time
 * @param writesPerSync writes of a file after which it is made durable
 * @param truncatesAhead whether i_size is moved ahead of the writes; otherwise each write moves it
 */
record BrokerVariant(int files, int writesPerSync, boolean truncatesAhead) {
  private static final Pattern NAME =
      Pattern.compile("([1-9][0-9]?) files?, fdatasync every ([1-9][0-9]*)(, truncate ahead)?");

  static BrokerVariant parse(String variant) {
    Matcher matcher = NAME.matcher(variant);
    if (!matcher.matches()) {
      throw new AssertionError("no variant of BROKER-APPEND: " + variant);
    }
    return new BrokerVariant(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        matcher.group(3) != null);
  }
}
