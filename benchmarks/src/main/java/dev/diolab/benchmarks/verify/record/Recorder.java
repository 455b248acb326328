package dev.diolab.benchmarks.verify.record;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.history.History;
import dev.diolab.benchmarks.verify.history.ReadOracle;
import dev.diolab.benchmarks.verify.history.Violation;
import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.RecordingDevice;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Runs scripts under one strategy and policy on a recording device in memory.
 *
 * <p>A script of one thread always gives the same run. One of several threads is run by as many
 * real threads, with seeded pauses at every moment of the seam: its operations are the same each
 * time, their interleaving is not. What happened is in the {@link RecordedRun}, so that a state of
 * it can be built again at any time.
 *
 * <p>Thread safety: all methods may be called at once.
 */
public final class Recorder {
  /** A workload of some dozens of operations in memory that takes longer will not end. */
  private static final long PATIENCE_MILLIS = 60_000;

  private final DioStrategy strategy;
  private final ConversionPolicy policy;

  /** Records under {@code strategy} and {@code policy}. */
  public Recorder(DioStrategy strategy, ConversionPolicy policy) {
    this.strategy = strategy;
    this.policy = policy;
  }

  /**
   * Runs {@code script}.
   *
   * @param seed of the pauses
   * @throws IOException when the setup fails
   */
  public RecordedRun record(Script script, long seed) throws IOException {
    List<Event> setup = new ArrayList<>();
    byte[] base = prepare(script, setup);
    RecordingDevice device = new RecordingDevice(new OverlayDevice(base));
    Collection<Event> events = new ConcurrentLinkedQueue<>(setup);
    Collection<Violation> violations = new ConcurrentLinkedQueue<>();
    run(script, device, seed, setup.size(), events, violations);
    History history = new History(List.copyOf(events), 0);
    for (int file = 0; file < Script.FILES; file++) {
      violations.addAll(new ReadOracle(history, file).check());
    }
    return new RecordedRun(script, base, device.log(), history, List.copyOf(violations));
  }

  private Volume mount(BlockDevice device) throws IOException {
    return Volume.mount(device, strategy, policy, MountOptions.withoutCommitThread());
  }

  /** Makes the files as the setup says, at ticks below 0. */
  private byte[] prepare(Script script, List<Event> done) throws IOException {
    OverlayDevice device = BaseImage.formatted(script.blockSize());
    long[] tick = {-2L * script.setup().size() - 1};
    try (Volume volume = mount(device)) {
      for (int file = 0; file < Script.FILES; file++) {
        volume.create();
      }
      Player player = new Player(volume, -1, () -> tick[0]++);
      for (Op op : script.setup()) {
        done.add(player.play(done.size() + 1, op));
        if (player.bug() != null) {
          throw new IllegalStateException("setup: " + op + " failed", player.bug());
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

  private void run(
      Script script,
      RecordingDevice device,
      long seed,
      int setupEvents,
      Collection<Event> events,
      Collection<Violation> violations)
      throws IOException {
    int threads = script.threads().size();
    if (threads == 1) {
      Player player = new Player(mount(device), 0, device::tick);
      playAll(player, script.threads().get(0), setupEvents, events, violations);
      return;
    }
    Pauses pauses = new Pauses(seed, device::lastTick);
    Volume volume =
        Volume.mount(
            new PausingDevice(device, pauses),
            new PausingStrategy(strategy, pauses),
            new PausingPolicy(policy, pauses),
            MountOptions.withoutCommitThread());
    List<Thread> running = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    int firstId = setupEvents;
    for (int i = 0; i < threads; i++) {
      List<Op> ops = script.threads().get(i);
      Player player = new Player(volume, i, device::tick);
      long pauseSeed = Seeds.derive(seed, i);
      int from = firstId;
      Thread thread =
          new Thread(
              () -> {
                pauses.begin(pauseSeed);
                awaitStart(start);
                playAll(player, ops, from, events, violations);
              },
              "diolab-verify-" + i);
      thread.setDaemon(true);
      thread.start();
      running.add(thread);
      firstId += ops.size();
    }
    start.countDown();
    join(running, script, violations);
  }

  private static void playAll(
      Player player,
      List<Op> ops,
      int lastId,
      Collection<Event> events,
      Collection<Violation> violations) {
    int id = lastId;
    for (Op op : ops) {
      events.add(player.play(++id, op));
      Throwable bug = player.bug();
      if (bug != null) {
        violations.add(new Violation(Claim.G8, op + " threw " + bug));
        return;
      }
    }
  }

  private static void awaitStart(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(List<Thread> running, Script script, Collection<Violation> violations) {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    try {
      for (Thread thread : running) {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        if (thread.isAlive()) {
          violations.add(
              new Violation(
                  Claim.G8, thread.getName() + " hangs in " + script.operations() + " operations"));
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
