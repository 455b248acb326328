package dev.diolab.benchmarks.crosscheck;

import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.benchmarks.workload.OverwritePath;
import dev.diolab.engine.device.UringDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * fio with io_uring, a ring of ours that other threads may reap, one that they may not, and the
 * engine over one of the first kind, one thread each, in turn, on the same bytes of the same image.
 * All register the file and not the buffers, and submit every write by itself.
 *
 * <p>Thread safety: none.
 */
public final class UringCrosscheck {
  /** Name of our side: a queue of the device as the engine has it, without a file system. */
  public static final String RING = "UringDevice";

  /** The same, with a ring that no other thread may reap: what fio has. */
  public static final String OWN_RING = "UringDevice, own";

  private static final double RAMP_SECONDS = 1;

  /** Compiles the path before anything is measured. */
  private static final double WARMUP_SECONDS = 3;

  private final Fio fio;
  private final OverwritePath path;
  private final Contender contender;
  private final Path image;
  private final long seed;
  private final int rounds;
  private final double seconds;
  private final Consumer<String> progress;

  /**
   * A comparison on {@code image}.
   *
   * @param path the engine's way to a file there, over rings
   * @param contender what the engine locks and converts with
   * @param seconds measured time of each contender in each round
   * @param progress told what runs now
   */
  public UringCrosscheck(
      Fio fio,
      OverwritePath path,
      Contender contender,
      Path image,
      long seed,
      int rounds,
      double seconds,
      Consumer<String> progress) {
    this.fio = fio;
    this.path = path;
    this.contender = contender;
    this.image = image;
    this.seed = seed;
    this.rounds = rounds;
    this.seconds = seconds;
    this.progress = progress;
  }

  /** Runs everything. */
  public List<Line> run(List<Integer> depths) throws IOException {
    OverwritePath.Location file = path.makeFile(contender.strategy(), contender.policy());
    progress.accept("warming up");
    ring(file, Collections.max(depths), false, 0, WARMUP_SECONDS);
    engine(Collections.max(depths), 0, WARMUP_SECONDS);
    List<Line> lines = new ArrayList<>();
    for (int depth : depths) {
      lines.addAll(
          new InTurn()
              .add(
                  Fio.NAME,
                  () ->
                      fio.opsPerSecond(
                          image,
                          file.offset(),
                          file.bytes(),
                          Fio.uring(depth),
                          RAMP_SECONDS,
                          seconds))
              .add(RING, () -> ring(file, depth, false, RAMP_SECONDS, seconds))
              .add(OWN_RING, () -> ring(file, depth, true, RAMP_SECONDS, seconds))
              .add("engine, " + contender.strategy(), () -> engine(depth, RAMP_SECONDS, seconds))
              .run(depth, "in flight", rounds, progress));
    }
    return lines;
  }

  private double engine(int depth, double rampSeconds, double measuredSeconds) throws IOException {
    return path.asyncOpsPerSecond(
        contender.strategy(), contender.policy(), depth, rampSeconds, measuredSeconds);
  }

  private double ring(
      OverwritePath.Location file,
      int depth,
      boolean ownerReaps,
      double rampSeconds,
      double measuredSeconds)
      throws IOException {
    try (UringDevice device = UringDevice.open(image)) {
      return RingOverwrites.opsPerSecond(
          device,
          file.offset(),
          file.bytes(),
          depth,
          ownerReaps,
          seed,
          rampSeconds,
          measuredSeconds);
    }
  }
}
