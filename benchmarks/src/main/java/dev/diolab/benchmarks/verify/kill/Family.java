package dev.diolab.benchmarks.verify.kill;

import dev.diolab.benchmarks.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A process with all that descends from it, to be ended at once as by {@code kill -9}. */
final class Family {
  private static final int PATIENCE_SECONDS = 60;
  private static final long POLL_NANOS = 2_000_000;

  private Family() {}

  /**
   * Sends SIGKILL to all, the process itself first, and returns when none of their threads runs any
   * more: no write of theirs is in flight then.
   *
   * @throws Failure when one of them does not end
   */
  static void kill(Process process) {
    List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
    process.descendants().forEach(all::add);
    all.forEach(ProcessHandle::destroyForcibly);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (ProcessHandle one : all) {
      while (runs(one)) {
        if (System.nanoTime() > deadline) {
          throw Failure.run("process " + one.pid() + " does not end after SIGKILL", null);
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
    process.onExit().join();
  }

  /**
   * Whether any thread of it still runs. One that nobody waits for stays as a zombie, which the JVM
   * calls alive; its leading thread may be one while another still ends its write.
   */
  private static boolean runs(ProcessHandle one) {
    if (!one.isAlive()) {
      return false;
    }
    try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(one.pid()), "task"))) {
      return threads.anyMatch(Family::threadRuns);
    } catch (IOException gone) {
      return false;
    }
  }

  private static boolean threadRuns(Path thread) {
    try {
      String status = Files.readString(thread.resolve("stat"));
      char state = status.charAt(status.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException gone) {
      return false;
    }
  }
}
