package dev.diolab.engine.device;

import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * What a {@link FaultyDevice} does to some of its calls: which ones, from which on, how often, and
 * how. Begin with {@link #eio}, {@link #enospc} or {@link #delay} and narrow it down:
 *
 * <pre>{@code
 * device.inject(Fault.eio(DeviceCall::isWrite).afterPassing(2).times(1).transferring(4096));
 * }</pre>
 *
 * <p>Thread safety: immutable; the predicate is called by all threads of the device.
 */
public final class Fault {
  private static final long DEFAULT_SEED = 1;

  /** The error number of a device that fails. */
  public enum Errno {
    /** The medium or the path to it failed. */
    EIO,
    /** A thinly provisioned device has no room behind its addresses. */
    ENOSPC
  }

  /** What of a failing write is on the device afterwards. */
  enum Part {
    /** Nothing. */
    NONE,
    /** A first part. */
    BEGINNING,
    /** Any of its sectors. */
    ANY_SECTORS
  }

  private final Predicate<DeviceCall> which;
  private final long passing;
  private final long times;
  private final int oneIn;
  private final long seed;
  private final Errno errno;
  private final Part part;
  private final int bytes;
  private final long delayNanos;
  private final boolean fails;

  private Fault(
      Predicate<DeviceCall> which,
      long passing,
      long times,
      int oneIn,
      long seed,
      Errno errno,
      Part part,
      int bytes,
      long delayNanos,
      boolean fails) {
    this.which = which;
    this.passing = passing;
    this.times = times;
    this.oneIn = oneIn;
    this.seed = seed;
    this.errno = errno;
    this.part = part;
    this.bytes = bytes;
    this.delayNanos = delayNanos;
    this.fails = fails;
  }

  /** Every call that {@code which} accepts fails with EIO and transfers nothing. */
  public static Fault eio(Predicate<DeviceCall> which) {
    return failing(which, Errno.EIO);
  }

  /** Every call that {@code which} accepts fails with ENOSPC and transfers nothing. */
  public static Fault enospc(Predicate<DeviceCall> which) {
    return failing(which, Errno.ENOSPC);
  }

  /** Every call that {@code which} accepts begins {@code nanos} later, and is done. */
  public static Fault delay(Predicate<DeviceCall> which, long nanos) {
    requireNotNegative("delay", nanos);
    return new Fault(
        which, 0, Long.MAX_VALUE, 1, DEFAULT_SEED, Errno.EIO, Part.NONE, 0, nanos, false);
  }

  private static Fault failing(Predicate<DeviceCall> which, Errno errno) {
    return new Fault(which, 0, Long.MAX_VALUE, 1, DEFAULT_SEED, errno, Part.NONE, 0, 0, true);
  }

  /** The same, but the first {@code calls} that it means pass. */
  public Fault afterPassing(long calls) {
    requireNotNegative("calls to pass", calls);
    return new Fault(which, calls, times, oneIn, seed, errno, part, bytes, delayNanos, fails);
  }

  /** The same, but no more than {@code calls} calls are hit. */
  public Fault times(long calls) {
    requireNotNegative("calls to hit", calls);
    return new Fault(which, passing, calls, oneIn, seed, errno, part, bytes, delayNanos, fails);
  }

  /**
   * The same, but of the calls that it means one in {@code calls} is hit, chosen by {@code seed}
   * and the order of the calls.
   */
  public Fault oneIn(int calls, long seed) {
    if (calls < 1) {
      throw new IllegalArgumentException("one in " + calls + " calls");
    }
    return new Fault(which, passing, times, calls, seed, errno, part, bytes, delayNanos, fails);
  }

  /** The same, but a write that fails has put its first {@code bytes} bytes on the device. */
  public Fault transferring(int bytes) {
    requireNotNegative("bytes to transfer", bytes);
    return new Fault(
        which, passing, times, oneIn, seed, errno, Part.BEGINNING, bytes, delayNanos, fails);
  }

  /**
   * The same, but a write that fails has put some of its sectors on the device, by {@code seed}.
   */
  public Fault tearing(long seed) {
    return new Fault(
        which, passing, times, oneIn, seed, errno, Part.ANY_SECTORS, 0, delayNanos, fails);
  }

  private static void requireNotNegative(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + ": " + value);
    }
  }

  /** Whether it means {@code call} at all. */
  boolean means(DeviceCall call) {
    return which.test(call);
  }

  /**
   * Whether it hits the call that is number {@code index} of those that it means, when it has hit
   * {@code hits} before.
   */
  boolean hits(long index, long hits) {
    return index >= passing && hits < times && (oneIn == 1 || random(index).nextInt(oneIn) == 0);
  }

  boolean fails() {
    return fails;
  }

  Errno errno() {
    return errno;
  }

  long delayNanos() {
    return delayNanos;
  }

  /**
   * Whether the sector that begins {@code at} bytes behind the start of the failing write number
   * {@code index} is on the device afterwards; a sector that only begins inside of what was
   * transferred is not.
   */
  boolean leaves(long index, int at, int sectorBytes) {
    return switch (part) {
      case NONE -> false;
      case BEGINNING -> at + sectorBytes <= bytes;
      case ANY_SECTORS -> random(index + ((long) at << 32)).nextBoolean();
    };
  }

  private SplittableRandom random(long index) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
  }
}
