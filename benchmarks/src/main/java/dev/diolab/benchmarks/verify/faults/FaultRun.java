package dev.diolab.benchmarks.verify.faults;

import dev.diolab.benchmarks.verify.sweep.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Every fault in every mode for every strategy and policy that is asked for, in memory. */
public final class FaultRun {
  /** A trial takes milliseconds: one that takes so long waits for something that never comes. */
  private static final long HANGS_AFTER_SECONDS = 60;

  private static final int STACK_FRAMES = 8;

  private FaultRun() {}

  /** The results in the order of the targets, {@code workers} trials at a time. */
  public static List<FaultResult> run(List<Target> targets, List<FaultPoint> points, int workers) {
    FaultImage image = FaultImage.make();
    List<Future<FaultResult>> running = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(workers)) {
      for (Target target : targets) {
        for (FaultPoint point : points) {
          for (Mode mode : point.modes()) {
            running.add(
                executor.submit(
                    () -> new FaultResult(target, point, mode, play(image, target, point, mode))));
          }
        }
      }
      List<FaultResult> results = new ArrayList<>();
      for (Future<FaultResult> each : running) {
        results.add(each.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trials run", e);
    } catch (ExecutionException e) {
      throw new AssertionError("a trial could not be run", e.getCause());
    }
  }

  private static Outcome play(FaultImage image, Target target, FaultPoint point, Mode mode)
      throws InterruptedException {
    FutureTask<Outcome> trial =
        new FutureTask<>(() -> new FaultTrial(image, target, point, mode).run());
    Thread thread = new Thread(trial, "diolab-fault-trial");
    thread.setDaemon(true);
    thread.start();
    try {
      return trial.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable failure = e.getCause() == null ? e : e.getCause();
      return Outcome.broken("an operation failed: " + failure + at(failure.getStackTrace()));
    } catch (TimeoutException e) {
      return Outcome.broken("hangs" + at(thread.getStackTrace()));
    }
  }

  private static String at(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(frame -> frame.getClassName().startsWith("dev.diolab."))
        .limit(STACK_FRAMES)
        .map(frame -> "\n    at " + frame)
        .collect(Collectors.joining());
  }
}
