package dev.diolab.benchmarks.workload;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variant of AIO-RANDOM-SYNC, such as {@code 4k, unwritten}.
 *
 * @param pageBytes bytes of a write
 * @param unwritten whether each write is the first of its blocks; otherwise each is an overwrite
 */
record RandomSyncVariant(int pageBytes, boolean unwritten) {
  private static final Pattern NAME = Pattern.compile("([0-9]+)k, (written|unwritten)");

  static RandomSyncVariant parse(String variant) {
    Matcher matcher = NAME.matcher(variant);
    if (!matcher.matches()) {
      throw new AssertionError("no variant of AIO-RANDOM-SYNC: " + variant);
    }
    return new RandomSyncVariant(
        Integer.parseInt(matcher.group(1)) * 1024, matcher.group(2).equals("unwritten"));
  }
}
