package dev.diolab.benchmarks.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The mounted file systems, as {@code /proc/self/mountinfo} lists them (proc(5)). */
final class MountTable {
  /**
   * One mount.
   *
   * @param mountPoint where it is mounted
   * @param type type of the file system
   * @param options options of the mount and of the file system
   * @param source the device or whatever else is mounted
   */
  record Mount(Path mountPoint, String type, String options, String source) {}

  private static final int MOUNT_POINT = 4;
  private static final int MOUNT_OPTIONS = 5;
  private static final int FIRST_OPTIONAL = 6;

  private final List<Mount> mounts;

  private MountTable(List<Mount> mounts) {
    this.mounts = mounts;
  }

  static MountTable read() throws IOException {
    return parse(Files.readAllLines(Path.of("/proc/self/mountinfo")));
  }

  static MountTable parse(List<String> lines) {
    return new MountTable(
        lines.stream().map(MountTable::parseLine).flatMap(Optional::stream).toList());
  }

  /** The mount that {@code path}, free of symbolic links, lies on; the latest one over it. */
  Optional<Mount> of(Path path) {
    Mount best = null;
    for (Mount mount : mounts) {
      if (path.startsWith(mount.mountPoint)
          && (best == null || mount.mountPoint.getNameCount() >= best.mountPoint.getNameCount())) {
        best = mount;
      }
    }
    return Optional.ofNullable(best);
  }

  private static Optional<Mount> parseLine(String line) {
    List<String> fields = Arrays.asList(line.split(" "));
    int dash = fields.subList(Math.min(FIRST_OPTIONAL, fields.size()), fields.size()).indexOf("-");
    int type = FIRST_OPTIONAL + dash + 1;
    if (dash < 0 || type + 2 >= fields.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new Mount(
            Path.of(unescape(fields.get(MOUNT_POINT))),
            fields.get(type),
            fields.get(MOUNT_OPTIONS) + ";" + fields.get(type + 2),
            unescape(fields.get(type + 1))));
  }

  /** Blanks and backslashes stand as octal numbers. */
  private static String unescape(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
