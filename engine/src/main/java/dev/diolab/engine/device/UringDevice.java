package dev.diolab.engine.device;

import dev.diolab.engine.device.UnusableDeviceException.Reason;
import dev.diolab.engine.os.OsException;
import dev.diolab.engine.os.Uring;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A {@link FileDevice} whose queues are rings of io_uring(7), one for each queue. Its synchronous
 * transfers are those of the FileDevice.
 *
 * <p>Where io_uring is not permitted, FileDevice serves with the same interface: its queues are
 * threads.
 *
 * <p>Assumption: every queue is closed before the device.
 */
public final class UringDevice extends FilterDevice {
  private final FileDevice file;

  UringDevice(FileDevice file) {
    super(file);
    this.file = file;
  }

  /**
   * Opens an existing file, or a block device.
   *
   * @throws UnusableDeviceException when the path cannot serve, or io_uring is not permitted; its
   *     reason says why
   * @throws IOException when the system reports another error
   */
  public static UringDevice open(Path path) throws IOException {
    requirePermitted(path);
    return new UringDevice(FileDevice.open(path));
  }

  /** As {@link FileDevice#create}, with the exceptions of {@link #open}. */
  public static UringDevice create(Path path, long sizeBytes) throws IOException {
    requirePermitted(path);
    return new UringDevice(FileDevice.create(path, sizeBytes));
  }

  private static void requirePermitted(Path path) throws UnusableDeviceException {
    String why = Uring.unavailableBecause();
    if (why != null) {
      throw new UnusableDeviceException(path, Reason.NO_IO_URING, why);
    }
  }

  /** The path under which the device was opened. */
  public Path path() {
    return file.path();
  }

  /**
   * A queue on a new ring.
   *
   * @param depth 1 to {@link Uring#MOST_ENTRIES}
   * @throws OsException when the system has no room for another ring: memory, or open files
   */
  @Override
  public IoQueue openQueue(int depth) throws IOException {
    return new UringQueue(this, file.file(), Uring.open(file.file(), depth), depth, null);
  }

  /** Completions of a queue whose owner reaps are made by the kernel when it waits for them. */
  @Override
  public IoQueue openQueue(int depth, boolean ownerReaps) throws IOException {
    if (!ownerReaps) {
      return openQueue(depth);
    }
    Uring ring = Uring.openForOneThread(file.file(), depth);
    return new UringQueue(this, file.file(), ring, depth, Thread.currentThread());
  }
}
