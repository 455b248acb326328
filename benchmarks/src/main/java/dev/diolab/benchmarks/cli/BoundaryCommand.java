package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.crosscheck.BoundaryCrosscheck;
import dev.diolab.benchmarks.image.ImageRequest;
import dev.diolab.benchmarks.image.RunLock;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.benchmarks.run.Interruption;
import dev.diolab.benchmarks.workload.StreamPath;
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

/** {@code crosscheck boundary}: streaming with and without Mason's boundary rule. */
@Command(
    name = "boundary",
    description = {
      "Sequential direct requests of 512 KiB, each mapped in several pieces that follow each other"
          + " on the device: as one transfer (the boundary rule of Mason's patch 8) and with a"
          + " transfer for each piece, in turn; prints MB/s of both, their ratio, and transfers a"
          + " request, medians over the rounds."
    })
final class BoundaryCommand implements Callable<Integer> {
  private static final long FILE_BYTES = 96 * Sizes.MIB;
  private static final long IMAGE_BYTES = 256 * Sizes.MIB;
  private static final double SECONDS_PER_TURN = 2;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "placeholder,i-mutex,iomap-endio",
      description = "Strategies to compare. Default: ${DEFAULT-VALUE}.")
  private List<String> strategies = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--passes",
      paramLabel = "N",
      defaultValue = "3",
      description = "Passes over the file in a measurement. Default: ${DEFAULT-VALUE}.")
  private int passes;

  @Mixin private ImageOptions image = new ImageOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Ranges.requireRounds(rounds);
    if (passes < 1 || passes > 1000) {
      throw Failure.usage("--passes " + passes + " is not from 1 to 1000");
    }
    List<Contender> contenders = Contender.cross(strategies, List.of());
    ImageRequest request = image.request(IMAGE_BYTES);
    image.requirePlace();
    try (Interruption interruption = Interruption.install();
        RunLock lock = RunLock.acquire(request.path())) {
      try {
        print(compare(contenders, lock, request, interruption));
      } catch (RuntimeException e) {
        interruption.stopIfInterrupted();
        throw e;
      }
    } catch (IOException e) {
      throw Failure.run("the comparison failed: " + Failure.messageOf(e), e);
    }
    return ExitCode.OK.code();
  }

  private List<BoundaryCrosscheck.Line> compare(
      List<Contender> contenders, RunLock lock, ImageRequest request, Interruption interruption)
      throws IOException {
    long bytes = ImagePreparation.run(lock, request, interruption);
    long fileBytes = Math.min(FILE_BYTES, VolumeShape.largestFileBytes(bytes));
    long trial = ThreadLocalRandom.current().nextInt(1, 1_000_000_000);
    StreamPath path = StreamPath.on(request.path(), request.blockBytes(), fileBytes, trial);
    int turns = BoundaryCrosscheck.measurements(contenders, rounds);
    try (CrosscheckProgress progress = CrosscheckProgress.begin(turns, SECONDS_PER_TURN)) {
      return new BoundaryCrosscheck(path, contenders, rounds, passes, progress::step).run();
    }
  }

  private void print(List<BoundaryCrosscheck.Line> lines) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "sequential direct requests of %d KiB, one thread, medians of %d rounds of %d passes%n%n",
        StreamPath.REQUEST_BYTES / 1024,
        rounds,
        passes);
    out.printf(
        Locale.ROOT,
        "%-24s %-18s %12s %12s %8s %18s %18s%n",
        "stream",
        "strategy",
        "MB/s joined",
        "MB/s split",
        "ratio",
        "transfers joined",
        "transfers split");
    for (BoundaryCrosscheck.Line line : lines) {
      out.printf(
          Locale.ROOT,
          "%-24s %-18s %,12.0f %,12.0f %8.3f %18.2f %18.2f%n",
          line.kind().label(),
          line.strategy(),
          line.joined().bytesPerSecond() / 1e6,
          line.split().bytesPerSecond() / 1e6,
          line.ratio(),
          line.joined().transfersPerRequest(),
          line.split().transfersPerRequest());
    }
  }
}
