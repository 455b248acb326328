package dev.diolab.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Set<Path> leftovers = ConcurrentHashMap.newKeySet();

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

  /** From now on {@code file} is removed at an interruption. */
  public void removes(Path file) {
    leftovers.add(file);
  }

  /** From now on {@code file} stays, or is somebody else's to remove. */
  public void removesNoLonger(Path file) {
    leftovers.remove(file);
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
    leftovers.forEach(Interruption::remove);
    Path run = partialRun;
    System.err.println(
        run == null
            ? "\ninterrupted; nothing was measured"
            : "\ninterrupted; what was measured so far is kept, incomplete, in " + run);
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.err.println("\n" + file + " could not be removed: " + e.getMessage());
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
