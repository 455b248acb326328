package dev.diolab.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do the same thing over and over for a time, and how often they did it.
 *
 * <p>Thread safety: an instance is used by one thread, which starts the others and waits for them.
 */
public final class ClosedLoop {
  /** What one thread does over and over; never called by two threads at once. */
  @FunctionalInterface
  public interface Operation {
    /** Does it once. */
    void run() throws IOException;

    /** Called once, by the thread that ran it, when the time is over or it failed. */
    default void end() throws IOException {}
  }

  private enum Stage {
    RAMP,
    MEASURE,
    END
  }

  private final List<Loop> loops = new ArrayList<>();
  private final CountDownLatch failed = new CountDownLatch(1);
  private volatile Stage stage = Stage.RAMP;
  private volatile @Nullable Throwable failure;

  private ClosedLoop(List<? extends Operation> operations) {
    for (Operation operation : operations) {
      loops.add(new Loop(operation));
    }
  }

  /**
   * Runs each operation in a thread of its own.
   *
   * @param rampSeconds time that is not counted
   * @param seconds time that is
   * @return operations a second of all threads together
   * @throws IOException when an operation failed
   */
  public static double opsPerSecond(
      List<? extends Operation> operations, double rampSeconds, double seconds) throws IOException {
    return new ClosedLoop(operations).run(rampSeconds, seconds);
  }

  private double run(double rampSeconds, double seconds) throws IOException {
    loops.forEach(Thread::start);
    long elapsed;
    try {
      pause(rampSeconds);
      long start = System.nanoTime();
      stage = Stage.MEASURE;
      pause(seconds);
      elapsed = System.nanoTime() - start;
    } finally {
      stage = Stage.END;
      joinAll();
    }
    throwFailure();
    return loops.stream().mapToLong(loop -> loop.measured).sum() / (elapsed / 1e9);
  }

  private void pause(double seconds) {
    try {
      // Ends early when a thread failed.
      boolean early = failed.await((long) (seconds * 1e9), TimeUnit.NANOSECONDS);
      if (early) {
        stage = Stage.END;
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }

  private void joinAll() {
    try {
      for (Loop loop : loops) {
        loop.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }

  private void throwFailure() throws IOException {
    Throwable thrown = failure;
    if (thrown == null) {
      return;
    }
    if (thrown instanceof IOException io) {
      throw io;
    }
    throw new AssertionError("an operation of a closed loop failed", thrown);
  }

  private final class Loop extends Thread {
    private final Operation operation;

    /** Operations that ended while measuring; read after the thread has ended. */
    private long measured;

    Loop(Operation operation) {
      super("diolab-loop");
      this.operation = operation;
    }

    @Override
    public void run() {
      try {
        try {
          measure();
        } finally {
          operation.end();
        }
      } catch (IOException | RuntimeException | Error e) {
        failure = e;
        failed.countDown();
      }
    }

    private void measure() throws IOException {
      while (stage == Stage.RAMP) {
        operation.run();
      }
      long count = 0;
      while (stage == Stage.MEASURE) {
        operation.run();
        count++;
      }
      measured = count;
    }
  }
}
