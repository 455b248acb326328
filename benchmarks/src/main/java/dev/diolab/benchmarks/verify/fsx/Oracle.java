package dev.diolab.benchmarks.verify.fsx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows which bytes a file may hold while any number of threads change it.
 *
 * <p>Every operation has a begin and an end on one clock. A byte may be that of any writer (a
 * write, or a truncate, punch or zero range, which write zeros) that began before the read ended,
 * unless another writer of this byte began after its end and ended before the read began: that one
 * surely overwrote it. A truncate writes zeros from its size to the end of all files: what is
 * behind the size is zero by definition. Which of two writers that ran at the same time won is
 * nobody's promise, byte by byte; nor is a read atomic. So a correct file is never blamed.
 *
 * <p>With one thread, each byte has exactly one writer, and this is fsx's own oracle.
 *
 * <p>Two more things are nobody's fault. A store into a mapping is lost where a truncate at the
 * same time takes the page away. And who fills a page before a direct write and changes it after
 * that, by a store or by a buffered write, has the old contents of the whole page, and writes them
 * out over what the direct write put there: its bytes within the pages of a store or of a buffered
 * write at the same time may be lost (race generic/036). The other way round, a direct write of a
 * part of an unwritten block pads the block with zeros, also over a store into the same block that
 * was written out since the block was looked up; no scheme has a lock against that.
 *
 * <p>Writers that are surely in order are folded into one array at once; the others are kept until
 * somebody overwrites them or the threads meet at a barrier.
 *
 * <p>Thread safety: all methods may be called at once.
 */
final class Oracle {
  private static final int PAGE_BYTES = 4096;

  /** As many writers of unknown order slow every read down. */
  private static final int CROWD = 48;

  private final Contents contents;
  private final OpLog log;

  /** What all forgotten writers left; zero behind {@link #top}. [this] */
  private final byte[] base;

  /** [this] */
  private int top;

  /** Writers that may still be seen, by begin. [this] */
  private final List<Writer> live = new ArrayList<>();

  /** Calls that have not returned. [this] */
  private final List<Call> inFlight = new ArrayList<>();

  /** [this] */
  private final SizeOracle sizes = new SizeOracle();

  /** Writers that overlap the read that is being judged. [this] */
  private final List<Writer> seen = new ArrayList<>();

  /** [this] */
  private long clock;

  /** Written under the monitor; read by anybody as a hint. */
  private volatile int sizeHint;

  /** For an empty file that never gets longer than {@code longest} bytes. */
  Oracle(Contents contents, OpLog log, int longest) {
    this.contents = contents;
    this.log = log;
    this.base = new byte[longest];
  }

  /** About the size of the file: what it was or will be a moment ago or later. */
  int sizeHint() {
    return sizeHint;
  }

  /** The least size that the file may have now, while operations of others are under way. */
  synchronized int leastSize() {
    return sizes.least(clock + 1);
  }

  /** Whether it is time for a barrier. */
  synchronized boolean isCrowded() {
    return live.size() > CROWD;
  }

  /** An operation is about to be called. */
  synchronized Call begin(Op op) {
    long number = log.add(op);
    Call call = new Call(op, number, contents.place(number), ++clock);
    inFlight.add(call);
    sizes.begin(call);
    if (op.kind() == OpKind.TRUNCATE) {
      live.add(new Writer(call, op.length(), base.length));
    } else if (op.kind().storesData() || op.kind().storesZeros()) {
      live.add(new Writer(call, op.offset(), Math.min(op.end(), base.length)));
    }
    return call;
  }

  /** An operation has returned. */
  synchronized void end(Call call) {
    call.end(++clock);
    inFlight.remove(call);
    if (call.op().kind() == OpKind.MAP_WRITE && sizes.least(call.begin()) < call.op().end()) {
      mayBeLost(call, 0, base.length);
    }
    if (call.op().kind().storesData()) {
      forgiveDirectBesideCached(call);
    }
    long oldest = inFlight.isEmpty() ? clock + 1 : inFlight.get(0).begin();
    sizes.settle(oldest);
    settle(oldest);
    sizeHint = sizes.largest(clock + 1);
  }

