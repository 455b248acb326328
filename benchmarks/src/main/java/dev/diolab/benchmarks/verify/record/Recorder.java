package dev.diolab.benchmarks.verify.record;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.history.History;
import dev.diolab.benchmarks.verify.history.ReadOracle;
import dev.diolab.benchmarks.verify.history.Violation;
import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.OpKind;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DeviceLog;
import dev.diolab.engine.device.RecordingDevice;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Runs scripts under one strategy and policy on a recording device in memory.
 *
 * <p>At the end both files are read, through the page cache and past it. A run that does not end is
 * left alone, and what it did up to then is judged.
 *
 * <p>A script of one thread that waits for all it does always gives the same run. One of several
 * threads, or with asynchronous operations, is run by real threads, with seeded pauses at every
 * moment of the seam: its operations are the same each time, their interleaving is not. What
 * happened is in the {@link RecordedRun}, so that a state of it can be built again at any time.
 *
 * <p>Thread safety: all methods may be called at once.
 */
public final class Recorder {
  /** A workload of some dozens of operations in memory that takes longer will not end. */
  private static final long PATIENCE_MILLIS = 60_000;

  private final DioStrategy strategy;
  private final ConversionPolicy policy;
  private final long patienceMillis;

  /** Whether some run never ended. */
  private volatile boolean hung;

  /** Records under {@code strategy} and {@code policy}. */
  public Recorder(DioStrategy strategy, ConversionPolicy policy) {
    this(strategy, policy, PATIENCE_MILLIS);
  }

  /** A recorder that calls a run hung after {@code patienceMillis}. */
  Recorder(DioStrategy strategy, ConversionPolicy policy, long patienceMillis) {
    this.strategy = strategy;
    this.policy = policy;
    this.patienceMillis = patienceMillis;
  }

  /** Whether a run hung; its threads are still there, and may be at work. */
  public boolean hung() {
    return hung;
  }

  /**
   * Runs {@code script}.
   *
   * @param seed of the pauses
   * @throws IOException when the volume cannot be made
   */
  public RecordedRun record(Script script, long seed) throws IOException {
    Map<Integer, Event> events = new ConcurrentHashMap<>();
    Collection<Violation> violations = new ConcurrentLinkedQueue<>();
    byte[] base;
    try {
      base = prepare(script, events);
    } catch (SetupException e) {
      return withoutSetup(script, e);
    }
    RecordingDevice device = new RecordingDevice(new OverlayDevice(base));
    Volume volume = run(script, device, seed, events, violations);
    DeviceLog log = device.log();
    if (script.isAsync() && violations.isEmpty()) {
      unmount(volume, script, violations);
    }
    History history = new History(upTo(log.lastTick(), events.values()), 0);
    for (int file = 0; file < Script.FILES; file++) {
      violations.addAll(new ReadOracle(history, file).check());
    }
    return new RecordedRun(script, base, log, history, List.copyOf(violations));
  }

  /** Ends the threads that end requests. The log has its end before that. */
  private static void unmount(Volume volume, Script script, Collection<Violation> violations) {
    try {
      volume.close();
    } catch (IOException | RuntimeException | Error e) {
      if (script.freeBlocks() == 0) { // else a page may find no block
        violations.add(new Violation(Claim.G8, "unmount threw " + e));
      }
    }
  }

  /** A run in which nothing was done, because what comes first went wrong. */
  private RecordedRun withoutSetup(Script script, SetupException failure) throws IOException {
    Script empty = new Script(script.blockSize(), 0, List.of(), List.of());
    byte[] base = prepare(empty, new ConcurrentHashMap<>());
    return new RecordedRun(
        script,
        base,
        new RecordingDevice(new OverlayDevice(base)).log(),
        new History(List.of(), 0),
        List.of(new Violation(Claim.G8, String.valueOf(failure.getMessage()))));
  }

  /**
   * A thread that hung may wake up and go on: what it does after the log was taken is not in it.
   */
  private static List<Event> upTo(long tick, Collection<Event> events) {
    return events.stream()
        .filter(event -> event.begin() <= tick)
        .map(event -> event.end() <= tick ? event : event.unended())
        .toList();
  }

  private Volume mount(BlockDevice device) throws IOException {
    return Volume.mount(device, strategy, policy, MountOptions.withoutCommitThread());
  }

