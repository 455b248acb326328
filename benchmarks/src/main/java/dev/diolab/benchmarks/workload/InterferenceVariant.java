package dev.diolab.benchmarks.workload;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variant of INTERFERENCE, such as {@code 4k reads beside 1m writes}.
 *
 * @param measured what the threads do that are measured
 * @param beside what as many others do meanwhile
 */
record InterferenceVariant(Load measured, Load beside) {
  private static final Pattern NAME = Pattern.compile("(.+) beside (.+)");

  /** What a thread does over and over. */
  enum Load {
    /** Direct reads of one page. */
    SMALL_READS("4k reads", 4096, false, false),
    /** Direct overwrites of one page. */
    SMALL_WRITES("4k writes", 4096, true, false),
    /** Direct reads of 1 MiB, as a backup or a scan. */
    LARGE_READS("1m reads", 1 << 20, false, false),
    /** Direct overwrites of 1 MiB, as a flush of many pages. */
    LARGE_WRITES("1m writes", 1 << 20, true, false),
    /** DSYNC overwrites of one page. */
    COMMITS("commits", 4096, true, true),
    /** Nothing. */
    NOBODY("nobody", 0, false, false);

    private final String label;
    private final int bytes;
    private final boolean writes;
    private final boolean dsync;

    Load(String label, int bytes, boolean writes, boolean dsync) {
      this.label = label;
      this.bytes = bytes;
      this.writes = writes;
      this.dsync = dsync;
    }

    /** Bytes of a request. */
    int bytes() {
      return bytes;
    }

    boolean writes() {
      return writes;
    }

    boolean dsync() {
      return dsync;
    }

    private static Load of(String label) {
      for (Load load : values()) {
        if (load.label.equals(label)) {
          return load;
        }
      }
      throw new AssertionError("no load of INTERFERENCE: " + label);
    }
  }

  static InterferenceVariant parse(String variant) {
    Matcher matcher = NAME.matcher(variant.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new AssertionError("no variant of INTERFERENCE: " + variant);
    }
    return new InterferenceVariant(Load.of(matcher.group(1)), Load.of(matcher.group(2)));
  }
}