  /**
   * A read has returned.
   *
   * @param data what was read, from its first byte on
   * @param count bytes read
   * @param tellsSize whether fewer bytes than asked mean that the file ends there
   * @return what is wrong with that, or null
   */
  synchronized @Nullable Difference endRead(Call call, byte[] data, int count, boolean tellsSize) {
    String wrong = tellsSize ? wrongSize(call, count) : null;
    if (wrong == null) {
      wrong = wrongData(call, data, count);
    }
    end(call); // only now: it folds what happened during the read
    return wrong == null ? null : new Difference(call.number(), call + "\n" + wrong);
  }

  /**
   * A comparison of the file while nobody changes it; as {@link #endRead}, but no operation of the
   * run.
   */
  synchronized @Nullable Difference check(Op read, byte[] data, int count) {
    Call call = new Call(read, log.size(), 0, ++clock);
    call.end(++clock);
    String wrong = wrongSize(call, count);
    if (wrong == null) {
      wrong = wrongData(call, data, count);
    }
    return wrong == null
        ? null
        : new Difference(call.number(), "comparing the whole file\n" + wrong);
  }

  /** Whether the mapped operation may have met a page that is not in the file (SIGBUS). */
  synchronized boolean maySignal(Call call) {
    return sizes.least(call.begin()) < call.op().end();
  }

  /** Whether the file may be {@code size} bytes long while nobody changes it. */
  synchronized @Nullable String wrongSize(long size) {
    long now = clock + 1;
    return size <= base.length && sizes.isPossible((int) size, now)
        ? null
        : "BAD SIZE: %s".formatted(sizeFound(Long.toString(size), now));
  }

  /** Ranges in which something may be lost; nobody writes. */
  synchronized List<Op> unsure() {
    return live.stream()
        .filter(writer -> !writer.isSure())
        .map(writer -> Op.of(OpKind.WRITE, writer.from, writer.end - writer.from))
        .toList();
  }

  /** All threads stand still: the file holds {@code count} bytes, which were judged. */
  synchronized void settleAt(byte[] data, int count) {
    if (!inFlight.isEmpty()) {
      throw new AssertionError("a barrier during " + inFlight);
    }
    live.clear();
    sizes.settleAt(count);
    System.arraycopy(data, 0, base, 0, count);
    zeroBase(count, base.length);
    top = Math.max(top, count);
    sizeHint = count;
  }

  private @Nullable String wrongSize(Call call, int count) {
    Op op = call.op();
    int found = op.offset() + count;
    boolean right =
        count == op.length()
            ? sizes.largest(call.begin()) >= op.end()
            : count == 0
                ? sizes.least(call.begin()) <= op.offset()
                : sizes.isPossible(found, call.begin());
    return right
        ? null
        : "BAD READ LENGTH: "
            + sizeFound(
                (count == op.length() ? "at least " : count == 0 ? "at most " : "") + found,
                call.begin());
  }

  private String sizeFound(String found, long since) {
    return "the size was %s by what was found, but is from %d to %d"
        .formatted(found, sizes.least(since), sizes.largest(since));
  }

  private @Nullable String wrongData(Call read, byte[] data, int count) {
    int from = read.op().offset();
    int end = from + count;
    seen.clear();
    for (Writer writer : live) {
      if (writer.overlaps(from, end)) {
        seen.add(writer);
      }
    }
    int at = from;
    while (at < end) {
      int next = end;
      for (Writer writer : seen) {
        next = writer.from > at ? Math.min(next, writer.from) : next;
        next = writer.end > at ? Math.min(next, writer.end) : next;
      }
      while (at < next) {
        int same = same(read, data, from, at, next - at);
        if (same == 0) {
          return describe(read, data, from, at, next);
        }
        at += same;
      }
    }
    return null;
  }

  /** How many bytes at {@code at}, where no writer begins or ends, are of one possible writer. */
  private int same(Call read, byte[] data, int from, int at, int count) {
    int most = isSuperseded(null, at, read) ? 0 : Contents.same(data, at - from, base, at, count);
    for (int i = 0; i < seen.size() && most < count; i++) {
      Writer writer = seen.get(i);
      if (writer.covers(at) && !isSuperseded(writer, at, read)) {
        most = Math.max(most, writer.same(contents, data, at - from, at, count));
      }
    }
    return most;
  }

  private boolean isSuperseded(@Nullable Writer writer, int at, Call read) {
    for (Writer later : seen) {
      if (later.covers(at)
          && later.isSure()
          && later.call.precedes(read)
          && (writer == null || writer.call.precedes(later.call))) {
        return true;
      }
    }
    return false;
  }

