package dev.diolab.benchmarks.verify.faults;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DeviceCall;
import dev.diolab.engine.device.DeviceCall.Kind;
import dev.diolab.engine.device.FilterDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A device that lets something happen, once, while a certain write is under way. */
final class InterruptedWriteDevice extends FilterDevice {
  private final AtomicReference<@Nullable Interruption> next = new AtomicReference<>();

  InterruptedWriteDevice(BlockDevice below) {
    super(below);
  }

  /** Runs {@code action} before the next write that {@code which} accepts reaches the device. */
  void interrupt(Predicate<DeviceCall> which, Runnable action) {
    next.set(new Interruption(which, action));
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    meet(new DeviceCall(Kind.WRITE, deviceOffset, bytes));
    below.write(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    meet(new DeviceCall(Kind.WRITE_FUA, deviceOffset, bytes));
    below.writeFua(buffer, bufferOffset, deviceOffset, bytes);
  }

  private void meet(DeviceCall call) {
    Interruption waiting = next.get();
    if (waiting != null && waiting.which.test(call) && next.compareAndSet(waiting, null)) {
      waiting.action.run();
    }
  }

  private record Interruption(Predicate<DeviceCall> which, Runnable action) {}
}
