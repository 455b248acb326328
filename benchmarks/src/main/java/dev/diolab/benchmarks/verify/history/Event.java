package dev.diolab.benchmarks.verify.history;

import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.OpKind;
import dev.diolab.results.run.Require;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An operation that was done.
 *
 * @param id from 1, unique in its history; a write's data carries it
 * @param thread number of the thread; -1 for the setup
 * @param op what was done
 * @param begin tick before the call
 * @param end tick after its return; {@link #NEVER} when it failed or did not return
 * @param seen for a read: the word of each sector that it returned, see {@link Words}
 */
@SuppressWarnings("ArrayRecordComponent") // written once by who makes it
public record Event(int id, int thread, Op op, long begin, long end, long @Nullable [] seen) {
  /** The end of what did not end. */
  public static final long NEVER = Long.MAX_VALUE;

  /** No history has more events. */
  private static final int MOST = 1 << 20;

  /** Refuses an id out of range. Not compact: javac would drop the mark of what may be null. */
  public Event(int id, int thread, Op op, long begin, long end, long @Nullable [] seen) {
    Require.that(id >= 1 && id <= MOST, "id is %d, but must be from 1 to %d", id, MOST);
    this.id = id;
    this.thread = thread;
    this.op = op;
    this.begin = begin;
    this.end = end;
    this.seen = seen;
  }

  /** Whether it was over before {@code other} began. */
  public boolean isBefore(Event other) {
    return end < other.begin;
  }

  /** The same, but not over yet. */
  public Event unended() {
    return new Event(id, thread, op, begin, NEVER, null);
  }

  /** Whether it put data into the sector that starts at {@code at}. */
  boolean writes(long at) {
    return op.kind().isWrite() && at >= op.offset() && at < op.end();
  }

  /** Whether the sector that starts at {@code at} reads as zeros afterwards. */
  boolean zeroes(long at) {
    return op.kind() == OpKind.TRUNCATE
        ? op.offset() <= at
        : op.kind().zeroesRange() && at >= op.offset() && at < op.end();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Event event && event.id == id && event.begin == begin;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new long[] {id, begin});
  }

  @Override
  public String toString() {
    return "#" + id + " " + op;
  }
}
