package dev.diolab.benchmarks.verify.races.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A thread that a schedule leads from moment to moment. A thread that waits for ever is left
 * behind: it is a daemon.
 */
final class Actor extends Thread {
  private static final int FRAMES = 5;
  private static final int PAUSE_EVERY = 3;
  private static final int LONGEST_PAUSE_NANOS = 150_000;
  private static final String HERE = Actor.class.getPackageName() + ".";

  private enum Place {
    NOT_STARTED,
    RUNS,
    HELD,
    OVER
  }

  private final Stage.Role role;
  private final Interleaving interleaving;
  private final Object gate = new Object();

  /** [gate] */
  private Place place = Place.NOT_STARTED;

  /** Where this actor stops next, null for nowhere. [gate] */
  private @Nullable Step goal;

  /** How often the goal still has to be reached. [gate] */
  private int left;

  /** Whether it stops at the next moment, whichever that is. [gate] */
  private boolean stopsAnywhere;

  /** [gate] */
  private @Nullable Throwable failure;

  /** Null while the actor makes no pauses; changed before it starts. */
  private @Nullable SplittableRandom pauses;

  /** Set by the actor before it plays its role. */
  private volatile @Nullable KernelThread kernelThread;

  Actor(String name, Stage.Role role, Interleaving interleaving) {
    super(name);
    this.role = role;
    this.interleaving = interleaving;
    setDaemon(true);
  }

  /**
   * A thread that the engine starts and that takes part from then on.
   *
   * @param until where it stops first, null for nowhere
   */
  static Actor ofTheEngine(
      String name, Stage.Role role, Interleaving interleaving, @Nullable Moment until) {
    Actor actor = new Actor(name, role, interleaving);
    synchronized (actor.gate) {
      actor.place = Place.RUNS;
      actor.goal = new Step(name, until, 1);
      actor.left = 1;
    }
    return actor;
  }

  @Override
  public void run() {
    try {
      kernelThread = KernelThread.current();
      role.play();
    } catch (Exception | AssertionError e) {
      synchronized (gate) {
        failure = e;
      }
      interleaving.add(getName(), "fails: " + e);
    } finally {
      synchronized (gate) {
        place = Place.OVER;
      }
      interleaving.add(getName(), "is at its end");
    }
  }

  /** Makes the actor pause now and then at its moments; before it starts. */
  void pauseAtMoments(SplittableRandom random) {
    pauses = random;
  }

  /** Called by this thread at each moment. */
  void reaches(Moment moment, String detail) {
    pause();
    interleaving.add(getName(), moment.words() + (detail.isEmpty() ? "" : ": " + detail));
    synchronized (gate) {
      if (!stopsAt(moment)) {
        return;
      }
      place = Place.HELD;
      while (place == Place.HELD) {
        try {
          gate.wait();
        } catch (InterruptedException e) {
          throw new AssertionError("nobody interrupts an actor", e);
        }
      }
    }
  }

  private void pause() {
    SplittableRandom random = pauses;
    if (random != null && random.nextInt(PAUSE_EVERY) == 0) {
      LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE_NANOS));
    }
  }

  private boolean stopsAt(Moment moment) {
    if (stopsAnywhere) {
      return true;
    }
    return goal != null && goal.until() == moment && --left == 0;
  }

  /** Lets the actor go on with {@code step}. */
  void go(Step step) {
    synchronized (gate) {
      boolean starts = place == Place.NOT_STARTED;
      goal = step;
      left = step.times();
      stopsAnywhere = false;
      place = Place.RUNS;
      if (starts) {
        start();
      } else {
        gate.notifyAll();
      }
    }
  }

  /** The step ended because the actor waits: once it is awake it stops at its next moment. */
  void stopAnywhere() {
    synchronized (gate) {
      stopsAnywhere = true;
    }
  }

  /**
   * Whether its thread is gone. Between the end of its role and that, it may still wake who joins
   * it.
   */
  boolean isOver() {
    synchronized (gate) {
      if (place != Place.OVER) {
        return false;
      }
    }
    KernelThread kernel = kernelThread;
    return kernel == null ? !isAlive() : kernel.isGone();
  }

  /** Whether it can be told to go on: it has not begun, or is held at a moment. */
  boolean canGo() {
    synchronized (gate) {
      return place == Place.NOT_STARTED || place == Place.HELD;
    }
  }

  /** Whether it waits for another thread, and nobody has woken it yet. */
  boolean isBlocked() {
    synchronized (gate) {
      if (place != Place.RUNS) {
        return false;
      }
    }
    State state = getState();
    KernelThread kernel = kernelThread;
    return (state == State.WAITING || state == State.BLOCKED)
        && kernel != null
        && kernel.isAsleep();
  }

  /** What made the actor end early, null if nothing did. */
  @Nullable Throwable failure() {
    synchronized (gate) {
      return failure;
    }
  }

  /** The innermost calls of diolab that this thread is in. */
  String whereabouts() {
    List<String> frames =
        Arrays.stream(getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("dev.diolab."))
            .takeWhile(frame -> !frame.getClassName().startsWith(HERE))
            .limit(FRAMES)
            .map(Actor::nameOf)
            .toList();
    return frames.isEmpty()
        ? "an unknown place"
        : frames.stream().collect(Collectors.joining(" < "));
  }

  private static String nameOf(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1).replace('$', '.')
        + "."
        + frame.getMethodName();
  }
}
