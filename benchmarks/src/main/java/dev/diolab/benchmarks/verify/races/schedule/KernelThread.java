package dev.diolab.benchmarks.verify.races.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel's view of a thread (/proc). The JVM calls a thread waiting from before it sleeps until
 * after it woke; the kernel knows at once that it was woken, so that a thread which is about to run
 * is not taken for one that waits.
 */
final class KernelThread {
  private final Path stat;

  private KernelThread(Path stat) {
    this.stat = stat;
  }

  /** The calling thread. */
  static KernelThread current() throws IOException {
    Path self = Files.readSymbolicLink(Path.of("/proc/thread-self"));
    return new KernelThread(Path.of("/proc").resolve(self).resolve("stat"));
  }

  /** Whether the thread sleeps, and nobody has woken it. */
  boolean isAsleep() {
    try {
      String line = Files.readString(stat);
      return line.charAt(line.lastIndexOf(')') + 2) == 'S';
    } catch (IOException e) {
      return false; // it has just ended
    }
  }

  /** Whether the thread has ended: who joins it was woken. */
  boolean isGone() {
    return Files.notExists(stat);
  }
}
