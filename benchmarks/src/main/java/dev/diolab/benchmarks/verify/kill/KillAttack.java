package dev.diolab.benchmarks.verify.kill;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.strategies.Pairs;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * {@code kill -9} of a running bench, again and again, at moments that a seed chooses: each time a
 * new image, full of poison, one bench with one fork on it, SIGKILL for both while the fork writes,
 * then recovery, fsck, and a look at every unit of every file.
 *
 * <p>The host survives, so what the kernel took reaches the device: this attacks what the image is
 * like between any two writes, not what a loss of power does to writes in flight, which is the
 * crash explorer's.
 *
 * <p>Thread safety: none; only the end of the JVM may come in between.
 */
public final class KillAttack {
  /** Room for the journal and two chunks of TSO32. */
  private static final String IMAGE_SIZE = "128M";

  /** What the fork works for when nobody kills it; TSO32 works until its file is full. */
  private static final double WARMUP_SECONDS = 0.2;

  private static final double MEASURED_SECONDS = 2;

  /** The moment is chosen in so much of the measured part; a fill is soon done. */
  private static final double FILL_SECONDS = 0.5;

  /** A bench that was done before its kill is run again and killed earlier, so often at most. */
  private static final int MOST_MISSES = 6;

  private final KillRequest request;
  private final Random random;
  private final List<DioStrategy> strategies =
      Strategies.all().stream().filter(strategy -> !strategy.isCeiling()).toList();

  /** Set when the JVM goes down: no further bench begins. */
  private volatile boolean interrupted;

  private KillAttack(KillRequest request) {
    this.request = request;
    this.random = new Random(Seeds.derive(request.seed(), "kill"));
  }

  /** What is to be killed. */
  private record Target(Workload workload, DioStrategy strategy, String policy, int threads) {}

  /**
   * Attacks. Whatever happens, no process and no file of it is left, but for images that a kill
   * left damaged.
   *
   * @param told after each kill
   * @return all kills
   * @throws Failure when there is something at the image's path, or a bench cannot be run
   */
  public static List<Kill> run(KillRequest request, Consumer<Kill> told) {
    for (Path path : List.of(request.image(), request.scratch())) {
      if (Files.exists(path)) {
        throw Failure.usage(
            path
                + " exists already: verify kill makes its own image and removes it; choose another"
                + " --image");
      }
    }
    KillAttack attack = new KillAttack(request);
    Thread hook = new Thread(attack::interrupted, "diolab-kill-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return attack.run(told);
    } catch (IOException e) {
      throw Failure.run("the attack cannot go on: " + Failure.messageOf(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.run("the attack was interrupted", e);
    } finally {
      attack.cleanUp();
      removeHook(hook);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException goingDown) {
      // Then the hook runs, and does once more what is done.
    }
  }

  private List<Kill> run(Consumer<Kill> told) throws IOException, InterruptedException {
    List<Kill> kills = new ArrayList<>();
    for (int number = 1; number <= request.times(); number++) {
      Kill kill = kill(number);
      kills.add(kill);
      told.accept(kill);
    }
    return kills;
  }

  private Kill kill(int number) throws IOException, InterruptedException {
    Target target = target();
    double latest = target.workload == Workload.TSO32 ? FILL_SECONDS : MEASURED_SECONDS;
    for (int miss = 0; miss <= MOST_MISSES; miss++) {
      if (interrupted) {
        throw Failure.run("interrupted", null);
      }
      double seconds = random.nextDouble() * latest;
      removeFiles();
      Files.createDirectories(request.scratch());
      Path out = request.scratch().resolve("run");
      try (Victim victim =
          Victim.start(command(target, out), request.scratch().resolve("bench.log"), out)) {
        victim.awaitWork();
        boolean running = victim.killAfter(Duration.ofNanos((long) (seconds * 1e9)));
        OptionalLong trial = running ? victim.trial() : OptionalLong.empty();
        if (trial.isPresent()) {
          return examine(number, target, seconds, trial.getAsLong());
        }
      }
      latest /= 2;
    }
    throw Failure.run(
        "the bench is done before it can be killed, " + MOST_MISSES + " times in a row", null);
  }

  private Target target() {
    DioStrategy strategy = strategies.get(random.nextInt(strategies.size()));
    List<ConversionPolicy> taken = Pairs.of(strategy, Policies.all());
    String policy = taken.get(random.nextInt(taken.size())).name();
    Workload workload = random.nextInt(3) == 0 ? Workload.PAGE_OVERWRITE : Workload.TSO32;
    return new Target(workload, strategy, policy, 1 << random.nextInt(4));
  }

  private List<String> command(Target target, Path out) {
    List<String> command = new ArrayList<>(request.bench());
    command.addAll(
        List.of(
            "smoke",
            "--workload=" + target.workload.label(),
            "--strategy=" + target.strategy.name(),
            "--policy=" + target.policy,
            "--threads=" + target.threads,
            "--warmup=" + WARMUP_SECONDS,
            "--seconds=" + MEASURED_SECONDS,
            "--rounds=1",
            "--seed=" + random.nextInt(1, 1_000_000),
            "--image=" + request.image(),
            "--size=" + IMAGE_SIZE,
            "--out=" + out));
    return command;
  }

  /** The image is copied before recovery changes it, and the copy stays when something is wrong. */
  private Kill examine(int number, Target target, double seconds, long trial) throws IOException {
    Path copy = request.scratch().resolve("as-left.img");
    Files.copy(request.image(), copy);
    Aftermath aftermath;
    try (FileDevice device = FileDevice.open(request.image())) {
      aftermath =
          Aftermath.of(
              device,
              target.strategy,
              Policies.byName(target.policy),
              trial,
              target.workload == Workload.TSO32);
    }
    if (!aftermath.isClean()) {
      Files.move(copy, request.evidence(number));
    }
    return new Kill(
        number,
        target.workload,
        target.strategy.name(),
        target.policy,
        target.threads,
        seconds,
        aftermath);
  }

  private void interrupted() {
    interrupted = true;
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    cleanUp();
  }

  private void cleanUp() {
    try {
      removeFiles();
    } catch (IOException e) {
      System.err.println(
          "warning: " + request.scratch() + " cannot be removed: " + Failure.messageOf(e));
    }
  }

  /** The image, what the bench put beside it, and the scratch directory. */
  private void removeFiles() throws IOException {
    Path image = request.image();
    for (String suffix : List.of("", ".new", ".lock")) {
      Files.deleteIfExists(image.resolveSibling(image.getFileName() + suffix));
    }
    if (Files.exists(request.scratch())) {
      try (Stream<Path> files = Files.walk(request.scratch())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
