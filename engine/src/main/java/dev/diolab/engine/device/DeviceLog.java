package dev.diolab.engine.device;

import java.util.List;

/**
 * What a {@link RecordingDevice} saw, in one total order of ticks.
 *
 * @param writes by begin
 * @param flushes those that returned, by end
 * @param lastTick the newest tick given out
 */
public record DeviceLog(List<RecordedWrite> writes, List<RecordedFlush> flushes, long lastTick) {
  /** Copies the lists. */
  public DeviceLog {
    writes = List.copyOf(writes);
    flushes = List.copyOf(flushes);
  }
}
