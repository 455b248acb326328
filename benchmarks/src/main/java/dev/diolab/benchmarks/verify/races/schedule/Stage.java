package dev.diolab.benchmarks.verify.races.schedule;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leads two or three threads through one interleaving.
 *
 * <p>A step lets one actor run until it reaches a moment, is blocked, or ends. That an actor is
 * blocked is seen from its thread: it waits, is not held at a moment, and nobody else runs who
 * could wake it. Then the next step follows; the actor stops at its first moment after somebody
 * woke it. So one schedule serves every strategy: one that excludes the actors from each other
 * blocks one of them where another lets it through.
 *
 * <p>When the schedule is over all actors run to their ends, in the order in which they were added.
 * Those that are left and wait are deadlocked: their threads are left behind.
 *
 * <p>The {@linkplain #workers workers} of the engine may be actors too, once the engine starts
 * them. They never end; to wait for work is rest.
 *
 * <p>Thread safety: one thread sets up and plays; actors call {@link #reached}.
 */
public final class Stage {
  /** What an actor does. */
  public interface Role {
    /** Does it, in the actor's thread. */
    void play() throws IOException;
  }

  /** What steps call the workers of the engine; several of them take one step together. */
  public static final String WORKER = "worker";

  /** How often all have to be seen at rest, when some of them wait. */
  private static final int LOOKS = 3;

  /** Time between two looks, in nanoseconds. */
  private static final long LOOK_NANOS = 20_000;

  /** When to give up on a thread that neither ends nor waits. */
  private static final long RESTLESS_NANOS = 60_000_000_000L;

  private final Map<String, Actor> actors = new LinkedHashMap<>();
  private final Interleaving interleaving = new Interleaving();

  /** Threads that the engine started. */
  private final List<Actor> workers = new CopyOnWriteArrayList<>();

  /** Where each worker stops first, null for nowhere; set before the stage is played. */
  private volatile @Nullable Moment workersStopAt;

  /** Makes the actors run freely with pauses, null to hold them by the schedule. */
  private final @Nullable Long seedOfPauses;

  private Stage(@Nullable Long seedOfPauses) {
    this.seedOfPauses = seedOfPauses;
  }

  /** A stage whose actors follow the schedule. */
  public static Stage scheduled() {
    return new Stage(null);
  }

  /**
   * A stage whose actors run freely at once, with short random pauses at the moments; the schedule
   * is not followed.
   */
  public static Stage free(long seed) {
    return new Stage(seed);
  }

  /** Whether the schedule is followed. */
  public boolean isScheduled() {
    return seedOfPauses == null;
  }

  /** Adds an actor, before the stage is played. */
  public void add(String name, Role role) {
    if (actors.putIfAbsent(name, new Actor(name, role, interleaving)) != null) {
      throw new IllegalArgumentException("two actors are called " + name);
    }
  }

  /** Makes threads for the engine, which are called {@code worker}, {@code worker 2} and so on. */
  public ThreadFactory workers() {
    return this::addWorker;
  }

  private synchronized Thread addWorker(Runnable work) {
    String name = workers.isEmpty() ? WORKER : WORKER + " " + (workers.size() + 1);
    Actor worker =
        Actor.ofTheEngine(name, work::run, interleaving, isScheduled() ? workersStopAt : null);
    workers.add(worker);
    return worker;
  }

  /** From now on each new worker stops at {@code moment} until it is told to go on. */
  public void holdWorkersAt(Moment moment) {
    workersStopAt = moment;
  }

  /** Says that the calling thread is at {@code moment}; an actor may be held here. */
  static void reached(Moment moment, String detail) {
    if (Thread.currentThread() instanceof Actor actor) {
      actor.reaches(moment, detail);
    }
  }

  /** Marks a moment of the calling actor's own script. */
  public static void mark(String what) {
    reached(Moment.MARK, what);
  }

  /**
   * Plays the schedule, then lets all actors run to their ends.
   *
   * @return who waits for ever and where; empty when all have ended
   */
  public List<String> play(List<Step> schedule) {
    if (seedOfPauses != null) {
      return runFreely(seedOfPauses);
    }
    for (Step step : schedule) {
      play(step);
    }
    return finish();
  }

  private void play(Step step) {
    if (step.actor().equals(WORKER)) {
      workers.stream().filter(Actor::canGo).forEach(worker -> go(worker, step));
      return;
    }
    Actor actor = actors.get(step.actor());
    if (actor == null) {
      throw new IllegalArgumentException("no actor is called " + step.actor());
    }
    if (actor.canGo()) {
      go(actor, step);
    } else if (!actor.isOver()) {
      interleaving.add(step.actor(), "still waits in " + actor.whereabouts());
    }
  }

  private List<String> runFreely(long seed) {
    int number = 0;
    for (Actor actor : actors.values()) {
      actor.pauseAtMoments(new SplittableRandom(seed + number++));
    }
    actors.forEach((name, actor) -> actor.go(Step.end(name)));
    awaitRest();
    return waitingForEver();
  }

  private List<String> finish() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Actor actor : all().toList()) {
        if (actor.canGo()) {
          go(actor, Step.end(actor.getName()));
          moved = true;
        }
      }
    }
    return waitingForEver();
  }

  private List<String> waitingForEver() {
    return actors.values().stream()
        .filter(actor -> !actor.isOver())
        .map(actor -> actor.getName() + " waits in " + actor.whereabouts())
        .toList();
  }

  private void go(Actor actor, Step step) {
    actor.go(step);
    awaitRest();
    for (Actor each : actors.values()) {
      if (each.isBlocked()) {
        each.stopAnywhere();
      }
    }
    if (actor.isBlocked()) {
      interleaving.add(actor.getName(), "waits in " + actor.whereabouts());
    }
  }

  /** Returns when no actor runs, and none was woken. */
  private void awaitRest() {
    long began = System.nanoTime();
    int looks = 0;
    int length = interleaving.length();
    while (looks < LOOKS && !nobodyIsOnTheWay()) {
      if (System.nanoTime() - began > RESTLESS_NANOS) {
        throw new IllegalStateException("the actors do not come to rest: " + interleaving.lines());
      }
      LockSupport.parkNanos(LOOK_NANOS);
      boolean quiet = all().allMatch(Stage::rests);
      int lengthNow = interleaving.length();
      looks = quiet && lengthNow == length ? looks + 1 : 0;
      length = lengthNow;
    }
  }

  private boolean nobodyIsOnTheWay() {
    return all().allMatch(actor -> actor.canGo() || actor.isOver());
  }

  private Stream<Actor> all() {
    return Stream.concat(actors.values().stream(), workers.stream());
  }

  private static boolean rests(Actor actor) {
    return actor.canGo() || actor.isOver() || actor.isBlocked();
  }

  /** What ended an actor early, by name. */
  public Map<String, Throwable> failures() {
    Map<String, Throwable> failures = new LinkedHashMap<>();
    actors.forEach(
        (name, actor) -> {
          Throwable failure = actor.failure();
          if (failure != null) {
            failures.put(name, failure);
          }
        });
    return failures;
  }

  /** What happened, line by line. */
  public List<Line> interleaving() {
    return interleaving.lines();
  }
}
