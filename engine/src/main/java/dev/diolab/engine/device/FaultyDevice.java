package dev.diolab.engine.device;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A device some of whose calls fail, fail half-way, or are late, as its {@link Fault faults} say.
 * Everything else it passes on. The transfers of its queues pass through it too.
 *
 * <p>A read that fails leaves the buffer as it is. A write that fails leaves on the device what its
 * fault says, as a transfer of which a part succeeded before the rest failed.
 *
 * <p>Without faults a call allocates nothing.
 *
 * <p>Thread safety: as every device; faults may be injected and removed at any time. A call that
 * has begun keeps the fault that it met. Which of two calls at the same time is counted first is
 * open.
 */
public final class FaultyDevice extends FilterDevice {
  private final List<Injected> faults = new CopyOnWriteArrayList<>();

  /** Calls that failed. [this] */
  private long failures;

  /** A device without any fault over {@code below}, which it closes. */
  public FaultyDevice(BlockDevice below) {
    super(below);
  }

  /** From now on {@code fault} is met; of several that mean a call the oldest that hits it. */
  public void inject(Fault fault) {
    faults.add(new Injected(fault));
  }

  /** Removes all faults. */
  public void heal() {
    faults.clear();
  }

  /** Calls that failed so far. */
  public synchronized long failures() {
    return failures;
  }

  @Override
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    Hit hit = meet(DeviceCall.Kind.READ, deviceOffset, bytes);
    if (hit != null) {
      throw fail(hit);
    }
    below.read(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    Hit hit = meet(DeviceCall.Kind.WRITE, deviceOffset, bytes);
    if (hit != null) {
      writePart(hit, buffer, bufferOffset, deviceOffset, bytes);
      throw fail(hit);
    }
    below.write(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    Hit hit = meet(DeviceCall.Kind.WRITE_FUA, deviceOffset, bytes);
    if (hit != null) {
      writePart(hit, buffer, bufferOffset, deviceOffset, bytes);
      throw fail(hit);
    }
    below.writeFua(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void flush() throws IOException {
    Hit hit = meet(DeviceCall.Kind.FLUSH, 0, 0);
    if (hit != null) {
      throw fail(hit);
    }
    below.flush();
  }

  /** Waits as long as faults say; how the call is to fail, or null. */
  private @Nullable Hit meet(DeviceCall.Kind kind, long offset, int bytes) {
    if (faults.isEmpty()) {
      return null;
    }
    DeviceCall call = new DeviceCall(kind, offset, bytes);
    for (Injected each : faults) {
      Hit hit = each.meet(call);
      if (hit != null && hit.fault.fails()) {
        return hit;
      }
      if (hit != null) {
        sleep(hit.fault.delayNanos());
      }
    }
    return null;
  }

  private static void sleep(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** What is lost of a FUA write is lost for good; what is there may still be lost by a crash. */
  private void writePart(
      Hit hit, MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    int sector = below.offsetAlignment();
    int from = 0;
    while (from < bytes) {
      int to = from;
      while (to < bytes && hit.fault.leaves(hit.index, to, sector)) {
        to += sector;
      }
      if (to > from) {
        below.write(buffer, bufferOffset + from, deviceOffset + from, to - from);
      }
      from = to + sector;
    }
  }

  private synchronized InjectedException fail(Hit hit) {
    failures++;
    return new InjectedException(hit.call, hit.fault.errno());
  }

  /** A fault and what it has met. */
  private static final class Injected {
    private final Fault fault;

    /** Calls that the fault means. [this] */
    private long met;

    /** Calls that it has hit. [this] */
    private long hits;

    Injected(Fault fault) {
      this.fault = fault;
    }

    @Nullable Hit meet(DeviceCall call) {
      if (!fault.means(call)) {
        return null;
      }
      synchronized (this) {
        long index = met++;
        if (!fault.hits(index, hits)) {
          return null;
        }
        hits++;
        return new Hit(call, fault, index);
      }
    }
  }

  /** A call that is to fail or to wait: by which fault, as its how manieth. */
  private record Hit(DeviceCall call, Fault fault, long index) {}
}
