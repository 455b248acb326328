package dev.diolab.benchmarks.doctor;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.environment.Machine;
import dev.diolab.benchmarks.environment.Storage;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.device.UnusableDeviceException;
import dev.diolab.engine.os.Uring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Examines a directory in which an image would lie: every check gives one finding.
 *
 * <p>Thread safety: none.
 */
public final class Doctor {
  private static final long PROBE_BYTES = 64 * Sizes.MIB;
  private static final double PROBE_SECONDS = 2;
  private static final double SCALES = 1.5;
  private static final String PROBE_FILE = "diolab-doctor.tmp";

  private static final Set<String> IN_PLACE = Set.of("ext4", "xfs", "ext3", "ext2", "f2fs");
  private static final Set<String> COPY_ON_WRITE = Set.of("btrfs", "zfs", "bcachefs", "overlay");
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final Set<String> FAIR_SCHEDULERS = Set.of("none", "mq-deadline", "noop");

  private final Path directory;
  private final long leastBytes;
  private final long amplyBytes;
  private final double probeSeconds;
  private final List<Finding> findings = new ArrayList<>();

  private Doctor(Path directory, long leastBytes, long amplyBytes, double probeSeconds) {
    this.directory = directory;
    this.probeSeconds = probeSeconds;
    this.leastBytes = leastBytes;
    this.amplyBytes = amplyBytes;
  }

  /**
   * Examines {@code directory}, which exists; a file is made in it and removed again.
   *
   * @param leastBytes free space without which nothing can be measured
   * @param amplyBytes free space with which everything can
   */
  public static List<Finding> examine(Path directory, long leastBytes, long amplyBytes) {
    return examine(directory, leastBytes, amplyBytes, PROBE_SECONDS);
  }

  /** As {@link #examine(Path, long, long)}, with another time for each number of threads. */
  static List<Finding> examine(
      Path directory, long leastBytes, long amplyBytes, double probeSeconds) {
    Doctor doctor = new Doctor(directory, leastBytes, amplyBytes, probeSeconds);
    try {
      doctor.examine();
    } catch (IOException e) {
      throw Failure.environment(directory + " cannot be examined: " + Failure.messageOf(e), e);
    }
    return List.copyOf(doctor.findings);
  }

  /** Whether measuring is possible. */
  public static boolean isMeasurable(List<Finding> findings) {
    return findings.stream().noneMatch(finding -> finding.level() == Finding.Level.PROBLEM);
  }

  private void examine() throws IOException {
    Storage storage = Storage.of(directory);
    fileSystem(storage);
    if (!IN_MEMORY.contains(storage.fileSystem())) {
      disk(storage);
    }
    boolean room = freeSpace();
    machine();
    ring();
    if (room) {
      directWrites();
    }
  }

  private void fileSystem(Storage storage) {
    String type = storage.fileSystem();
    String what = type + " on " + storage.device();
    if (IN_PLACE.contains(type)) {
      add(Finding.ok("file system", what + ": overwrites stay in place"));
    } else if (IN_MEMORY.contains(type)) {
      add(
          Finding.problem(
              "file system",
              what + " is memory, not a disk",
              "give --image a path on ext4 or XFS; for memory alone there is --workload LOCK-COST"));
    } else if (COPY_ON_WRITE.contains(type)) {
      add(
          Finding.warning(
              "file system",
              what + " writes every overwrite to a new place, so that its own work is measured too",
              "use ext4 or XFS, or a file without copy-on-write (chattr +C on btrfs)"));
    } else {
      add(
          Finding.warning(
              "file system",
              what + " is not known here; its own work may be measured too",
              "use ext4 or XFS on a local disk"));
    }
  }

  private void disk(Storage storage) {
    writeCache(storage);
    scheduler(storage);
    rotational(storage);
  }

  private void writeCache(Storage storage) {
    switch (storage.writeCache()) {
      case "write through" ->
          add(
              Finding.ok(
                  "write cache", "write through: a completed write is safe, flushes are free"));
      case "write back" ->
          add(Finding.ok("write cache", "write back: flushes reach the disk, and are measured"));
      default ->
          add(
              Finding.warning(
                  "write cache",
                  "the kernel does not tell, so that a volatile one is assumed",
                  "name the disk's cache when you quote numbers with fdatasync or DSYNC"));
    }
  }

