package dev.diolab.benchmarks.verify.faults;

import dev.diolab.engine.device.DeviceCall;
import dev.diolab.engine.device.Fault;
import java.util.function.Predicate;

/** How a call of the device fails. */
enum Harm {
  /** Once, with nothing transferred. */
  EIO,
  /** Until the fault is over. */
  EIO_ALWAYS,
  /** Once: a thinly provisioned device has no room. */
  ENOSPC,
  /** Once, after one sector. */
  SHORT_SECTOR,
  /** Once, after one block. */
  SHORT_BLOCK,
  /** Once, with some of its sectors on the device. */
  TORN;

  private static final long SEED = 7;

  Fault at(Predicate<DeviceCall> which) {
    return switch (this) {
      case EIO -> Fault.eio(which).times(1);
      case EIO_ALWAYS -> Fault.eio(which);
      case ENOSPC -> Fault.enospc(which).times(1);
      case SHORT_SECTOR -> Fault.eio(which).times(1).transferring(512);
      case SHORT_BLOCK -> Fault.eio(which).times(1).transferring(FaultImage.BLOCK);
      case TORN -> Fault.eio(which).times(1).tearing(SEED);
    };
  }
}
