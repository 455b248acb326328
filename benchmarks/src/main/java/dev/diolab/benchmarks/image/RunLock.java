package dev.diolab.benchmarks.image;

import dev.diolab.benchmarks.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an image for one run. The device itself is locked only while it is open, and between the
 * forks of a run it is not; so a run holds the lock of a file beside the image. That file stays:
 * removing it would let two runs lock two different files of the same name.
 */
public final class RunLock implements AutoCloseable {
  private final Path image;
  private final FileChannel channel;

  private RunLock(Path image, FileChannel channel) {
    this.image = image;
    this.channel = channel;
  }

  /** The image that is locked. */
  public Path image() {
    return image;
  }

  /**
   * Takes the lock of {@code image}, whose directory exists.
   *
   * @throws Failure when another run holds it, or the lock file cannot be written
   */
  public static RunLock acquire(Path image) {
    Path file = lockFile(image);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw Failure.environment(
            image + " is in use by another run: wait for it to end, or choose another --image");
      }
      return new RunLock(image, channel);
    } catch (IOException e) {
      throw Failure.environment(
          "cannot write "
              + file
              + " ("
              + reason(e)
              + "): choose an --image in a directory that"
              + " this user may write to",
          e);
    }
  }

  /** Devices have no directory to write to; theirs lie with the temporary files. */
  private static Path lockFile(Path image) {
    Path absolute = image.toAbsolutePath().normalize();
    boolean device = Files.exists(absolute) && !Files.isRegularFile(absolute);
    Path directory = device ? Path.of(System.getProperty("java.io.tmpdir")) : absolute.getParent();
    return (directory == null ? absolute : directory).resolve(absolute.getFileName() + ".lock");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + " " + Failure.messageOf(e);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