  private void scheduler(Storage storage) {
    String scheduler = storage.scheduler();
    if (scheduler.equals(Storage.UNKNOWN)) {
      add(
          Finding.warning(
              "scheduler", "the kernel does not tell", "measure on a local disk if you can"));
    } else if (FAIR_SCHEDULERS.contains(scheduler)) {
      add(Finding.ok("scheduler", scheduler));
    } else {
      add(
          Finding.warning(
              "scheduler",
              scheduler + " reorders and delays writes of parallel threads",
              "echo none | sudo tee /sys/block/" + storage.device() + "/queue/scheduler"));
    }
  }

  private void rotational(Storage storage) {
    if (storage.rotational()) {
      add(
          Finding.warning(
              "disk",
              storage.device() + " says it rotates; virtual disks often say so without reason",
              "on a real spinning disk, expect the seek time to hide every lock"));
    } else if (!storage.device().equals(Storage.UNKNOWN)) {
      add(Finding.ok("disk", storage.device() + " does not rotate"));
    }
  }

  private boolean freeSpace() throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace();
    String sentence = String.format(Locale.ROOT, "%.1f GiB", free / (double) (1L << 30));
    if (free < leastBytes) {
      add(
          Finding.problem(
              "free space",
              sentence + ", the smallest image needs " + Sizes.format(leastBytes),
              "free some space or give --image another path"));
      return false;
    }
    if (free < amplyBytes) {
      add(
          Finding.warning(
              "free space",
              sentence
                  + ", enough for the quick profiles; ssd and full want "
                  + Sizes.format(amplyBytes),
              "free some space, or give ssd a smaller --size"));
    } else {
      add(Finding.ok("free space", sentence));
    }
    return true;
  }

  private void machine() throws IOException {
    Machine machine = Machine.probe();
    if (machine.cpus() < 2) {
      add(
          Finding.warning(
              "cpus",
              "one CPU: threads take turns on it, whatever the lock",
              "measure on two or more"));
    } else {
      add(Finding.ok("cpus", machine.cpus() + " x " + machine.cpuModel()));
    }
    if (machine.governor().equals("powersave") || machine.governor().equals("ondemand")) {
      add(
          Finding.warning(
              "governor",
              machine.governor() + " changes the clock while measuring",
              "sudo cpupower frequency-set -g performance"));
    }
    if (machine.isBusy()) {
      add(
          Finding.warning(
              "load",
              String.format(
                  Locale.ROOT,
                  "%.1f on %d CPUs: others are at work",
                  machine.load(),
                  machine.cpus()),
              "wait until the machine is quiet"));
    } else {
      add(Finding.ok("load", String.format(Locale.ROOT, "%.1f", machine.load())));
    }
  }

  private void ring() {
    String why = Uring.unavailableBecause();
    if (why == null) {
      add(Finding.ok("io_uring", "works: asynchronous runs use it"));
    } else {
      add(
          Finding.warning(
              "io_uring",
              why,
              "permit it, or expect asynchronous runs on threads, which cost more CPU"));
    }
  }

  private void directWrites() throws IOException {
    Path file = directory.resolve(PROBE_FILE);
    Files.deleteIfExists(file);
    try (FileDevice device = FileDevice.create(file, PROBE_BYTES)) {
      add(Finding.ok("O_DIRECT", "works"));
      alignment(device);
      scaling(ParallelWriteProbe.run(device, probeSeconds));
    } catch (UnusableDeviceException e) {
      add(
          Finding.problem(
              "O_DIRECT", Failure.messageOf(e), "give --image a path where direct writes work"));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void alignment(FileDevice device) {
    String sentence =
        "offsets to " + device.offsetAlignment() + " bytes, buffers to " + device.memoryAlignment();
    if (device.offsetAlignment() > 4096 || device.memoryAlignment() > 4096) {
      add(
          Finding.problem(
              "alignment", sentence + ": more than a block of 4096", "use another disk"));
    } else {
      add(Finding.ok("alignment", sentence));
    }
  }

  private void scaling(ParallelWriteProbe.Result result) {
    String sentence =
        String.format(
            Locale.ROOT,
            "random 4 KiB writes: %,.0f/s with 1 thread, %,.0f/s with %d (x %.1f)",
            result.one(),
            result.many(),
            ParallelWriteProbe.MANY,
            result.ratio());
    if (result.ratio() >= SCALES) {
      add(Finding.ok("scaling", sentence));
    } else {
      add(
          Finding.warning(
              "scaling",
              sentence + ": parallel writes hardly scale here, so that no lock can hold them back",
              "use an NVMe disk, or compare with --workload LOCK-COST"));
    }
  }

  private void add(Finding finding) {
    findings.add(finding);
  }
}
