package dev.diolab.benchmarks.run;

import dev.diolab.benchmarks.Failure;
import dev.diolab.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The run directory while it grows: everything goes into {@code NAME.partial}, which gets its real
 * name when the run is complete. Whatever ends a run early, no directory looks complete.
 */
public final class ResultDirectory {
  private final Path complete;
  private final Path partial;

  private ResultDirectory(Path complete) {
    this.complete = complete;
    this.partial = complete.resolveSibling(complete.getFileName() + RunDirectory.PARTIAL_SUFFIX);
  }

  /**
   * Makes the partial directory for a run that shall be found at {@code path}.
   *
   * @throws Failure when there is something at either place, or the directory cannot be made
   */
  public static ResultDirectory create(Path path) {
    ResultDirectory directory = new ResultDirectory(path.toAbsolutePath().normalize());
    directory.requireFree(directory.complete);
    directory.requireFree(directory.partial);
    try {
      Files.createDirectories(directory.partial);
    } catch (IOException e) {
      throw Failure.environment(
          "cannot make the run directory "
              + directory.partial
              + " ("
              + Failure.messageOf(e)
              + "): choose another --out",
          e);
    }
    return directory;
  }

  private void requireFree(Path path) {
    if (Files.exists(path)) {
      throw Failure.usage(path + " exists already: choose another --out, or remove it");
    }
  }

  /** Where to write to. */
  public Path partial() {
    return partial;
  }

  /** Where the run will be found. */
  public Path complete() {
    return complete;
  }

  /** Says that the run is complete: gives the directory its real name. */
  public void finish() throws IOException {
    Files.move(partial, complete, StandardCopyOption.ATOMIC_MOVE);
  }
}
