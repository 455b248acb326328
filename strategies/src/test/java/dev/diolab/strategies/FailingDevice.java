package dev.diolab.strategies;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DeviceCall;
import dev.diolab.engine.device.Fault;
import dev.diolab.engine.device.FaultyDevice;
import dev.diolab.engine.device.FilterDevice;
import dev.diolab.engine.device.MemoryDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;

/** A {@link FaultyDevice} in short words: its transfers can be made to fail by their offset. */
final class FailingDevice extends FilterDevice {
  private final BlockDevice sound;
  private final FaultyDevice faulty;
  private final int offsetAlignment;
  private final AtomicReference<LongPredicate> failing = new AtomicReference<>(offset -> false);
  private final AtomicReference<LongPredicate> unreadable = new AtomicReference<>(offset -> false);
  private final AtomicBoolean injected = new AtomicBoolean();

  FailingDevice(BlockDevice sound) {
    this(sound, sound.offsetAlignment());
  }

  /** A device that says that it needs {@code offsetAlignment}. */
  FailingDevice(BlockDevice sound, int offsetAlignment) {
    this(sound, new FaultyDevice(sound), offsetAlignment);
  }

  private FailingDevice(BlockDevice sound, FaultyDevice faulty, int offsetAlignment) {
    super(faulty);
    this.sound = sound;
    this.faulty = faulty;
    this.offsetAlignment = offsetAlignment;
  }

  private static boolean isRead(DeviceCall call) {
    return call.kind() == DeviceCall.Kind.READ;
  }

  /** From now on writes to offsets that {@code which} accepts fail. */
  void failWrites(LongPredicate which) {
    failing.set(which);
    injectOnce();
  }

  /** From now on reads at offsets that {@code which} accepts fail. */
  void failReads(LongPredicate which) {
    unreadable.set(which);
    injectOnce();
  }

  private void injectOnce() {
    if (injected.compareAndSet(false, true)) {
      faulty.inject(Fault.eio(call -> call.isWrite() && failing.get().test(call.offset())));
      faulty.inject(Fault.eio(call -> isRead(call) && unreadable.get().test(call.offset())));
    }
  }

  /** The next flush fails. */
  void failNextFlush() {
    faulty.inject(Fault.eio(call -> call.kind() == DeviceCall.Kind.FLUSH).times(1));
  }

  /** A device with what is on this one now. */
  FailingDevice copyOfContents() throws IOException {
    MemoryDevice copy = new MemoryDevice(sound.sizeBytes());
    int chunk = 1 << 20;
    MemorySegment buffer = sound.allocateBuffer(chunk);
    for (long at = 0; at < sound.sizeBytes(); at += chunk) {
      sound.read(buffer, 0, at, chunk);
      copy.write(buffer, 0, at, chunk);
    }
    return new FailingDevice(copy);
  }

  @Override
  public int offsetAlignment() {
    return offsetAlignment;
  }
}
