package dev.diolab.benchmarks.verify.crash;

import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.record.OverlayDevice;
import dev.diolab.benchmarks.verify.record.RecordedRun;
import dev.diolab.engine.device.DeviceLog;
import dev.diolab.engine.device.RecordedFlush;
import dev.diolab.engine.device.RecordedWrite;
import dev.diolab.engine.device.RecordingDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Walks from crash point to crash point and keeps an image of what is durable there.
 *
 * <p>A write is durable when a flush that began after its end has ended, or, with FUA, when it has
 * ended itself. The points are the ends of flushes, of FUA writes and of operations (more is
 * promised from then on), and the moments right before the first two (most is loose then).
 *
 * <p>Thread safety: none.
 */
final class CrashTimeline {
  private final DeviceLog log;
  private final long[] ticks;
  private final Target durable;

  /** Writes that had begun at the present point and were not durable, by begin. */
  private List<RecordedWrite> loose = new ArrayList<>();

  /** Durable FUA writes that a loose write may have been older than. */
  private final List<RecordedWrite> forced = new ArrayList<>();

  private int nextTick;
  private int nextWrite;
  private int nextFlush;

  private CrashTimeline(DeviceLog log, SortedSet<Long> ticks, Target durable) {
    this.log = log;
    this.ticks = ticks.stream().mapToLong(Long::longValue).toArray();
    this.durable = durable;
  }

  /**
   * The points of {@code run}.
   *
   * @param image a copy of its base; at each point it holds what is durable there
   */
  static CrashTimeline of(RecordedRun run, byte[] image) {
    SortedSet<Long> ticks = deviceTicks(run.log());
    for (Event event : run.history().events()) {
      if (event.begin() > run.history().setupEnd()
          && event.end() != Event.NEVER
          && !event.op().kind().isRead()) {
        ticks.add(event.end());
      }
    }
    return new CrashTimeline(
        run.log(),
        ticks,
        (data, from, at, bytes) -> System.arraycopy(data, from, image, (int) at, bytes));
  }

  /** The points of a recovery that wrote {@code log}; {@code image} is as it found it. */
  static CrashTimeline ofRecovery(DeviceLog log, OverlayDevice image) {
    return new CrashTimeline(log, deviceTicks(log), image::put);
  }

  private static SortedSet<Long> deviceTicks(DeviceLog log) {
    SortedSet<Long> ticks = new TreeSet<>();
    for (RecordedFlush flush : log.flushes()) {
      ticks.add(flush.end() - 1);
      ticks.add(flush.end());
    }
    for (RecordedWrite write : log.writes()) {
      if (write.fua() && write.end() != RecordingDevice.NEVER) {
        ticks.add(write.end() - 1);
        ticks.add(write.end());
      }
    }
    ticks.add(log.lastTick());
    return ticks;
  }

  /** How many points there are. */
  int points() {
    return ticks.length;
  }

  boolean hasNext() {
    return nextTick < ticks.length;
  }

  /** Goes to the next point. */
  CrashPoint next() {
    return advanceTo(ticks[nextTick++]);
  }

  /** Goes to the first point at or after {@code tick}. */
  CrashPoint goTo(long tick) {
    CrashPoint point = next();
    while (point.tick() < tick && hasNext()) {
      point = next();
    }
    return point;
  }

  private CrashPoint advanceTo(long tick) {
    while (nextWrite < log.writes().size() && log.writes().get(nextWrite).begin() <= tick) {
      loose.add(log.writes().get(nextWrite++));
    }
    while (nextFlush < log.flushes().size() && log.flushes().get(nextFlush).end() <= tick) {
      long before = log.flushes().get(nextFlush++).begin();
      settle(before, tick);
    }
    settle(Long.MIN_VALUE, tick);
    return new CrashPoint(tick, List.copyOf(loose));
  }

  /** Makes durable what ended before {@code flushBegin}, and FUA writes that ended by now. */
  private void settle(long flushBegin, long tick) {
    List<RecordedWrite> still = new ArrayList<>();
    List<RecordedWrite> settled = new ArrayList<>();
    for (RecordedWrite write : loose) {
      boolean now = write.end() < flushBegin || (write.fua() && write.end() <= tick);
      (now ? settled : still).add(write);
    }
    loose = still;
    settled.sort((a, b) -> Long.compare(a.end(), b.end()));
    for (RecordedWrite write : settled) {
      put(write, Applied.WHOLE, durable);
      if (write.fua()) {
        forced.add(write);
      }
    }
    forced.removeIf(write -> loose.stream().noneMatch(older -> older.isBefore(write)));
  }

  /** Puts the loose writes of {@code state} over what is durable. */
  void build(CrashState state, OverlayDevice device) {
    for (Applied applied : state.applied()) {
      put(applied.write(), applied.sectors(), device::put);
    }
  }

  /** Copies what of a write is there, but not over FUA data that is newer. */
  private void put(RecordedWrite write, long sectors, Target target) {
    boolean covered = false;
    for (RecordedWrite newer : forced) {
      covered |= write.isBefore(newer) && write.overlaps(newer);
    }
    if (!covered && sectors == Applied.WHOLE) {
      target.put(write.data(), 0, write.offset(), write.bytes());
      return;
    }
    Applied applied = new Applied(write, sectors);
    for (int i = 0; i < write.bytes() / CrashState.SECTOR; i++) {
      long at = write.offset() + (long) i * CrashState.SECTOR;
      if (applied.has(i) && !(covered && isForcedOver(write, at))) {
        target.put(write.data(), i * CrashState.SECTOR, at, CrashState.SECTOR);
      }
    }
  }

  private boolean isForcedOver(RecordedWrite write, long at) {
    for (RecordedWrite newer : forced) {
      if (write.isBefore(newer) && at >= newer.offset() && at < newer.offset() + newer.bytes()) {
        return true;
      }
    }
    return false;
  }

  /** Where bytes go. */
  private interface Target {
    void put(byte[] data, int from, long at, int bytes);
  }
}
