package dev.diolab.engine.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file or block device.
 *
 * <p>Assumptions, kept by the caller:
 *
 * <ol>
 *   <li>The memory at an address given to a transfer is native, large enough, and stays alive until
 *       the transfer returned (a {@link java.lang.ref.Reference#reachabilityFence} on its segment
 *       after the call). Nothing here can check it: addresses are raw so that a transfer makes no
 *       object.
 *   <li>{@link #close} runs after every transfer of other threads returned. A transfer that runs
 *       meanwhile could reach a file that the process opened under the same descriptor.
 * </ol>
 *
 * <p>Guarantees, for any number of threads:
 *
 * <ol>
 *   <li>Transfers are complete or throw; interrupted calls are repeated.
 *   <li>A transfer allocates nothing unless it fails.
 *   <li>After {@link #close} every call fails with {@link Errno#EBADF}.
 * </ol>
 */
public final class NativeFile implements AutoCloseable {
  /** Mode of {@link #fallocate}: the size of the file stays. */
  public static final int FALLOC_FL_KEEP_SIZE = 0x1;

  /** Mode of {@link #fallocate}, with {@link #FALLOC_FL_KEEP_SIZE}: the range becomes a hole. */
  public static final int FALLOC_FL_PUNCH_HOLE = 0x2;

  /** Mode of {@link #fallocate}: the range reads as zeros, its blocks stay allocated. */
  public static final int FALLOC_FL_ZERO_RANGE = 0x10;

  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;

  /** ioctls of block devices: logical block size (int), size in bytes (64 bits). */
  private static final long BLKSSZGET = 0x1268;

  private static final long BLKGETSIZE64 = 0x8008_1272L;

  /** The smallest piece in which a direct transfer can end early: one sector. */
  private static final int DIRECT_UNIT_BYTES = 512;

  private static final int CLOSED = -1;

  private final Path path;
  private final AtomicInteger fd;
  private final int unitBytes;

  private NativeFile(Path path, int fd, int unitBytes) {
    this.path = path;
    this.fd = new AtomicInteger(fd);
    this.unitBytes = unitBytes;
  }

  /**
   * Opens a file.
   *
   * @param flags of {@link OpenFlags}, combined with {@code |}
   * @param mode permissions of a file that this creates, before the umask
   * @throws OsException when the system refuses
   * @throws UnsupportedOperationException on a platform without these calls
   */
  public static NativeFile open(Path path, int flags, int mode) throws OsException {
    Platform.requireSupported();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = PathName.of(arena, path);
      int result;
      do {
        result = Libc.open(name, flags, mode);
      } while (result == -Errno.EINTR);
      check("open", path, result);
      boolean direct = (flags & OpenFlags.O_DIRECT) != 0;
      return new NativeFile(path, result, direct ? DIRECT_UNIT_BYTES : 1);
    }
  }

  /** The path under which the file was opened. */
  public Path path() {
    return path;
  }

  /** The descriptor; negative when the file is closed. */
  int descriptor() {
    return fd.get();
  }

  /**
   * Reads exactly {@code bytes} bytes at {@code offset} into the memory at {@code address}.
   *
   * @throws OsException when the system reports an error
   * @throws java.io.EOFException when the file ends before
   */
  public void pread(long address, long bytes, long offset) throws IOException {
    FullTransfer.run(Transfer.PREAD, fd.get(), address, bytes, offset, unitBytes, "pread", path);
  }

  /**
   * Writes exactly {@code bytes} bytes from the memory at {@code address} to {@code offset}.
   *
   * @throws OsException when the system reports an error; a part may have been written
   */
  public void pwrite(long address, long bytes, long offset) throws IOException {
    FullTransfer.run(Transfer.PWRITE, fd.get(), address, bytes, offset, unitBytes, "pwrite", path);
  }

  /**
   * As {@link #pwrite}, and the data is on stable storage when the call returns (pwritev2 with
   * RWF_DSYNC, Linux 4.7 or newer).
   *
   * @throws OsException when the system reports an error; a part may have been written
   */
  public void pwriteDsync(long address, long bytes, long offset) throws IOException {
    FullTransfer.run(
        Transfer.PWRITE_DSYNC, fd.get(), address, bytes, offset, unitBytes, "pwritev2", path);
  }

  /** Makes data and metadata durable (fsync(2)). */
  public void fsync() throws OsException {
    int result;
    do {
      result = Libc.fsync(fd.get());
    } while (result == -Errno.EINTR);
    check("fsync", path, result);
  }

  /** Makes data durable, and the metadata needed to read it back (fdatasync(2)). */
  public void fdatasync() throws OsException {
    int result;
    do {
      result = Libc.fdatasync(fd.get());
    } while (result == -Errno.EINTR);
    check("fdatasync", path, result);
  }

  /**
   * Allocates, zeroes or frees the blocks of a range (fallocate(2)).
   *
   * @param mode 0, or {@code FALLOC_FL_} constants combined with {@code |}
   */
  public void fallocate(int mode, long offset, long bytes) throws OsException {
    int result;
    do {
      result = Libc.fallocate(fd.get(), mode, offset, bytes);
    } while (result == -Errno.EINTR);
    if (result < 0) {
      throw OsException.of("fallocate", path, offset, bytes, -result);
    }
  }

  /** Cuts or extends the file to {@code sizeBytes} (ftruncate(2)). */
  public void ftruncate(long sizeBytes) throws OsException {
    int result;
    do {
      result = Libc.ftruncate(fd.get(), sizeBytes);
    } while (result == -Errno.EINTR);
    check("ftruncate", path, result);
  }

  /**
   * Tries to take the exclusive advisory lock of the file (flock(2)), without waiting. It is held
   * until {@link #close} or the end of the process, also against other descriptors of this process.
   *
   * @return whether the lock is now held; false when somebody else holds it
   */
  public boolean tryFlock() throws OsException {
    int result = Libc.flock(fd.get(), LOCK_EX | LOCK_NB);
    if (result == -Errno.EAGAIN) {
      return false;
    }
    check("flock", path, result);
    return true;
  }

  /** The status of the open file (statx(2)). */
  public FileStatus statx() throws OsException {
    return FileStatus.of(fd.get(), path);
  }

  /** Size of this block device in bytes (ioctl BLKGETSIZE64). */
  public long blockDeviceBytes() throws OsException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(JAVA_LONG);
      check("ioctl BLKGETSIZE64", path, Libc.ioctl(fd.get(), BLKGETSIZE64, size));
      return size.get(JAVA_LONG, 0);
    }
  }

  /** Logical block size of this block device in bytes (ioctl BLKSSZGET). */
  public int logicalBlockBytes() throws OsException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(JAVA_INT);
      check("ioctl BLKSSZGET", path, Libc.ioctl(fd.get(), BLKSSZGET, size));
      return size.get(JAVA_INT, 0);
    }
  }

  /** Closes the file and releases its lock; closing twice is harmless. */
  @Override
  public void close() throws OsException {
    int open = fd.getAndSet(CLOSED);
    if (open != CLOSED) {
      // Not repeated on EINTR: Linux has released the descriptor by then.
      int result = Libc.close(open);
      if (result != -Errno.EINTR) {
        check("close", path, result);
      }
    }
  }

  private static void check(String call, Path path, int result) throws OsException {
    if (result < 0) {
      throw OsException.of(call, path, -result);
    }
  }
}
