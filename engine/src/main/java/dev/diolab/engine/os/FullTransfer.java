package dev.diolab.engine.os;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The only place that knows of short and of interrupted transfers: goes on until all is moved. */
final class FullTransfer {
  private FullTransfer() {}

  /**
   * Moves exactly {@code bytes} bytes.
   *
   * <p>A short transfer goes on at the last whole unit: a direct transfer cannot start inside one.
   *
   * @param unitBytes what a transfer must start at a multiple of; 1 for buffered files
   * @param name the system call, for the exception
   * @param path the file, for the exception
   * @throws OsException when a call fails; how much was moved before is not known to the caller
   * @throws EOFException when a call moves less than one unit, as a read does at the end of a file
   */
  static void run(
      Transfer transfer,
      int fd,
      long address,
      long bytes,
      long offset,
      int unitBytes,
      String name,
      Path path)
      throws IOException {
    long done = 0;
    while (done < bytes) {
      long moved = transfer.transfer(fd, address + done, bytes - done, offset + done);
      if (moved == bytes - done) {
        return;
      }
      if (moved == -Errno.EINTR) {
        continue;
      }
      if (moved < 0) {
        throw OsException.of(name, path, offset + done, bytes - done, (int) -moved);
      }
      if (moved > bytes - done) {
        throw new AssertionError(name + " moved " + moved + " of " + (bytes - done) + " bytes");
      }
      if (moved < unitBytes) {
        throw new EOFException(
            String.format(
                Locale.ROOT,
                "%s of %d bytes at offset %d of %s ended after %d bytes: is the file truncated?",
                name,
                bytes,
                offset,
                path,
                done + moved));
      }
      done += moved - moved % unitBytes;
    }
  }
}
