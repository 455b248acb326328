package dev.diolab.engine.device;

import dev.diolab.engine.device.DiskModel.Access;
import dev.diolab.engine.device.DiskModel.Arm;
import dev.diolab.engine.device.DiskModel.Cache;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * When the requests of a {@link DiskModel} end: a clockwork without time of its own. The caller
 * says when a request arrives and is told when it is over; nothing waits here.
 *
 * <ul>
 *   <li>Requests are served in the order of the calls. Each waits for a free slot and for the
 *       controller, which lets them pass at its rates, except for short bursts.
 *   <li>Flash: a write is acknowledged from the cache, which is written out all the time; a flush
 *       waits for the rest. Flushes come one after the other and hold up no other request. FUA
 *       makes each write longer by itself, in its slot: no source says how they hinder each other.
 *   <li>A hard disk: reads move the arm, one after the other. Writes stay in the cache until a
 *       flush, or until it is full; then the arm passes once over what is dirty, upwards. A gap of
 *       up to a track passes under the head, a longer one is a seek and a wait for the sector.
 * </ul>
 *
 * <p>Not modelled: garbage collection, wear, heat, zones of different speed, read-ahead beyond what
 * follows immediately, and the sorting of reads.
 *
 * <p>Assumption: times are in nanoseconds and not negative. Of two calls the later one may have the
 * earlier time; it is served second all the same.
 *
 * <p>Guarantees, for any number of threads: the same seed and the same calls in the same order give
 * the same times; a call allocates nothing.
 */
final class EmulatedDisk {
  /** Size of the transfers for which an {@link Access} gives the mean time. */
  private static final int USUAL_BYTES = 4096;

  /** Requests that the controller takes at once before it demands what its rates say. */
  private static final int BURST = 16;

  private static final double SECOND = 1e9;

  private final DiskModel model;

  /** Draws are made in the order of the requests: [this]. */
  private final SplittableRandom random;

  /** When each slot is free: [this]. */
  private final long[] slotFree;

  /** When the controller is done with all that it took: [this]. */
  private long controllerFree;

  /** When the last flush is over: [this]. */
  private long flushFree;

  /** Bytes of flash that are in the cache only, at {@link #drained}: [this]. */
  private double dirtyBytes;

  /** The time of {@link #dirtyBytes}: [this]. */
  private long drained;

  /** Units of {@link #USUAL_BYTES} that are in the cache of a hard disk only: [this]. */
  private final BitSet dirty;

  /** How many there are: [this]. */
  private int dirtyUnits;

  /** When the arm is free: [this]. */
  private long armFree;

  /** The byte that follows its last transfer: [this]. */
  private long armAt;

  /** A disk of {@code sizeBytes} whose chances are drawn from {@code seed}. */
  EmulatedDisk(DiskModel model, long sizeBytes, long seed) {
    if (model.arm() != null && sizeBytes > model.arm().bytes()) {
      throw new IllegalArgumentException(
          "disk " + model.name() + " has " + model.arm().bytes() + " bytes, not " + sizeBytes);
    }
    this.model = model;
    this.random = new SplittableRandom(seed);
    this.slotFree = new long[model.slots()];
    this.dirty =
        model.arm() == null
            ? new BitSet()
            : new BitSet(Math.toIntExact(Math.ceilDiv(sizeBytes, USUAL_BYTES)));
  }

  /** When a read that arrives at {@code now} is over. */
  synchronized long read(long now, long offset, int bytes) {
    int slot = freeSlot();
    long end = transferred(now, slot, model.reads(), bytes);
    Arm arm = model.arm();
    if (arm != null && !isCached(offset, bytes)) {
      end = moveArm(arm, Math.max(end, armFree), offset, bytes);
    }
    slotFree[slot] = end;
    return end;
  }

  /** When a write that arrives at {@code now} is acknowledged. */
  synchronized long write(long now, long offset, int bytes) {
    int slot = freeSlot();
    long end = transferred(now, slot, model.writes(), bytes);
    Cache cache = model.cache();
    if (cache != null) {
      end = model.arm() == null ? drain(cache, end, bytes) : keep(cache, end, offset, bytes);
    }
    slotFree[slot] = end;
    return end;
  }

  /** When a write with FUA that arrives at {@code now} is on stable storage. */
  synchronized long writeFua(long now, long offset, int bytes) {
    if (model.cache() == null) {
      return write(now, offset, bytes);
    }
    if (!model.fua()) {
      return flush(write(now, offset, bytes));
    }
    int slot = freeSlot();
    slotFree[slot] =
        transferred(now, slot, model.writes(), bytes) + drawn(model.fuaNanos(), model.spread());
    return slotFree[slot];
  }

