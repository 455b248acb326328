package dev.diolab.benchmarks.verify.fsx;

/**
 * An operation under way, or one that has returned.
 *
 * <p>The fields that change: [monitor of the {@link Oracle}].
 */
final class Call {
  private static final long NOT_YET = Long.MAX_VALUE;

  private final Op op;
  private final long number;
  private final int place;
  private final long begin;
  private long end = NOT_YET;

  /**
   * A call that begins.
   *
   * @param number of the operation in the run, from 1
   * @param place of its bytes in the {@link Contents}
   * @param begin the tick
   */
  Call(Op op, long number, int place, long begin) {
    this.op = op;
    this.number = number;
    this.place = place;
    this.begin = begin;
  }

  Op op() {
    return op;
  }

  long number() {
    return number;
  }

  int place() {
    return place;
  }

  long begin() {
    return begin;
  }

  boolean isZeros() {
    return op.kind().storesZeros();
  }

  void end(long tick) {
    end = tick;
  }

  boolean hasEndedBefore(long tick) {
    return end < tick;
  }

  /** Whether this call returned before {@code other} began. */
  boolean precedes(Call other) {
    return end < other.begin;
  }

  boolean isConcurrentWith(Call other) {
    return !precedes(other) && !other.precedes(this);
  }

  @Override
  public String toString() {
    return "operation " + number + " (" + op + ")";
  }
}
