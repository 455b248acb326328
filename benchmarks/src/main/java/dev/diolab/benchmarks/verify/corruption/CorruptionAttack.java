package dev.diolab.benchmarks.verify.corruption;

import dev.diolab.benchmarks.verify.corruption.Outcome.Reason;
import dev.diolab.benchmarks.verify.corruption.Outcome.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * Damages the metadata of sound images, one place or two at a time, and looks at how check, mount
 * and use of the damaged image end.
 *
 * <p>Each has to end, with no exception but the {@link IOException}s that tell of a bad image; what
 * changes bytes under a checksum must be named by the check; of a damaged log, recovery must not
 * take the damaged transaction; and an image that the check calls clean must be usable, show no
 * poison, and be clean afterwards.
 *
 * <p>Damage number i of a seed is the same in every attack with that seed.
 *
 * <p>Thread safety: none.
 */
public final class CorruptionAttack implements AutoCloseable {
  /** Thousands of times what a trial takes: one that takes longer does not end. */
  private static final long PATIENCE_SECONDS = 20;

  private final List<SoundImage> images;
  private final Map<SoundImage, ScratchDevice> devices = new HashMap<>();
  private final long seed;
  private ExecutorService worker = newWorker();

  private CorruptionAttack(long seed, List<SoundImage> images) {
    this.seed = seed;
    this.images = images;
  }

  /**
   * Tries damages 0 to {@code count - 1} of {@code seed}.
   *
   * @param progress told after each damage how many were tried
   * @throws IOException when the sound images cannot be made
   */
  public static CorruptionSummary run(long seed, long count, LongConsumer progress)
      throws IOException {
    try (CorruptionAttack attack = new CorruptionAttack(seed, SoundImages.all())) {
      return attack.tryAll(0, count, progress);
    }
  }

  /** Tries damage {@code index} of {@code seed} alone. */
  public static CorruptionSummary replay(long seed, long index) throws IOException {
    try (CorruptionAttack attack = new CorruptionAttack(seed, SoundImages.all())) {
      return attack.tryAll(index, index + 1, done -> {});
    }
  }

  private CorruptionSummary tryAll(long from, long to, LongConsumer progress) {
    Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    Map<String, Long> cleanBills = new TreeMap<>();
    List<String> listed = new ArrayList<>();
    for (long index = from; index < to; index++) {
      Random random = new Random(seed * 0x9E37_79B9_7F4A_7C15L + index);
      SoundImage image = images.get(random.nextInt(images.size()));
      Damage damage = new DamageMaker(image, random).next();
      Outcome outcome = tryOne(image, damage);
      verdicts.merge(outcome.verdict(), 1L, Long::sum);
      Reason reason = outcome.reason();
      if (reason != null) {
        cleanBills.merge(reason.explanation(), 1L, Long::sum);
      }
      if (outcome.failure() != null && listed.size() < CorruptionSummary.MAX_LISTED) {
        listed.add(
            String.format(
                "seed %d, damage %d: image '%s', %s: %s",
                seed, index, image.name(), damage, outcome.failure()));
      }
      progress.accept(index - from + 1);
    }
    return new CorruptionSummary(
        seed,
        to - from,
        verdicts.getOrDefault(Verdict.REFUSED, 0L),
        verdicts.getOrDefault(Verdict.NAMED, 0L),
        cleanBills,
        verdicts.getOrDefault(Verdict.FAILED, 0L),
        listed);
  }

  private Outcome tryOne(SoundImage image, Damage damage) {
    ScratchDevice device = devices.computeIfAbsent(image, SoundImage::device);
    Trial trial = new Trial(image, damage, device);
    Future<Outcome> running = worker.submit(trial::run);
    try {
      return running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      worker.shutdownNow(); // it will not listen, but it is a daemon
      worker = newWorker();
      devices.remove(image);
      return Outcome.failed("hangs in step '" + trial.step() + "'");
    } catch (ExecutionException e) {
      return Outcome.failed(
          "step '" + trial.step() + "' throws " + describe(Objects.requireNonNull(e.getCause())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.failed("interrupted");
    }
  }

  private static String describe(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return thrown + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  private static ExecutorService newWorker() {
    return Executors.newSingleThreadExecutor(
        Thread.ofPlatform().daemon().name("diolab-corruption").factory());
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
