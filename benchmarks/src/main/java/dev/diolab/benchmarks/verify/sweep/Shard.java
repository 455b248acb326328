package dev.diolab.benchmarks.verify.sweep;

import dev.diolab.benchmarks.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several parts of the work, so that machines can share it.
 *
 * @param index from 1 to {@code count}
 * @param count number of parts
 */
public record Shard(int index, int count) {
  /** All of the work. */
  public static final Shard ALL = new Shard(1, 1);

  private static final Pattern FORMAT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /** Reads {@code i/n}. */
  public static Shard parse(String text) {
    Matcher matcher = FORMAT.matcher(text);
    if (matcher.matches()) {
      Shard shard =
          new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      if (shard.index >= 1 && shard.index <= shard.count) {
        return shard;
      }
    }
    throw Failure.usage("--shard '" + text + "' is not i/n with 1 <= i <= n, such as 2/4");
  }

  /** Whether unit {@code number} belongs to this part. */
  boolean has(long number) {
    return number % count == index - 1;
  }

  /** This part's share of {@code total}. */
  long of(long total) {
    return total / count + (total % count >= index ? 1 : 0);
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
