package dev.diolab.benchmarks.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine, as the kernel tells of it.
 *
 * @param cpuModel what the CPU calls itself
 * @param cpus CPUs that this JVM may use
 * @param governor frequency governor of the first CPU
 * @param memoryBytes main memory
 * @param load mean number of runnable or waiting tasks over the last minute
 */
public record Machine(String cpuModel, int cpus, String governor, long memoryBytes, double load) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Path LOADAVG = Path.of("/proc/loadavg");
  private static final Path GOVERNOR =
      Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");

  /**
   * Asks the kernel.
   *
   * @throws IOException when its tables cannot be read
   */
  public static Machine probe() throws IOException {
    return new Machine(
        field(Files.readAllLines(CPUINFO), "model name"),
        Runtime.getRuntime().availableProcessors(),
        readGovernor(),
        readMemoryBytes(),
        readLoad());
  }

  /** Whether more than half of the CPUs were at work before anything was measured. */
  public boolean isBusy() {
    return load > cpus / 2.0;
  }

  private static long readMemoryBytes() throws IOException {
    String total = field(Files.readAllLines(MEMINFO), "MemTotal");
    try {
      return Long.parseLong(total.substring(0, Math.max(0, total.indexOf(' ')))) * 1024;
    } catch (NumberFormatException e) {
      throw new IOException(MEMINFO + " has no MemTotal in kB, but '" + total + "'", e);
    }
  }

  private static double readLoad() throws IOException {
    String loads = Files.readString(LOADAVG);
    try {
      return Double.parseDouble(loads.substring(0, Math.max(0, loads.indexOf(' '))));
    } catch (NumberFormatException e) {
      throw new IOException(LOADAVG + " has no load, but '" + loads.strip() + "'", e);
    }
  }

  private static String readGovernor() {
    try {
      return Files.readString(GOVERNOR).strip();
    } catch (IOException absent) {
      return Storage.UNKNOWN;
    }
  }

  /** The first {@code name : value}. */
  private static String field(List<String> lines, String name) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return Storage.UNKNOWN;
  }
}
