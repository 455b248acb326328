package dev.diolab.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * What happens at SIGINT or SIGTERM: the running fork ends, what was measured so far stays under
 * its partial name, and the JVM exits with 128 plus the signal, as a shell expects.
 *
 * <p>Thread safety: all methods, from any thread.
 */
public final class Interruption implements AutoCloseable {
  private final Thread hook = new Thread(this::interrupted, "diolab-interrupted");
  private volatile boolean interrupted;
  private volatile @Nullable Path partialRun;
  private volatile @Nullable Path unfinishedImage;

  private Interruption() {}

  /** Installs itself; what it says goes to standard error. */
  public static Interruption install() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** From now on the run writes to {@code directory}, which is told to the user. */
  public void keeps(Path directory) {
    partialRun = directory;
  }

  /** From now on {@code image} is being written, and is removed; null when it is complete. */
  public void removes(@Nullable Path image) {
    unfinishedImage = image;
  }

  /**
   * Called when something failed: while the JVM goes down, forks and streams fail because of that,
   * and nothing more must be said. Does not return then.
   */
  public void stopIfInterrupted() {
    if (interrupted) {
      awaitEndOfProcess();
    }
  }

  private static void awaitEndOfProcess() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void interrupted() {
    interrupted = true;
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    StringBuilder message = new StringBuilder("\ninterrupted");
    Path image = unfinishedImage;
    if (image != null) {
      message.append(remove(image));
    }
    Path run = partialRun;
    if (run != null) {
      message.append("; what was measured so far is kept, incomplete, in ").append(run);
    }
    System.err.println(message);
  }

  private static String remove(Path image) {
    try {
      return Files.deleteIfExists(image) ? "; removed the unfinished image " + image : "";
    } catch (IOException e) {
      return "; the unfinished image " + image + " could not be removed";
    }
  }

  /** The work is done: a later end of the JVM is no interruption. */
  @Override
  public void close() {
    if (!interrupted) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException goingDown) {
        stopIfInterrupted();
      }
    }
  }
}