  /** When a flush that arrives at {@code now} is over. */
  synchronized long flush(long now) {
    Cache cache = model.cache();
    if (cache == null) {
      return now + drawn(model.flushNanos(), model.spread());
    }
    long begin = Math.max(now, flushFree);
    if (model.arm() == null) {
      drain(cache, begin, 0);
      flushFree =
          begin
              + (long) (dirtyBytes / cache.bytesPerSecond() * SECOND)
              + drawn(model.flushNanos(), model.spread());
      dirtyBytes = 0;
      drained = flushFree;
    } else {
      flushFree = writeOut(model.arm(), begin) + drawn(model.flushNanos(), model.spread());
    }
    return flushFree;
  }

  private int freeSlot() {
    int first = 0;
    for (int slot = 1; slot < slotFree.length; slot++) {
      if (slotFree[slot] < slotFree[first]) {
        first = slot;
      }
    }
    return first;
  }

  /** When the electronics are done with a transfer that found this slot. */
  private long transferred(long now, int slot, Access access, int bytes) {
    long ahead = Math.round(BURST / access.perSecond() * SECOND);
    long begin = Math.max(now, Math.max(slotFree[slot], controllerFree - ahead));
    double hold = Math.max(1 / access.perSecond(), bytes / access.bytesPerSecond());
    controllerFree = Math.max(begin, controllerFree) + Math.round(hold * SECOND);
    double beyondUsual = Math.max(0, bytes - USUAL_BYTES) / access.bytesPerSecond();
    return begin + drawn(access.nanos(), access.spread()) + (long) (beyondUsual * SECOND);
  }

  /** A time from the log-normal distribution with this mean. */
  private long drawn(long mean, double spread) {
    return spread == 0
        ? mean
        : (long) (mean * Math.exp(spread * random.nextGaussian() - spread * spread / 2));
  }

  /** Puts bytes in the cache of flash, which is written out all the time; when they are in it. */
  private long drain(Cache cache, long now, int bytes) {
    long passed = Math.max(0, now - drained);
    dirtyBytes = Math.max(0, dirtyBytes - passed / SECOND * cache.bytesPerSecond()) + bytes;
    drained = Math.max(drained, now);
    double tooMany = Math.max(0, dirtyBytes - cache.bytes());
    return now + (long) (tooMany / cache.bytesPerSecond() * SECOND);
  }

  /** Whether the cache of a hard disk has all of these bytes, not written out yet. */
  private boolean isCached(long offset, int bytes) {
    long last = (offset + bytes - 1) / USUAL_BYTES;
    return dirty.nextClearBit((int) (offset / USUAL_BYTES)) > last;
  }

  /** Puts a write in the cache of a hard disk; when it is in it. */
  private long keep(Cache cache, long now, long offset, int bytes) {
    int last = (int) ((offset + bytes - 1) / USUAL_BYTES);
    for (int unit = (int) (offset / USUAL_BYTES); unit <= last; unit++) {
      if (!dirty.get(unit)) {
        dirty.set(unit);
        dirtyUnits++;
      }
    }
    Arm arm = model.arm();
    boolean fits = (long) dirtyUnits * USUAL_BYTES <= cache.bytes();
    return fits || arm == null ? now : writeOut(arm, now);
  }

  /** Writes everything dirty out in one pass of the arm; when that is done. */
  private long writeOut(Arm arm, long now) {
    long time = Math.max(now, armFree);
    int unit = dirty.nextSetBit(0);
    boolean isFirst = true;
    while (unit >= 0) {
      int end = dirty.nextClearBit(unit);
      long offset = (long) unit * USUAL_BYTES;
      int bytes = (end - unit) * USUAL_BYTES;
      long gap = offset - armAt;
      if (!isFirst && gap <= arm.trackBytes()) {
        time += nanos(arm, gap + bytes);
        armAt = offset + bytes;
      } else {
        time = moveArm(arm, time, offset, bytes);
      }
      isFirst = false;
      unit = dirty.nextSetBit(end);
    }
    dirty.clear();
    dirtyUnits = 0;
    armFree = time;
    return time;
  }

  /** Moves the arm to a place, waits for its sector, transfers; when that is done. */
  private long moveArm(Arm arm, long now, long offset, int bytes) {
    long end = now + nanos(arm, bytes);
    if (offset == armAt) {
      // What follows at once passes under the head at once; later the disk has turned on.
      long turned = (now - armFree) % arm.revolutionNanos();
      end += turned == 0 ? 0 : arm.revolutionNanos() - turned;
    } else {
      end += arm.seekNanos(Math.abs(offset - armAt)) + random.nextLong(arm.revolutionNanos());
    }
    armAt = offset + bytes;
    armFree = end;
    return end;
  }

  private static long nanos(Arm arm, long bytes) {
    return (long) (bytes / arm.bytesPerSecond() * SECOND);
  }
}
