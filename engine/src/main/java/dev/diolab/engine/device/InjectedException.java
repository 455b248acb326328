package dev.diolab.engine.device;

import java.io.IOException;

/** A call of a {@link FaultyDevice} failed as a {@link Fault} told it to. */
public final class InjectedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Fault.Errno errno;

  InjectedException(DeviceCall call, Fault.Errno errno) {
    super(call + " fails as told: " + errno);
    this.errno = errno;
  }

  /** The error of the device. */
  public Fault.Errno errno() {
    return errno;
  }
}
