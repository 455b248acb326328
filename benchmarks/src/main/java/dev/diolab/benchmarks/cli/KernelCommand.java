package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.image.ImageRequest;
import dev.diolab.benchmarks.image.RunLock;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.benchmarks.kernel.FillTarget;
import dev.diolab.benchmarks.kernel.KernelCrosscheck;
import dev.diolab.benchmarks.kernel.KernelFiles;
import dev.diolab.benchmarks.kernel.LoopFileSystem;
import dev.diolab.benchmarks.kernel.ModelFiles;
import dev.diolab.benchmarks.kernel.TargetFills;
import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.benchmarks.run.Interruption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code crosscheck kernel}: ratios of the model beside those of the kernel's file systems. */
@Command(
    name = "kernel",
    description = {
      "Fills files in random order by direct writes of 32 KiB, on file systems of the kernel and on"
          + " volumes of the model, in turn, and compares ratios within each: unwritten to written"
          + " blocks, many threads to one, DSYNC to one fdatasync at the end. 'host' is the file"
          + " system that the image is in; any other is made on a loop device beside the image,"
          + " which needs root. A ratio agrees when it is from 0.75 to 1.33 times the kernel's."
    })
final class KernelCommand implements Callable<Integer> {
  private static final String HOST = "host";
  private static final long IMAGE_BYTES = 512 * Sizes.MIB;
  private static final int MOST_FILE_MIB = 256;

  /** Of a slow disk, for the progress only. */
  private static final double BYTES_PER_SECOND = 100e6;

  @Option(
      names = "--file-system",
      paramLabel = "NAME",
      split = ",",
      description = "host, ext4, xfs, btrfs. Default: host.")
  private List<String> fileSystems = List.of(HOST);

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      split = ",",
      description = "Strategies of the model. Default: iomap-endio.")
  private List<String> strategies = List.of("iomap-endio");

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      split = ",",
      description = "Conversion policies of the model. Default: each strategy's own.")
  private List<String> policies = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "8",
      description = "Threads that are compared with one, 2 to 64. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--file-size",
      paramLabel = "MIB",
      defaultValue = "64",
      description = "MiB of the file that each fill makes, 1 to 256. Default: ${DEFAULT-VALUE}.")
  private int fileMiB;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds; one more before them warms up. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all random choices. Default: a new one, which is printed.")
  private @Nullable Long seed;

  @Mixin private ImageOptions image = new ImageOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Ranges.requireThreads(List.of(threads));
    Ranges.requireRounds(rounds);
    if (threads < 2) {
      throw Failure.usage("--threads " + threads + ": give at least 2, which one is compared with");
    }
    if (fileMiB < 1 || fileMiB > MOST_FILE_MIB) {
      throw Failure.usage("--file-size " + fileMiB + " is not from 1 to " + MOST_FILE_MIB);
    }
    requireKnown();
    List<Contender> contenders = Contender.cross(strategies, policies);
    if (contenders.isEmpty()) {
      throw Failure.usage("no such strategy takes policy " + String.join(", ", policies));
    }
    long runSeed = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000_000) : seed;
    ImageRequest request = image.request(IMAGE_BYTES);
    image.requirePlace();
    try (Interruption interruption = Interruption.install();
        RunLock lock = RunLock.acquire(request.path())) {
      try {
        ImagePreparation.run(lock, request, interruption);
        compare(contenders, request, interruption, runSeed);
        return ExitCode.OK.code();
      } catch (RuntimeException e) {
        interruption.stopIfInterrupted();
        throw e;
      }
    } catch (IOException e) {
      throw Failure.run("the comparison failed: " + Failure.messageOf(e), e);
    }
  }

  private void requireKnown() {
    for (String name : fileSystems) {
      if (!name.equals(HOST) && !LoopFileSystem.knownTypes().contains(name)) {
        throw Failure.usage(
            "unknown file system '"
                + name
                + "'; known: host, "
                + String.join(", ", LoopFileSystem.knownTypes()));
      }
    }
  }

  private void compare(
      List<Contender> contenders, ImageRequest request, Interruption interruption, long runSeed)
      throws IOException {
    Path place = request.path().toAbsolutePath().getParent();
    if (place == null) {
      throw Failure.usage("the image has no directory: " + request.path());
    }
    List<LoopFileSystem> mounted = new ArrayList<>();
    List<FillTarget> kernel = new ArrayList<>();
    try {
      for (String name : fileSystems) {
        Path directory = place;
        if (!name.equals(HOST)) {
          LoopFileSystem made = LoopFileSystem.make(name, place, IMAGE_BYTES);
          mounted.add(made);
          directory = made.directory();
        }
        KernelFiles files = KernelFiles.in(directory);
        interruption.removes(files.file());
        kernel.add(files);
      }
      List<FillTarget> model =
          contenders.stream()
              .map(each -> (FillTarget) ModelFiles.on(request.path(), request.blockBytes(), each))
              .toList();
      measure(kernel, model, runSeed);
    } finally {
      for (FillTarget files : kernel) {
        files.close();
      }
      for (LoopFileSystem made : mounted) {
        made.close();
      }
    }
  }

  private void measure(List<FillTarget> kernel, List<FillTarget> model, long runSeed)
      throws IOException {
    List<FillTarget> all = new ArrayList<>(kernel);
    all.addAll(model);
    long bytes = fileMiB * Sizes.MIB;
    KernelCrosscheck crosscheck = new KernelCrosscheck(all, threads, bytes, runSeed, rounds);
    List<TargetFills> results;
    try (CrosscheckProgress progress =
        CrosscheckProgress.begin(crosscheck.turns(), bytes / BYTES_PER_SECOND)) {
      results = crosscheck.run(progress::step);
    }
    KernelTable table =
        new KernelTable(
            crosscheck,
            results.subList(0, kernel.size()),
            results.subList(kernel.size(), results.size()));
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "direct writes of 32 KiB in random order, each block once, files of %d MiB, medians of %d"
            + " rounds, seed %d%n%n",
        fileMiB,
        rounds,
        runSeed);
    table.print(out);
    out.flush();
  }
}
