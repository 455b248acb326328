package dev.diolab.engine.device;

import org.jspecify.annotations.Nullable;

/**
 * The figures of a disk that {@link EmulatedDevice} stands in for: of a type, not of one product.
 * Immutable. {@link DiskModels} has four, with their sources.
 *
 * <p>A request takes one of {@link #slots} for as long as it lasts, and passes one controller,
 * which takes no more of them in a second than {@link Access} says; {@link EmulatedDisk} has the
 * rest.
 *
 * @param name a short name, such as {@code sata}
 * @param title the type of disk in some words
 * @param reads what a read costs; with an {@code arm}, the electronics only
 * @param writes what a write costs until it is acknowledged
 * @param slots requests that the disk works on at once, 1 to 1024
 * @param cache the volatile write cache; null for a disk that loses nothing at power failure
 * @param flushNanos mean time of a flush that finds nothing to write out
 * @param fua whether the disk knows FUA; otherwise, and only with a volatile cache, the kernel
 *     writes and then flushes
 * @param fuaNanos mean time by which FUA makes a write longer
 * @param spread as in {@link Access}, of flushes and of FUA
 * @param arm the mechanics of a hard disk; null for flash
 */
public record DiskModel(
    String name,
    String title,
    Access reads,
    Access writes,
    int slots,
    @Nullable Cache cache,
    long flushNanos,
    boolean fua,
    long fuaNanos,
    double spread,
    @Nullable Arm arm) {
  private static final int MOST_SLOTS = 1024;

  /**
   * What a transfer costs.
   *
   * @param nanos mean time of a 4 KiB transfer that is alone
   * @param spread standard deviation of the logarithm of that time; 0 for a constant one
   * @param perSecond the most transfers that begin in a second, whatever their size
   * @param bytesPerSecond the most bytes that are transferred in a second
   */
  public record Access(long nanos, double spread, double perSecond, double bytesPerSecond) {
    /** Refuses negative times and anything that is not a positive rate. */
    public Access {
      require(nanos >= 0, "nanos", nanos);
      require(spread >= 0 && spread <= 3, "spread", spread);
      requireRate("perSecond", perSecond);
      requireRate("bytesPerSecond", bytesPerSecond);
    }
  }

  /**
   * A volatile write cache.
   *
   * @param bytes its size; a write that finds it full waits
   * @param bytesPerSecond how fast it is written out, also while nobody asks for it; 0 when that
   *     takes the {@code arm}, which does so at a flush and when the cache is full
   */
  public record Cache(long bytes, double bytesPerSecond) {
    /** Refuses an empty cache. */
    public Cache {
      require(bytes > 0, "cache bytes", bytes);
      require(
          bytesPerSecond >= 0 && Double.isFinite(bytesPerSecond),
          "cache bytesPerSecond",
          bytesPerSecond);
    }
  }

  /**
   * The mechanics of a hard disk.
   *
   * @param bytes size of the whole disk, of which the emulated device is the first part
   * @param trackSeekNanos time to the next track
   * @param averageSeekNanos mean time between two random places of the whole disk
   * @param revolutionNanos time of a revolution
   * @param bytesPerSecond rate between disk and buffer
   */
  public record Arm(
      long bytes,
      long trackSeekNanos,
      long averageSeekNanos,
      long revolutionNanos,
      double bytesPerSecond) {
    /** Mean of the square root of the distance of two random places, the longest being 1. */
    private static final double MEAN_ROOT = 8.0 / 15;

    /** Refuses times and sizes that no disk has. */
    public Arm {
      require(bytes > 0, "arm bytes", bytes);
      require(trackSeekNanos >= 0, "trackSeekNanos", trackSeekNanos);
      require(averageSeekNanos >= trackSeekNanos, "averageSeekNanos", averageSeekNanos);
      require(revolutionNanos > 0, "revolutionNanos", revolutionNanos);
      requireRate("arm bytesPerSecond", bytesPerSecond);
    }

    /**
     * Time of a seek over {@code distance} bytes: that to the next track, and a part that grows
     * with the square root, as an arm speeds up and slows down.
     */
    long seekNanos(long distance) {
      if (distance == 0) {
        return 0;
      }
      double share = Math.min(1, (double) distance / bytes);
      return trackSeekNanos
          + (long) ((averageSeekNanos - trackSeekNanos) * Math.sqrt(share) / MEAN_ROOT);
    }

    /** Bytes that pass under the head in a revolution. */
    long trackBytes() {
      return (long) (bytesPerSecond * revolutionNanos / 1e9);
    }
  }

  /** Refuses what does not fit together. */
  public DiskModel {
    require(slots >= 1 && slots <= MOST_SLOTS, "slots", slots);
    require(flushNanos >= 0, "flushNanos", flushNanos);
    require(fuaNanos >= 0, "fuaNanos", fuaNanos);
    require(spread >= 0 && spread <= 3, "spread", spread);
    if (arm != null && cache == null) {
      throw new IllegalArgumentException("disk " + name + " has an arm, but no write cache");
    }
    if (cache != null && (cache.bytesPerSecond() == 0) != (arm != null)) {
      throw new IllegalArgumentException(
          "disk " + name + ": either an arm writes its cache out, or a rate is given");
    }
  }

  /** Whether completed writes are lost at power failure unless they were flushed. */
  public boolean hasVolatileCache() {
    return cache != null;
  }

  private static void requireRate(String what, double value) {
    require(value > 0 && Double.isFinite(value), what, value);
  }

  private static void require(boolean holds, String what, Number value) {
    if (!holds) {
      throw new IllegalArgumentException("a disk cannot have " + what + "=" + value);
    }
  }
}
