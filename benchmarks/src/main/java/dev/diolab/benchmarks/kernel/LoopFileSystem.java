package dev.diolab.benchmarks.kernel;

import dev.diolab.benchmarks.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file system of the kernel on a loop device (direct I/O to its image), made and mounted here and
 * taken away again; needs root. The image is written all over before and nothing is discarded, so
 * that the file system below it has nothing to convert.
 *
 * <p>Thread safety: one thread; what is left when the JVM ends early, a shutdown hook takes away.
 */
public final class LoopFileSystem implements AutoCloseable {
  /** The types that can be made, with what mkfs needs to ask nothing and discard nothing. */
  private static final Map<String, List<String>> TYPES =
      Map.of(
          "ext4",
          List.of("-q", "-F", "-E", "nodiscard,lazy_itable_init=0,lazy_journal_init=0"),
          "xfs",
          List.of("-q", "-f", "-K"),
          "btrfs",
          List.of("-q", "-f", "-K"));

  private static final int PIECE_BYTES = 1 << 20;

  private final Path image;
  private final Path directory;
  private final List<List<String>> undo = new ArrayList<>();
  private final Thread hook = new Thread(this::takeAway, "diolab-umount");

  private LoopFileSystem(Path image, Path directory) {
    this.image = image;
    this.directory = directory;
  }

  /**
   * Makes and mounts a file system.
   *
   * @param type ext4, xfs or btrfs
   * @param place directory for the image and the mount point, with room for {@code bytes}
   * @throws Failure with the remedy when the type is unknown, a program is missing or root rights
   *     are
   */
  public static LoopFileSystem make(String type, Path place, long bytes) throws IOException {
    List<String> options = TYPES.get(type);
    if (options == null) {
      throw Failure.usage(
          "unknown file system '" + type + "'; known: " + String.join(", ", knownTypes()));
    }
    String name = "diolab-" + type + "-" + ProcessHandle.current().pid();
    LoopFileSystem made =
        new LoopFileSystem(place.resolve(name + ".img"), place.resolve(name + ".mnt"));
    Runtime.getRuntime().addShutdownHook(made.hook);
    try {
      made.mount(type, options, bytes);
      return made;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /** The types that {@link #make} knows. */
  public static List<String> knownTypes() {
    return TYPES.keySet().stream().sorted().toList();
  }

  private void mount(String type, List<String> options, long bytes) throws IOException {
    write(bytes);
    String device =
        run(List.of("losetup", "--find", "--show", "--direct-io=on", image.toString())).strip();
    undo.add(0, List.of("losetup", "--detach", device));
    List<String> mkfs = new ArrayList<>(List.of("mkfs." + type));
    mkfs.addAll(options);
    mkfs.add(device);
    run(mkfs);
    Files.createDirectory(directory);
    run(List.of("mount", "-t", type, device, directory.toString()));
    undo.add(0, List.of("umount", directory.toString()));
  }

  private void write(long bytes) throws IOException {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    try (FileChannel channel =
        FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long done = 0; done < bytes; done += PIECE_BYTES) {
        piece.clear();
        while (piece.hasRemaining()) {
          channel.write(piece, done + piece.position());
        }
      }
      channel.force(true);
    }
  }

  /** Where it is mounted. */
  public Path directory() {
    return directory;
  }

  private static String run(List<String> command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw Failure.environment(
          command.get(0)
              + " cannot be run ("
              + Failure.messageOf(e)
              + "): install it (e2fsprogs, xfsprogs, btrfs-progs, mount), or leave this file system"
              + " out",
          e);
    }
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw Failure.environment(
            "'"
                + String.join(" ", command)
                + "' ended with exit code "
                + code
                + " ("
                + output.strip()
                + "): loop devices and mounts need root");
      }
      return output;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException("interrupted while waiting for " + command.get(0), e);
    }
  }

  @Override
  public void close() throws IOException {
    takeAway();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException goingDown) {
      return; // the hook finds nothing left
    }
  }

  private synchronized void takeAway() {
    for (List<String> command : undo) {
      try {
        run(command);
      } catch (IOException | RuntimeException e) {
        System.err.println("warning: " + Failure.messageOf(e));
      }
    }
    undo.clear();
    for (Path left : List.of(directory, image)) {
      try {
        Files.deleteIfExists(left);
      } catch (IOException e) {
        System.err.println("warning: " + left + " could not be removed: " + Failure.messageOf(e));
      }
    }
  }
}
