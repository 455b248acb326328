package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.crosscheck.Crosscheck;
import dev.diolab.benchmarks.crosscheck.Fio;
import dev.diolab.benchmarks.image.ImageRequest;
import dev.diolab.benchmarks.image.RunLock;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.benchmarks.run.Interruption;
import dev.diolab.benchmarks.workload.OverwritePath;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code crosscheck fio}: our overwrite path against fio psync. */
@Command(
    name = "fio",
    description = {
      "Random 4 KiB overwrites by this bench and by fio (psync, direct=1, threads), in turn, on"
          + " the same bytes of the same image; prints operations a second and the ratio to fio,"
          + " medians over the rounds."
    })
final class FioCommand implements Callable<Integer> {
  /** Lies in one run of a block group, so that fio meets no metadata. */
  private static final long FILE_BYTES = 96 * Sizes.MIB;

  private static final long IMAGE_BYTES = 256 * Sizes.MIB;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "no-lock,iomap-endio",
      description = "Strategies to compare with fio. Default: ${DEFAULT-VALUE}.")
  private List<String> strategies = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,4,16",
      description = "Numbers of threads. Default: ${DEFAULT-VALUE}.")
  private List<Integer> threads = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "3",
      description = "Measured time of each in a round. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Mixin private ImageOptions image = new ImageOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Ranges.requireThreads(threads);
    Ranges.requireSeconds("--seconds", seconds);
    Ranges.requireRounds(rounds);
    List<Contender> contenders = Contender.cross(strategies, List.of());
    ImageRequest request = image.request(IMAGE_BYTES);
    Fio fio = Fio.find();
    image.requirePlace();
    try (Interruption interruption = Interruption.install();
        RunLock lock = RunLock.acquire(request.path())) {
      try {
        print(fio, compare(fio, contenders, lock, request, interruption));
      } catch (RuntimeException e) {
        interruption.stopIfInterrupted();
        throw e;
      }
    } catch (IOException e) {
      throw Failure.run("the comparison failed: " + Failure.messageOf(e), e);
    }
    return ExitCode.OK.code();
  }

  private List<Crosscheck.Line> compare(
      Fio fio,
      List<Contender> contenders,
      RunLock lock,
      ImageRequest request,
      Interruption interruption)
      throws IOException {
    long bytes = ImagePreparation.run(lock, request, interruption);
    long fileBytes = Math.min(FILE_BYTES, VolumeShape.largestFileBytes(bytes));
    long seed = ThreadLocalRandom.current().nextInt(1, 1_000_000_000);
    OverwritePath path =
        OverwritePath.on(request.path(), request.blockBytes(), fileBytes, seed, seed);
    try (CrosscheckProgress progress =
        CrosscheckProgress.begin(threads, contenders.size() + 1, rounds, seconds)) {
      return new Crosscheck(fio, path, request.path(), contenders, rounds, seconds, progress::step)
          .run(threads);
    }
  }

  private void print(Fio fio, List<Crosscheck.Line> lines) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "random 4 KiB overwrites, %s psync against this bench, medians of %d rounds of %s s%n%n",
        fio.version(),
        rounds,
        seconds);
    out.printf(Locale.ROOT, "%7s  %-20s %12s %12s%n", "threads", "who", "ops/s", "ratio to fio");
    for (Crosscheck.Line line : lines) {
      out.printf(
          Locale.ROOT,
          "%7d  %-20s %,12.0f %12s%n",
          line.threads(),
          line.name(),
          line.opsPerSecond(),
          line.name().equals(Crosscheck.FIO)
              ? ""
              : String.format(Locale.ROOT, "%.3f", line.ratio()));
    }
  }
}
