package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.crosscheck.RecoveryCrosscheck;
import dev.diolab.benchmarks.image.ImageRequest;
import dev.diolab.benchmarks.image.RunLock;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.run.Interruption;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import dev.diolab.engine.format.Geometry;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code crosscheck recovery}: recovery of a full log against plain reads of it. */
@Command(
    name = "recovery",
    description = {
      "Fills the journal with committed transactions of which nothing is home yet, then recovers it"
          + " and reads the same bytes by plain direct reads of 1 MiB, in turn; prints MB of log a"
          + " second and how many times as long recovery takes, medians over the rounds.",
      "Timed is the whole recovery: reading and checking the log, writing every block home, the"
          + " flush and the new tail. After each one every block is compared with what was"
          + " committed."
    })
final class RecoveryCommand implements Callable<Integer> {
  private static final long SMALLEST_LOG_BYTES = Sizes.MIB;
  private static final long LARGEST_LOG_BYTES = 1024 * Sizes.MIB;

  /** The log takes at most this part of the image: the homes shall lie far apart. */
  private static final int LOG_SHARE = 4;

  private static final int INODES = 128;
  private static final double SECONDS_PER_TURN = 0.5;

  @Option(
      names = "--log",
      paramLabel = "SIZE",
      defaultValue = "64M",
      description = "Size of the journal, from 1M to 1G. Default: ${DEFAULT-VALUE}.")
  private String log = "";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "9",
      description = "Rounds after the first, which is told apart. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the log's contents. Default: a new one, which is printed.")
  private @Nullable Long seed;

  @Mixin private ImageOptions image = new ImageOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Ranges.requireRounds(rounds);
    long logBytes = Sizes.parse(log);
    if (logBytes % Sizes.MIB != 0
        || logBytes < SMALLEST_LOG_BYTES
        || logBytes > LARGEST_LOG_BYTES) {
      throw Failure.usage("--log " + log + " is not a whole number of MiB from 1M to 1G");
    }
    ImageRequest request = image.request(LOG_SHARE * Math.max(64 * Sizes.MIB, logBytes));
    Long size = request.sizeBytes();
    if (size != null && size < LOG_SHARE * logBytes) {
      throw Failure.usage(
          "--size "
              + Sizes.format(size)
              + " is below 4 times the log of "
              + Sizes.format(logBytes));
    }
    image.requirePlace();
    long seedOfRun = seed != null ? seed : ThreadLocalRandom.current().nextInt(1, 1_000_000_000);
    try (Interruption interruption = Interruption.install();
        RunLock lock = RunLock.acquire(request.path())) {
      try {
        ImagePreparation.run(lock, request, interruption);
        print(compare(request, Math.toIntExact(logBytes / request.blockBytes()), seedOfRun));
      } catch (RuntimeException e) {
        interruption.stopIfInterrupted();
        throw e;
      }
    } catch (IOException e) {
      throw Failure.run("the comparison failed: " + Failure.messageOf(e), e);
    }
    return ExitCode.OK.code();
  }

  private RecoveryCrosscheck.Result compare(ImageRequest request, int journalBlocks, long seedOfRun)
      throws IOException {
    int blockBytes = request.blockBytes();
    int turns = 2 * (1 + rounds);
    try (FileDevice device = FileDevice.open(request.path());
        CrosscheckProgress progress = CrosscheckProgress.begin(turns, SECONDS_PER_TURN)) {
      spec.commandLine().getErr().println("seed " + seedOfRun);
      VolumeFormatter.format(device, new VolumeOptions(blockBytes, journalBlocks, INODES));
      Geometry geometry = Geometry.of(blockBytes, device.sizeBytes(), journalBlocks, INODES);
      RecoveryCrosscheck.Result result =
          new RecoveryCrosscheck(device, geometry, seedOfRun, progress::step).run(rounds);
      VolumeFormatter.format(device, VolumeShape.options(device.sizeBytes(), blockBytes));
      return result;
    }
  }

  private void print(RecoveryCrosscheck.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "log of %.1f MB: %,d transactions, %,d copies of %,d blocks; medians of %d rounds%n%n",
        result.logBytes() / 1e6,
        result.summary().transactions(),
        result.summary().copies(),
        result.summary().blocksWritten(),
        result.rounds().size());
    out.printf(Locale.ROOT, "%-24s %10s %22s%n", "", "MB/s", "time to that of reads");
    line(out, "plain direct reads", result.read(), "");
    line(out, "recovery", result.recovery(), ratio(result.ratio()));
    line(out, "recovery, first in JVM", result.first().recovery(), ratio(result.first().ratio()));
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static void line(PrintWriter out, String name, double bytesPerSecond, String ratio) {
    out.printf(Locale.ROOT, "%-24s %,10.0f %22s%n", name, bytesPerSecond / 1e6, ratio);
  }
}
