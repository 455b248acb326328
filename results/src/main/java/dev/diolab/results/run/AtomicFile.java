package dev.diolab.results.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a whole file or leaves the old one: the bytes go to a hidden neighbour, are forced to the
 * device, and take the file's name by one rename. A reader never sees half a file, nor does a crash
 * leave one. Two writers of the same file at the same time are not provided for.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Replaces the contents of {@code file}; its directory must exist. */
  public static void write(Path file, byte[] contents) throws IOException {
    replace(file, contents, true);
  }

  /**
   * Replaces the contents of a file that can be made again at any time. A reader never sees half of
   * it, nor does one who comes after this process was killed; but it is not forced to the device,
   * so a power failure may take it.
   */
  public static void writeUnforced(Path file, byte[] contents) throws IOException {
    replace(file, contents, false);
  }

  private static void replace(Path file, byte[] contents, boolean force) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(temporary, WRITE, CREATE, TRUNCATE_EXISTING)) {
        ByteBuffer rest = ByteBuffer.wrap(contents);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        if (force) {
          channel.force(true);
        }
      }
      Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Replaces the contents of {@code file} by {@code text} in UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(UTF_8));
  }
}
