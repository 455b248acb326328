package dev.diolab.benchmarks.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What all CPUs together did, in ticks since boot or between two looks (proc(5), /proc/stat).
 *
 * @param all ticks of any kind
 * @param steal ticks that the hypervisor gave to others
 * @param ioWait ticks without work while I/O was in flight
 * @param idle other ticks without work
 */
public record CpuTimes(long all, long steal, long ioWait, long idle) {
  private static final Path STAT = Path.of("/proc/stat");

  // fields of the line "cpu": user nice system idle iowait irq softirq steal, then guests' time,
  // which user has already
  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;
  private static final int STEAL = 7;
  private static final int FIELDS = 8;

  /**
   * The times since boot.
   *
   * @throws IOException when the kernel does not tell
   */
  public static CpuTimes now() throws IOException {
    return parse(Files.readString(STAT));
  }

  static CpuTimes parse(String stat) throws IOException {
    String[] fields = stat.lines().findFirst().orElse("").strip().split(" +", -1);
    if (!fields[0].equals("cpu") || fields.length <= FIELDS) {
      throw new IOException(STAT + " does not begin with the times of all CPUs");
    }
    try {
      long[] ticks = new long[FIELDS];
      for (int i = 0; i < FIELDS; i++) {
        ticks[i] = Long.parseLong(fields[i + 1]);
      }
      return new CpuTimes(Arrays.stream(ticks).sum(), ticks[STEAL], ticks[IO_WAIT], ticks[IDLE]);
    } catch (NumberFormatException e) {
      throw new IOException(STAT + " has times that are no numbers", e);
    }
  }

  /** What was done between {@code before} and this. */
  public CpuTimes since(CpuTimes before) {
    return new CpuTimes(
        all - before.all, steal - before.steal, ioWait - before.ioWait, idle - before.idle);
  }

  /** Percent of the time in which the hypervisor had others run. */
  public double stealPercent() {
    return percent(steal);
  }

  /** Percent of the time in which the CPUs had nothing to run, waiting for I/O or not. */
  public double idlePercent() {
    return percent(idle + ioWait);
  }

  private double percent(long ticks) {
    return all == 0 ? 0 : Math.round(1000.0 * ticks / all) / 10.0;
  }
}
