package dev.diolab.engine.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What statx(2) tells of a file.
 *
 * @param kind what sort of file it is
 * @param sizeBytes size of a regular file; 0 for a block device
 * @param blockBytes preferred unit of I/O (stx_blksize)
 * @param storage the block device that holds the file, or that the file is
 * @param directIo alignment of direct I/O; null when kernel or file system does not report it
 */
public record FileStatus(
    Kind kind,
    long sizeBytes,
    int blockBytes,
    DeviceNumber storage,
    @Nullable DirectIoAlignment directIo) {

  /** Sorts of files. */
  public enum Kind {
    REGULAR,
    DIRECTORY,
    BLOCK_DEVICE,
    /** Character device, pipe or socket. */
    OTHER
  }

  /** Number of a block device; its description is found in sysfs under it. */
  public record DeviceNumber(int major, int minor) {}

  private static final int AT_FDCWD = -100;
  private static final int AT_EMPTY_PATH = 0x1000;

  private static final int STATX_BASIC_STATS = 0x7FF;
  private static final int STATX_DIOALIGN = 0x2000;

  // struct statx, the same on every architecture
  private static final long STATX_BYTES = 256;
  private static final long STX_MASK = 0;
  private static final long STX_BLKSIZE = 4;
  private static final long STX_MODE = 28;
  private static final long STX_SIZE = 40;
  private static final long STX_RDEV_MAJOR = 128;
  private static final long STX_RDEV_MINOR = 132;
  private static final long STX_DEV_MAJOR = 136;
  private static final long STX_DEV_MINOR = 140;
  private static final long STX_DIO_MEM_ALIGN = 152;
  private static final long STX_DIO_OFFSET_ALIGN = 156;

  private static final int S_IFMT = 0xF000;
  private static final int S_IFDIR = 0x4000;
  private static final int S_IFBLK = 0x6000;
  private static final int S_IFREG = 0x8000;

  /**
   * The status of the file at {@code path}; symbolic links are followed.
   *
   * @throws OsException when there is none, or it cannot be reached
   */
  public static FileStatus of(Path path) throws OsException {
    Platform.requireSupported();
    try (Arena arena = Arena.ofConfined()) {
      return statx(arena, AT_FDCWD, PathName.of(arena, path), 0, path);
    }
  }

  /** The status of an open file; {@code path} is for the exception. */
  static FileStatus of(int fd, Path path) throws OsException {
    try (Arena arena = Arena.ofConfined()) {
      return statx(arena, fd, arena.allocateFrom(""), AT_EMPTY_PATH, path);
    }
  }

  private static FileStatus statx(Arena arena, int dirFd, MemorySegment name, int flags, Path path)
      throws OsException {
    MemorySegment out = arena.allocate(STATX_BYTES, Long.BYTES);
    int result = Libc.statx(dirFd, name, flags, STATX_BASIC_STATS | STATX_DIOALIGN, out);
    if (result < 0) {
      throw OsException.of("statx", path, -result);
    }
    Kind kind = kind(Short.toUnsignedInt(out.get(JAVA_SHORT, STX_MODE)));
    return new FileStatus(
        kind,
        out.get(JAVA_LONG, STX_SIZE),
        out.get(JAVA_INT, STX_BLKSIZE),
        kind == Kind.BLOCK_DEVICE
            ? new DeviceNumber(out.get(JAVA_INT, STX_RDEV_MAJOR), out.get(JAVA_INT, STX_RDEV_MINOR))
            : new DeviceNumber(out.get(JAVA_INT, STX_DEV_MAJOR), out.get(JAVA_INT, STX_DEV_MINOR)),
        directIo(out));
  }

  private static Kind kind(int mode) {
    return switch (mode & S_IFMT) {
      case S_IFREG -> Kind.REGULAR;
      case S_IFDIR -> Kind.DIRECTORY;
      case S_IFBLK -> Kind.BLOCK_DEVICE;
      default -> Kind.OTHER;
    };
  }

  private static @Nullable DirectIoAlignment directIo(MemorySegment statx) {
    if ((statx.get(JAVA_INT, STX_MASK) & STATX_DIOALIGN) == 0) {
      return null;
    }
    return new DirectIoAlignment(
        statx.get(JAVA_INT, STX_DIO_MEM_ALIGN), statx.get(JAVA_INT, STX_DIO_OFFSET_ALIGN));
  }
}
