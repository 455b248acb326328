package dev.diolab.benchmarks.image;

import dev.diolab.benchmarks.Failure;
import dev.diolab.engine.os.NativeFile;
import dev.diolab.engine.os.OpenFlags;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an image for one run. The device itself is locked only while it is open, and between the
 * forks of a run it is not; so a run holds the lock of a file beside the image.
 *
 * <p>The file is removed when the lock is released. Somebody who opened it just before then locks a
 * file that nobody else can find; the token that every holder writes into his file tells him so,
 * and he tries again.
 */
public final class RunLock implements AutoCloseable {
  private final Path image;
  private final Path file;
  private final NativeFile locked;

  private RunLock(Path image, Path file, NativeFile locked) {
    this.image = image;
    this.file = file;
    this.locked = locked;
  }

  /** The image that is locked. */
  public Path image() {
    return image;
  }

  /** The file that stands for the lock; gone after {@link #close}. */
  public Path file() {
    return file;
  }

  /**
   * Takes the lock of {@code image}, whose directory exists.
   *
   * @throws Failure when another run holds it, or the lock file cannot be written
   */
  public static RunLock acquire(Path image) {
    Path file = lockFile(image);
    try {
      RunLock lock = null;
      while (lock == null) {
        lock = tryAcquire(image, file);
      }
      return lock;
    } catch (IOException e) {
      throw Failure.environment(
          "cannot make "
              + file
              + " ("
              + Failure.messageOf(e)
              + "): choose an --image in a directory that this user may write to",
          e);
    }
  }

  /** Null when the file that was locked is not the one that others find. */
  private static @Nullable RunLock tryAcquire(Path image, Path file) throws IOException {
    NativeFile locked =
        NativeFile.open(file, OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_CLOEXEC, 0644);
    boolean held = false;
    try {
      if (!locked.tryFlock()) {
        throw Failure.environment(
            image + " is in use by another run: wait for it to end, or choose another --image");
      }
      String token = UUID.randomUUID().toString();
      write(token, locked);
      held = Files.exists(file) && Files.readString(file).equals(token);
      return held ? new RunLock(image, file, locked) : null;
    } finally {
      if (!held) {
        locked.close();
      }
    }
  }

  /** Devices have no directory to write to; their locks lie with the temporary files. */
  private static Path lockFile(Path image) {
    Path absolute = image.toAbsolutePath().normalize();
    boolean device = Files.exists(absolute) && !Files.isRegularFile(absolute);
    Path directory = device ? Path.of(System.getProperty("java.io.tmpdir")) : absolute.getParent();
    return (directory == null ? absolute : directory).resolve(absolute.getFileName() + ".lock");
  }

  private static void write(String token, NativeFile file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(token);
      file.ftruncate(0);
      file.pwrite(text.address(), text.byteSize() - 1, 0); // without the terminating zero
    }
  }

  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(file);
    } finally {
      locked.close();
    }
  }
}