  private void forgiveDirectBesideCached(Call call) {
    for (Writer writer : List.copyOf(live)) {
      Call other = writer.call;
      if (call.isConcurrentWith(other)) {
        if (call.op().storesDirectly() && other.op().storesInPages()) {
          forgive(call, other);
        } else if (call.op().storesInPages() && other.op().storesDirectly()) {
          forgive(other, call);
        }
      }
    }
  }

  private void forgive(Call direct, Call cached) {
    mayBeLost(direct, firstPageOf(cached), endOfPagesOf(cached));
    if (cached.op().kind() == OpKind.MAP_WRITE) {
      forgivePadding(cached, direct.op().offset());
      forgivePadding(cached, direct.op().end());
    }
  }

  private void forgivePadding(Call store, int edge) {
    if (edge % PAGE_BYTES != 0) {
      int page = edge / PAGE_BYTES * PAGE_BYTES;
      mayBeLost(store, page, page + PAGE_BYTES);
    }
  }

  private static int firstPageOf(Call call) {
    return call.op().offset() / PAGE_BYTES * PAGE_BYTES;
  }

  private static int endOfPagesOf(Call call) {
    return Math.ceilDiv(call.op().end(), PAGE_BYTES) * PAGE_BYTES;
  }

  /** What {@code call} put into the range may be lost. */
  private void mayBeLost(Call call, int from, int end) {
    for (int i = 0; i < live.size(); i++) {
      Writer writer = live.get(i);
      if (writer.call == call && writer.isSure() && writer.overlaps(from, end)) {
        live.remove(i);
        Writer lost = writer.part(from, end);
        lost.mayBeLost();
        for (Writer part :
            List.of(writer.part(end, writer.end), lost, writer.part(writer.from, from))) {
          if (!part.isEmpty()) {
            live.add(i, part);
          }
        }
      }
    }
  }

  /** Folds all that no read that begins at {@code oldest} or later can see another way. */
  private void settle(long oldest) {
    for (int i = 0; i < live.size(); i++) {
      Writer writer = live.get(i);
      if (writer.isSure() && writer.call.hasEndedBefore(oldest) && isInOrder(writer)) {
        live.remove(i);
        fold(writer);
        i = -1;
      }
    }
  }

  private boolean isInOrder(Writer writer) {
    for (Writer other : live) {
      if (other != writer
          && other.overlaps(writer.from, writer.end)
          && other.call.isConcurrentWith(writer.call)) {
        return false;
      }
    }
    return true;
  }

  private void fold(Writer writer) {
    for (int i = live.size() - 1; i >= 0; i--) {
      Writer other = live.get(i);
      if (other.call.precedes(writer.call) && other.overlaps(writer.from, writer.end)) {
        cut(i, writer.from, writer.end);
      }
    }
    if (writer.call.isZeros()) {
      zeroBase(writer.from, writer.end);
    } else {
      int place = writer.call.place() + writer.from - writer.call.op().offset();
      System.arraycopy(contents.bytes(), place, base, writer.from, writer.end - writer.from);
      top = Math.max(top, writer.end);
    }
  }

  private void cut(int index, int from, int end) {
    Writer writer = live.get(index);
    if (writer.end > end) {
      live.add(index + 1, writer.part(end, writer.end));
    }
    writer.end = Math.max(writer.from, Math.min(writer.end, from));
    if (writer.isEmpty()) {
      live.remove(index);
    }
  }

  private void zeroBase(int from, int end) {
    if (from < top) {
      Arrays.fill(base, from, Math.min(end, top), (byte) 0);
      top = end >= top ? from : top;
    }
  }

  private String describe(Call read, byte[] data, int from, int at, int next) {
    int wrong = 1;
    while (at + wrong < next && same(read, data, from, at + wrong, 1) == 0) {
      wrong++;
    }
    StringBuilder good = new StringBuilder();
    byte expected = base[at];
    if (!isSuperseded(null, at, read)) {
      good.append("\n  good: ").append(log.writerOf(contents, base, at, at, next));
    }
    for (Writer writer : seen) {
      if (writer.covers(at) && !isSuperseded(writer, at, read)) {
        good.append("\n  good: ").append(writer.call);
        expected = writer.byteAt(contents, at);
      }
    }
    return """
    BAD DATA:
    OFFSET      GOOD    BAD     RANGE
    0x%07x   0x%02x    0x%02x    0x%x%s
      bad:  %s"""
        .formatted(
            at,
            expected,
            data[at - from],
            wrong,
            good,
            log.writerOf(contents, data, at - from, at, next));
  }
}
