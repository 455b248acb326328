package dev.diolab.benchmarks.workload;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variant of LSM-FLUSH+WAL, such as {@code 4 flushers, recycled}.
 *
 * @param flushers threads that write tables beside the log
 * @param log state of the log, and fdatasync: RocksDB knows no DSYNC for it
 */
record LsmVariant(int flushers, WalVariant log) {
  private static final Pattern NAME = Pattern.compile("([1-4]) flushers?, (.+)");

  static LsmVariant parse(String variant) {
    Matcher matcher = NAME.matcher(variant);
    if (!matcher.matches()) {
      throw new AssertionError("no variant of LSM-FLUSH+WAL: " + variant);
    }
    return new LsmVariant(
        Integer.parseInt(matcher.group(1)), WalVariant.parse(matcher.group(2) + ", fdatasync"));
  }
}
