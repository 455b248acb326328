package dev.diolab.benchmarks.verify.faults;

import dev.diolab.benchmarks.verify.record.OverlayDevice;
import dev.diolab.engine.device.DeviceLog;
import dev.diolab.engine.device.RecordedFlush;
import dev.diolab.engine.device.RecordedWrite;
import java.util.Map;

/** The two outermost states that a crash can leave of what was written to an image. */
final class CrashImages {
  private CrashImages() {}

  /** The states by name: nothing lost, and everything lost that no flush made durable. */
  static Map<String, OverlayDevice> of(FaultImage image, DeviceLog log) {
    return Map.of(
        "a crash that loses nothing",
        apply(image, log, false),
        "a crash that loses the volatile cache",
        apply(image, log, true));
  }

  private static OverlayDevice apply(FaultImage image, DeviceLog log, boolean durableOnly) {
    OverlayDevice device = image.device();
    long lastFlush = log.flushes().stream().mapToLong(RecordedFlush::begin).max().orElse(0);
    for (RecordedWrite write : log.writes()) {
      if (!durableOnly || write.fua() || write.end() < lastFlush) {
        device.put(write.data(), 0, write.offset(), write.bytes());
      }
    }
    return device;
  }
}
