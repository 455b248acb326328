package dev.diolab.results.verify;

import dev.diolab.results.run.Require;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several parts into which the cases of a verification are dealt, written {@code 2/4}.
 *
 * @param number from 1 to {@code count}
 * @param count how many parts there are, at most {@link #MOST}
 */
public record Shard(int number, int count) {
  /** The most parts that a verification can be dealt into. */
  public static final int MOST = 100_000;

  /** All cases in one part. */
  public static final Shard WHOLE = new Shard(1, 1);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

  /** Refuses numbers out of range. */
  public Shard {
    Require.that(
        count >= 1 && count <= MOST && number >= 1 && number <= count,
        "shard %d/%d is none: a shard is i/n with 1 <= i <= n <= %d",
        number,
        count,
        MOST);
  }

  /**
   * Reads the form {@code i/n}.
   *
   * @throws IllegalArgumentException if {@code text} has another form or is out of range
   */
  public static Shard parse(String text) {
    Matcher form = FORM.matcher(text);
    Require.that(
        form.matches(), "\"%s\" is no shard: a shard is i/n with 1 <= i <= n, e.g. 2/4", text);
    return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  @Override
  public String toString() {
    return number + "/" + count;
  }
}
