package dev.diolab.engine.device;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that only counts: who waits sets it forward. */
final class CountingClock implements EmulatedClock {
  private final AtomicLong time = new AtomicLong();

  @Override
  public long now() {
    return time.get();
  }

  @Override
  public void waitUntil(long until) {
    time.accumulateAndGet(until, Math::max);
  }
}
