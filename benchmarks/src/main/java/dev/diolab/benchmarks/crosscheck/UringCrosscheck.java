package dev.diolab.benchmarks.crosscheck;

import dev.diolab.engine.device.UringDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * fio with io_uring and a ring of ours, one thread each, in turn, on the same bytes of the same
 * image. Both register the file and not the buffers, and submit every write by itself.
 *
 * <p>Thread safety: none.
 */
public final class UringCrosscheck {
  /** Name of our side: a queue of the device, without a file system. */
  public static final String RING = "UringDevice";

  private static final double RAMP_SECONDS = 1;

  /** Compiles the path before anything is measured. */
  private static final double WARMUP_SECONDS = 3;

  private final Fio fio;
  private final Path image;
  private final long offset;
  private final long bytes;
  private final long seed;
  private final int rounds;
  private final double seconds;
  private final Consumer<String> progress;

  /**
   * A comparison on {@code [offset, offset + bytes)} of {@code image}, whose bytes are all written.
   *
   * @param seconds measured time of each contender in each round
   * @param progress told what runs now
   */
  public UringCrosscheck(
      Fio fio,
      Path image,
      long offset,
      long bytes,
      long seed,
      int rounds,
      double seconds,
      Consumer<String> progress) {
    this.fio = fio;
    this.image = image;
    this.offset = offset;
    this.bytes = bytes;
    this.seed = seed;
    this.rounds = rounds;
    this.seconds = seconds;
    this.progress = progress;
  }

  /** Runs everything. */
  public List<Line> run(List<Integer> depths) throws IOException {
    progress.accept("warming up");
    ring(Collections.max(depths), 0, WARMUP_SECONDS);
    List<Line> lines = new ArrayList<>();
    for (int depth : depths) {
      lines.addAll(
          new InTurn()
              .add(
                  Fio.NAME,
                  () ->
                      fio.opsPerSecond(
                          image, offset, bytes, Fio.uring(depth), RAMP_SECONDS, seconds))
              .add(RING, () -> ring(depth, RAMP_SECONDS, seconds))
              .run(depth, "in flight", rounds, progress));
    }
    return lines;
  }

  private double ring(int depth, double rampSeconds, double measuredSeconds) throws IOException {
    try (UringDevice device = UringDevice.open(image)) {
      return RingOverwrites.opsPerSecond(
          device, offset, bytes, depth, seed, rampSeconds, measuredSeconds);
    }
  }
}
