package dev.diolab.engine.device;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A device that keeps a log of every write and flush, so that all states which a crash could have
 * left on it can be built afterwards.
 *
 * <p>Begin and end of every write and flush, and whatever the owner marks with {@link #tick},
 * happen at ticks of one clock: a total order of what threads do at the same time. If A ended
 * before B began in real time, the tick of A's end is below that of B's begin.
 *
 * <p>The contents of a write are copied when it begins. Reads are passed on and not recorded.
 *
 * <p>Thread safety: as every device.
 */
public final class RecordingDevice extends FilterDevice {
  /** The tick of an end that never came. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The clock. [this] */
  private long lastTick;

  /** Writes by begin; an entry is replaced when the write ends. [this] */
  private final List<RecordedWrite> writes = new ArrayList<>();

  /** Flushes by end. [this] */
  private final List<RecordedFlush> flushes = new ArrayList<>();

  /** Records what goes to {@code device}, which it does not own. */
  public RecordingDevice(BlockDevice device) {
    super(device);
  }

  /** Takes the next tick, to mark something that happens beside the device. */
  public synchronized long tick() {
    return ++lastTick;
  }

  /** The newest tick. */
  public synchronized long lastTick() {
    return lastTick;
  }

  /** The log up to now. */
  public synchronized DeviceLog log() {
    return new DeviceLog(writes, flushes, lastTick);
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    int index = begin(buffer, bufferOffset, deviceOffset, bytes, false);
    below.write(buffer, bufferOffset, deviceOffset, bytes);
    end(index);
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    int index = begin(buffer, bufferOffset, deviceOffset, bytes, true);
    below.writeFua(buffer, bufferOffset, deviceOffset, bytes);
    end(index);
  }

  @Override
  public void flush() throws IOException {
    long begin = tick();
    below.flush();
    synchronized (this) {
      flushes.add(new RecordedFlush(begin, tick()));
    }
  }

  private int begin(
      MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes, boolean fua) {
    TransferChecks.check(below, buffer, bufferOffset, deviceOffset, bytes);
    byte[] data = new byte[bytes];
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, bufferOffset, data, 0, bytes);
    synchronized (this) {
      writes.add(new RecordedWrite(tick(), NEVER, deviceOffset, data, fua));
      return writes.size() - 1;
    }
  }

  private synchronized void end(int index) {
    RecordedWrite write = writes.get(index);
    writes.set(
        index, new RecordedWrite(write.begin(), tick(), write.offset(), write.data(), write.fua()));
  }

  /** A crash loses what was not flushed, whatever the device below does. */
  @Override
  public boolean hasVolatileCache() {
    return true;
  }

  /** Does nothing: the device below belongs to somebody else. */
  @Override
  public void close() {}
}
