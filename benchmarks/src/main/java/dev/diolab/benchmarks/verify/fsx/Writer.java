package dev.diolab.benchmarks.verify.fsx;

/**
 * What one operation stores in a range of the file: its bytes, or zeros. A range of which later
 * writers took the middle is two of these.
 *
 * <p>All fields: [monitor of the {@link Oracle}].
 */
final class Writer {
  /** The range; shrinks as later writers surely overwrite it. */
  int from;

  int end;

  /** What happened, and when. */
  final Call call;

  /** Whether the range may be lost, in whole or in part, and nobody is to blame for that. */
  private boolean mayBeLost;

  Writer(Call call, int from, int end) {
    this.call = call;
    this.from = from;
    this.end = end;
  }

  /** The same over a part of the range. */
  Writer part(int partFrom, int partEnd) {
    Writer part = new Writer(call, Math.max(from, partFrom), Math.min(end, partEnd));
    part.mayBeLost = mayBeLost;
    return part;
  }

  void mayBeLost() {
    mayBeLost = true;
  }

  boolean isSure() {
    return !mayBeLost;
  }

  boolean isEmpty() {
    return from >= end;
  }

  boolean overlaps(int otherFrom, int otherEnd) {
    return from < otherEnd && otherFrom < end;
  }

  boolean covers(int at) {
    return from <= at && at < end;
  }

  /**
   * How many of {@code count} bytes of {@code data}, which belong at {@code at}, are this one's.
   */
  int same(Contents contents, byte[] data, int dataAt, int at, int count) {
    return call.isZeros()
        ? Contents.zeros(data, dataAt, count)
        : contents.same(data, dataAt, call.place() + at - call.op().offset(), count);
  }

  /** Its byte at {@code at}. */
  byte byteAt(Contents contents, int at) {
    return call.isZeros() ? 0 : contents.bytes()[call.place() + at - call.op().offset()];
  }
}
