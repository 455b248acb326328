package dev.diolab.engine.device;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of a device's work since it was opened.
 *
 * <p>Thread safety: updates and reads may run at once; a read that overlaps updates may miss some
 * of them.
 */
public final class DeviceCounters {
  private final LongAdder reads = new LongAdder();
  private final LongAdder readBytes = new LongAdder();
  private final LongAdder writes = new LongAdder();
  private final LongAdder writtenBytes = new LongAdder();
  private final LongAdder flushes = new LongAdder();

  /** Counts one completed read. */
  public void countRead(long bytes) {
    reads.increment();
    readBytes.add(bytes);
  }

  /** Counts one completed write, with or without FUA. */
  public void countWrite(long bytes) {
    writes.increment();
    writtenBytes.add(bytes);
  }

  /** Counts one completed flush. */
  public void countFlush() {
    flushes.increment();
  }

  public long reads() {
    return reads.sum();
  }

  public long readBytes() {
    return readBytes.sum();
  }

  public long writes() {
    return writes.sum();
  }

  public long writtenBytes() {
    return writtenBytes.sum();
  }

  public long flushes() {
    return flushes.sum();
  }
}
