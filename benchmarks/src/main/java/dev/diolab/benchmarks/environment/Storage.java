package dev.diolab.benchmarks.environment;

import dev.diolab.engine.os.DirectIoAlignment;
import dev.diolab.engine.os.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file system and the disk below a path, as the kernel tells of them.
 *
 * @param fileSystem type of the file system; {@code block device} when the path is one
 * @param mountOptions options of the mount and of the file system, empty for a block device
 * @param device kernel name of the disk or partition, {@link #UNKNOWN} without one
 * @param model what the disk calls itself
 * @param scheduler the active I/O scheduler
 * @param writeCache {@code write back} when completed writes may be lost at power failure
 * @param rotational whether the kernel takes the disk for a spinning one
 * @param logicalBlockBytes the smallest unit that the disk accepts, 0 when unknown
 * @param physicalBlockBytes the unit that it works in, 0 when unknown
 * @param directIo what direct I/O must be aligned to; null when kernel or file system do not say
 */
public record Storage(
    String fileSystem,
    String mountOptions,
    String device,
    String model,
    String scheduler,
    String writeCache,
    boolean rotational,
    int logicalBlockBytes,
    int physicalBlockBytes,
    @Nullable DirectIoAlignment directIo) {

  /** Stands for what the kernel does not tell. */
  public static final String UNKNOWN = "unknown";

  /**
   * Looks at the file, directory or block device at {@code path}.
   *
   * @throws IOException when it does not exist, or the kernel's tables cannot be read
   */
  public static Storage of(Path path) throws IOException {
    Path real = path.toRealPath();
    FileStatus status = FileStatus.of(real);
    boolean isDevice = status.kind() == FileStatus.Kind.BLOCK_DEVICE;
    Optional<MountTable.Mount> mount = isDevice ? Optional.empty() : MountTable.read().of(real);
    if (!isDevice && mount.isEmpty()) {
      throw new IOException("no entry of /proc/self/mountinfo covers " + real);
    }
    Optional<Path> sysfs = sysfs(status.storage(), mount.map(MountTable.Mount::source));
    Optional<Path> queue = sysfs.flatMap(Storage::queue);
    return new Storage(
        mount.map(MountTable.Mount::type).orElse("block device"),
        mount.map(MountTable.Mount::options).orElse(""),
        sysfs.map(found -> found.getFileName().toString()).orElse(UNKNOWN),
        queue.map(found -> text(found.resolveSibling("device/model"))).orElse(UNKNOWN),
        active(queue.map(found -> text(found.resolve("scheduler"))).orElse(UNKNOWN)),
        queue.map(found -> text(found.resolve("write_cache"))).orElse(UNKNOWN),
        queue.map(found -> text(found.resolve("rotational")).equals("1")).orElse(false),
        queue.map(found -> number(found.resolve("logical_block_size"))).orElse(0),
        queue.map(found -> number(found.resolve("physical_block_size"))).orElse(0),
        status.directIo());
  }

  /** Whether the disk may lose completed writes at power failure; true when unknown. */
  public boolean hasVolatileCache() {
    return !writeCache.equals("write through");
  }

  /** The disk's directory: by number, or by name where the file system has a number of its own. */
  private static Optional<Path> sysfs(FileStatus.DeviceNumber number, Optional<String> source) {
    Path byNumber = Path.of("/sys/dev/block", number.major() + ":" + number.minor());
    Optional<Path> found = real(byNumber);
    return found.isPresent()
        ? found
        : source
            .filter(name -> name.startsWith("/dev/"))
            .flatMap(name -> real(Path.of(name)))
            .flatMap(name -> real(Path.of("/sys/class/block").resolve(name.getFileName())));
  }

  /** A partition has no queue of its own; its disk stands above it. */
  private static Optional<Path> queue(Path sysfs) {
    Path own = sysfs.resolve("queue");
    Path above = sysfs.resolveSibling("queue");
    return Files.isDirectory(own)
        ? Optional.of(own)
        : Optional.of(above).filter(Files::isDirectory);
  }

  private static Optional<Path> real(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static String text(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? UNKNOWN : text;
    } catch (IOException absent) {
      return UNKNOWN;
    }
  }

  private static int number(Path file) {
    try {
      return Integer.parseInt(text(file));
    } catch (NumberFormatException absent) {
      return 0;
    }
  }

  /** Of {@code none [mq-deadline] bfq} the one in brackets. */
  private static String active(String schedulers) {
    int open = schedulers.indexOf('[');
    int close = schedulers.indexOf(']', open + 1);
    return open < 0 || close < 0 ? schedulers : schedulers.substring(open + 1, close);
  }
}
