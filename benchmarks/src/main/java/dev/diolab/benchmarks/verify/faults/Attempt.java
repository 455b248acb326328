package dev.diolab.benchmarks.verify.faults;

import dev.diolab.engine.device.InjectedException;
import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.file.ReadOnlyVolumeException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What an operation reported.
 *
 * @param failure why it failed, or null
 */
record Attempt(@Nullable Throwable failure) {
  static final Attempt DONE = new Attempt(null);

  /** An operation on a volume. */
  @FunctionalInterface
  interface Operation {
    void run() throws IOException;
  }

  /** What {@code operation} reports. */
  static Attempt of(Operation operation) {
    try {
      operation.run();
      return DONE;
    } catch (IOException | RuntimeException | AssertionError e) {
      return new Attempt(e);
    }
  }

  boolean failed() {
    return failure != null;
  }

  boolean isReadOnly() {
    return failure instanceof ReadOnlyVolumeException;
  }

  /** As tables show it. */
  String label() {
    if (failure == null) {
      return "ok";
    }
    InjectedException injected = injected();
    if (injected != null) {
      return injected.errno().name();
    }
    return failure instanceof NoSpaceException ? "ENOSPC" : failure.toString();
  }

  /** The error of the device that it tells, or null. */
  private @Nullable InjectedException injected() {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InjectedException injected) {
        return injected;
      }
    }
    return null;
  }

  /** Whether it tells an error of the device. */
  boolean isTold() {
    return injected() != null;
  }

  /**
   * Whether the failure is what the trial did: an error of the device, told as such or as the
   * reason of a read-only volume; or, where the volume is full, that.
   */
  boolean tellsOf(FaultPoint point) {
    return point.fillsVolume() ? failure instanceof NoSpaceException : injected() != null;
  }
}
