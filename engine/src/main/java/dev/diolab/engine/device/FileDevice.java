package dev.diolab.engine.device;

import dev.diolab.engine.device.UnusableDeviceException.Reason;
import dev.diolab.engine.os.AlignedBuffer;
import dev.diolab.engine.os.DirectIoAlignment;
import dev.diolab.engine.os.Errno;
import dev.diolab.engine.os.FileStatus;
import dev.diolab.engine.os.NativeFile;
import dev.diolab.engine.os.OpenFlags;
import dev.diolab.engine.os.OsException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A regular file or a whole block device, opened O_DIRECT.
 *
 * <p>Assumptions, kept by the caller:
 *
 * <ol>
 *   <li>Buffers are native segments. One of a closable arena stays open until the transfer
 *       returned: the kernel stores through its bare address.
 *   <li>{@link #close} runs after every transfer of other threads returned.
 * </ol>
 *
 * <p>Guarantees beyond {@link BlockDevice}:
 *
 * <ol>
 *   <li>Nobody else has the file open as a FileDevice, in this or another process (flock); a block
 *       device is not mounted either (O_EXCL).
 *   <li>A transfer is one pread, pwrite or pwritev2 with RWF_DSYNC and allocates nothing, unless
 *       the kernel transfers less than asked for.
 *   <li>No lock is taken here. The host file system has its own: on a file whose blocks are all
 *       written, ext4 and XFS share it between direct transfers.
 * </ol>
 */
public final class FileDevice implements BlockDevice {
  private final NativeFile file;
  private final long sizeBytes;
  private final DirectIoAlignment alignment;
  private final boolean volatileCache;
  private final DeviceCounters counters = new DeviceCounters();

  private FileDevice(
      NativeFile file, long sizeBytes, DirectIoAlignment alignment, boolean volatileCache) {
    this.file = file;
    this.sizeBytes = sizeBytes;
    this.alignment = alignment;
    this.volatileCache = volatileCache;
  }

  /**
   * Opens an existing file, or a block device.
   *
   * @throws UnusableDeviceException when the path cannot serve; its reason says why
   * @throws IOException when the system reports another error
   */
  public static FileDevice open(Path path) throws IOException {
    return open(path, OpenFlags.O_RDWR);
  }

  /**
   * As {@link #open(Path)}, without the right to write: every write fails with EBADF. The file is
   * locked against other FileDevices all the same.
   */
  public static FileDevice openReadOnly(Path path) throws IOException {
    return open(path, OpenFlags.O_RDONLY);
  }

  private static FileDevice open(Path path, int access) throws IOException {
    try {
      FileStatus.Kind kind = FileStatus.of(path).kind();
      int flags = access | OpenFlags.O_DIRECT | OpenFlags.O_CLOEXEC;
      switch (kind) {
        case REGULAR -> {}
        case BLOCK_DEVICE -> flags |= OpenFlags.O_EXCL;
        default -> throw new UnusableDeviceException(path, Reason.WRONG_KIND);
      }
      NativeFile file = NativeFile.open(path, flags, 0);
      try {
        return claim(file);
      } catch (IOException | RuntimeException | Error failure) {
        file.close();
        throw failure;
      }
    } catch (OsException failure) {
      throw UnusableDeviceException.of(path, failure);
    }
  }

  /**
   * Creates a file of {@code sizeBytes} bytes with its space allocated, and opens it. Its blocks
   * are unwritten: whoever measures writes all of them first. When this fails, no file is left.
   *
   * @param sizeBytes positive, a multiple of 4096
   * @throws UnusableDeviceException when the path cannot serve; its reason says why
   * @throws IOException when the system reports another error
   */
  public static FileDevice create(Path path, long sizeBytes) throws IOException {
    if (sizeBytes <= 0 || sizeBytes % AlignedBuffer.ALIGNMENT_BYTES != 0) {
      throw new IllegalArgumentException("size of a file device: sizeBytes=" + sizeBytes);
    }
    int flags = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_CLOEXEC;
    NativeFile created;
    try {
      created = NativeFile.open(path, flags, 0644);
    } catch (OsException failure) {
      throw UnusableDeviceException.of(path, failure);
    }
    boolean complete = false;
    try (created) {
      requireDirectIo(path);
      allocate(created, sizeBytes);
      FileDevice device = open(path);
      complete = true;
      return device;
    } catch (OsException failure) {
      throw UnusableDeviceException.of(path, failure);
    } finally {
      if (!complete) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Asked before the space: some file systems without O_DIRECT have none to report. */
  private static void requireDirectIo(Path path) throws IOException {
    NativeFile.open(path, OpenFlags.O_RDWR | OpenFlags.O_DIRECT | OpenFlags.O_CLOEXEC, 0).close();
  }

  private static void allocate(NativeFile file, long sizeBytes) throws IOException {
    file.ftruncate(sizeBytes);
    // Asked first, because fallocate would fill the file system before it finds out.
    long usable = Files.getFileStore(file.path()).getUsableSpace();
    if (usable < sizeBytes) {
      throw new UnusableDeviceException(
          file.path(),
          Reason.NO_SPACE,
          String.format(Locale.ROOT, "%d bytes wanted, %d free", sizeBytes, usable));
    }
    try {
      file.fallocate(0, 0, sizeBytes);
    } catch (OsException failure) {
      if (failure.errno() != Errno.EOPNOTSUPP) {
        throw failure;
      }
      // The file system cannot preallocate; whoever formats the device writes every block anyway.
    }
  }

  private static FileDevice claim(NativeFile file) throws IOException {
    if (!file.tryFlock()) {
      throw new UnusableDeviceException(file.path(), Reason.IN_USE);
    }
    FileStatus status = file.statx();
    boolean isBlockDevice = status.kind() == FileStatus.Kind.BLOCK_DEVICE;
    DirectIoAlignment alignment = status.directIo();
    if (alignment == null) {
      // Not reported before Linux 6.1, nor by every file system: what they all accept.
      int block = isBlockDevice ? file.logicalBlockBytes() : AlignedBuffer.ALIGNMENT_BYTES;
      alignment = new DirectIoAlignment(block, block);
    }
    if (!alignment.isSupported()) {
      throw new UnusableDeviceException(file.path(), Reason.NO_DIRECT_IO);
    }
    long size = isBlockDevice ? file.blockDeviceBytes() : status.sizeBytes();
    if (size == 0 || size % alignment.offsetBytes() != 0) {
      throw new UnusableDeviceException(
          file.path(),
          Reason.WRONG_SIZE,
          size + " bytes, not a positive multiple of " + alignment.offsetBytes());
    }
    return new FileDevice(file, size, alignment, WriteCache.isVolatile(status.storage()));
  }

  /** The path under which the device was opened. */
  public Path path() {
    return file.path();
  }

  /** The open file, for a ring. */
  NativeFile file() {
    return file;
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public int offsetAlignment() {
    return alignment.offsetBytes();
  }

  @Override
  public int memoryAlignment() {
    return alignment.memoryBytes();
  }

  /** As the kernel reports it for the disk that holds the file; true when it does not say. */
  @Override
  public boolean hasVolatileCache() {
    return volatileCache;
  }

  @Override
  public MemorySegment allocateBuffer(long bytes) {
    return AlignedBuffer.allocate(Arena.ofAuto(), bytes);
  }

  @Override
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    TransferChecks.checkWritable(buffer);
    long address = address(buffer, bufferOffset, deviceOffset, bytes);
    try {
      file.pread(address, bytes, deviceOffset);
    } finally {
      Reference.reachabilityFence(buffer);
    }
    counters.countRead(bytes);
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    long address = address(buffer, bufferOffset, deviceOffset, bytes);
    try {
      file.pwrite(address, bytes, deviceOffset);
    } finally {
      Reference.reachabilityFence(buffer);
    }
    counters.countWrite(bytes);
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    long address = address(buffer, bufferOffset, deviceOffset, bytes);
    try {
      file.pwriteDsync(address, bytes, deviceOffset);
    } finally {
      Reference.reachabilityFence(buffer);
    }
    counters.countWrite(bytes);
  }

  @Override
  public void flush() throws IOException {
    file.fdatasync();
    counters.countFlush();
  }

  @Override
  public DeviceCounters counters() {
    return counters;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private long address(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    if (!buffer.isNative()) {
      throw new IllegalArgumentException("a direct transfer needs a native buffer, not " + buffer);
    }
    if (!buffer.scope().isAlive()) {
      throw new IllegalStateException("the arena of the buffer is closed");
    }
    TransferChecks.check(this, buffer, bufferOffset, deviceOffset, bytes);
    return buffer.address() + bufferOffset;
  }
}