  /** Makes the files as the setup says, at ticks below 0. */
  private byte[] prepare(Script script, Map<Integer, Event> events) throws IOException {
    OverlayDevice device = BaseImage.formatted(script.blockSize());
    long[] tick = {-2L * script.setup().size() - 1};
    try (Volume volume = mount(device)) {
      for (int file = 0; file < Script.FILES; file++) {
        volume.create();
      }
      Player player = new Player(volume, -1, () -> tick[0]++, events, false);
      for (Op op : script.setup()) {
        player.play(events.size() + 1, op);
        if (player.bug() != null) {
          throw new SetupException("setup: " + op + " threw " + player.bug());
        }
      }
      if (script.freeBlocks() > 0) {
        fillUp(volume, script);
      }
    }
    return device.contents();
  }

  /** Gives all blocks but some to a file that nobody uses. */
  private static void fillUp(Volume volume, Script script) throws IOException {
    long blocks = volume.freeBlocks() - script.freeBlocks();
    if (blocks > 0) {
      volume.create().fallocate(0, blocks * script.blockSize(), false);
    }
  }

  private Volume run(
      Script script,
      RecordingDevice device,
      long seed,
      Map<Integer, Event> events,
      Collection<Violation> violations)
      throws IOException {
    Pauses pauses = new Pauses(seed, device::lastTick);
    Volume volume = script.isDeterministic() ? mount(device) : mountPausing(device, pauses);
    List<Thread> running = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    int firstId = events.size() + 1;
    boolean mayBeFull = script.freeBlocks() > 0;
    for (int i = 0; i < script.threads().size(); i++) {
      List<Op> ops = script.threads().get(i);
      Player player = new Player(volume, i, device::tick, events, mayBeFull);
      long pauseSeed = Seeds.derive(seed, i);
      int from = firstId;
      Thread thread =
          new Thread(
              () -> {
                pauses.begin(pauseSeed);
                awaitStart(start);
                playAll(player, ops, from, violations);
              },
              "diolab-verify-" + i);
      thread.setDaemon(true);
      thread.start();
      running.add(thread);
      firstId += ops.size();
    }
    start.countDown();
    if (join(running, script, violations) && violations.isEmpty()) {
      readAll(
          new Player(volume, running.size(), device::tick, events, mayBeFull), firstId, violations);
    }
    return volume;
  }

  private Volume mountPausing(RecordingDevice device, Pauses pauses) throws IOException {
    return Volume.mount(
        new PausingDevice(device, pauses),
        new PausingStrategy(strategy, pauses),
        new PausingPolicy(policy, pauses),
        MountOptions.withoutCommitThread());
  }

  /** At the end everything is over, and must be seen. */
  private static void readAll(Player player, int firstId, Collection<Violation> violations) {
    List<Op> reads = new ArrayList<>();
    for (int file = 0; file < Script.FILES; file++) {
      reads.add(new Op(OpKind.BUFFERED_READ, file, 0, Script.MAX_FILE_BYTES));
      reads.add(new Op(OpKind.READ, file, 0, Script.MAX_FILE_BYTES));
    }
    playAll(player, reads, firstId, violations);
  }

  private static void playAll(
      Player player, List<Op> ops, int firstId, Collection<Violation> violations) {
    int id = firstId;
    for (Op op : ops) {
      player.play(id++, op);
      if (isBroken(player, op, violations)) {
        return;
      }
    }
    player.finish();
    if (!ops.isEmpty()) {
      isBroken(player, ops.get(ops.size() - 1), violations);
    }
  }

  private static boolean isBroken(Player player, Op op, Collection<Violation> violations) {
    Throwable bug = player.bug();
    if (bug != null) {
      violations.add(new Violation(Claim.G8, op + " threw " + bug));
    }
    return bug != null;
  }

  private static void awaitStart(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether all threads came to their end. */
  private boolean join(List<Thread> running, Script script, Collection<Violation> violations) {
    long deadline = System.nanoTime() + patienceMillis * 1_000_000;
    try {
      for (Thread thread : running) {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        if (thread.isAlive()) {
          hung = true;
          violations.add(
              new Violation(
                  Claim.G8, thread.getName() + " hangs in " + script.operations() + " operations"));
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The engine or the strategy failed already in the setup. */
  private static final class SetupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SetupException(String message) {
      super(message);
    }
  }
}
