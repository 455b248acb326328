package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.plugin.Catalog;
import dev.diolab.benchmarks.progress.Progress;
import dev.diolab.benchmarks.verify.fsx.Access;
import dev.diolab.benchmarks.verify.fsx.FsxRequest;
import dev.diolab.benchmarks.verify.fsx.FsxResult;
import dev.diolab.benchmarks.verify.fsx.FsxSweep;
import dev.diolab.benchmarks.verify.fsx.FsxTable;
import dev.diolab.benchmarks.verify.fsx.Preset;
import dev.diolab.benchmarks.verify.fsx.RecordedOps;
import dev.diolab.benchmarks.verify.fsx.Settings;
import dev.diolab.benchmarks.verify.sweep.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verify fsx}: random operations on one file, compared byte by byte. */
@Command(
    name = "fsx",
    description = {
      "Does random operations to one file under every strategy and policy and compares every byte"
          + " that is read with what was written, as fsx does; the options have fsx's letters and"
          + " meaning. With --threads the operations overlap, and a byte may be that of any"
          + " operation that is not surely overwritten. At the end of each run the volume is"
          + " unmounted, checked by fsck, mounted again, and the file compared once more. All of"
          + " it in memory. A failing run is shrunk and printed. The last line is the seed. Exits"
          + " with 1 when a file differs from what was promised.",
      "",
      "  verify fsx -N 10000 -l 500000 -r 4096 -t 512 -w 512 -Z -R -W",
      "  verify fsx -N 100000 --mixed --threads 4 --block-size 1024",
      "  verify fsx -N 100000 -r 512 -w 512 -Z --depth 16",
      "  verify fsx --preset generic-263"
    })
final class VerifyFsxCommand implements Callable<Integer> {
  private static final Set<Integer> BLOCK_SIZES = Set.of(1024, 2048, 4096);

  /** What a run does in a second at a guess, for the time left. */
  private static final double OPS_PER_SECOND = 30_000;

  @Option(
      names = "-N",
      paramLabel = "OPS",
      defaultValue = "10000",
      description = "Operations of each run. Default: ${DEFAULT-VALUE}.")
  private int operations;

  @Option(
      names = "-l",
      paramLabel = "BYTES",
      defaultValue = "262144",
      description = "Longest that the file becomes. Default: ${DEFAULT-VALUE}.")
  private int longestFile;

  @Option(
      names = "-o",
      paramLabel = "BYTES",
      defaultValue = "65536",
      description = "Longest operation. Default: ${DEFAULT-VALUE}.")
  private int longestOp;

  @Option(
      names = "-r",
      paramLabel = "BYTES",
      defaultValue = "1",
      description = "Reads begin at multiples of it. Default: ${DEFAULT-VALUE}.")
  private int readBoundary;

  @Option(
      names = "-w",
      paramLabel = "BYTES",
      defaultValue = "1",
      description = "Writes begin at multiples of it. Default: ${DEFAULT-VALUE}.")
  private int writeBoundary;

  @Option(
      names = "-t",
      paramLabel = "BYTES",
      defaultValue = "1",
      description = "Truncates are to multiples of it. Default: ${DEFAULT-VALUE}.")
  private int truncateBoundary;

  @Option(
      names = "-S",
      paramLabel = "SEED",
      description = "Seed of all random choices. Default: a new one, which is printed.")
  private @Nullable Long seed;

  @Option(names = "-W", description = "No stores into mappings.")
  private boolean noMappedWrites;

  @Option(names = "-R", description = "No loads from mappings.")
  private boolean noMappedReads;

  @Option(
      names = "-Z",
      description =
          "Reads and writes are direct; -r and -w are then multiples of 512, for their lengths too.")
  private boolean direct;

  @Option(
      names = "--mixed",
      description = "Each read and write is direct or buffered, at random (not with -Z).")
  private boolean mixed;

  @Option(names = "-X", description = "Compare the whole file after each operation.")
  private boolean checksEachTime;

  @Option(names = "-F", description = "No fallocate.")
  private boolean noFallocate;

  @Option(names = "-H", description = "Punch no holes.")
  private boolean noPunch;

  @Option(names = "-z", description = "No zero range.")
  private boolean noZeroRange;

  @Option(
      names = "-c",
      paramLabel = "P",
      defaultValue = "0",
      description =
          "One of P operations unmounts and mounts again; 0: none. One thread only. Default:"
              + " ${DEFAULT-VALUE}.")
  private int closeOpen;

  @Option(names = "-q", description = "Quiet: no line for a run in which nothing was wrong.")
  private boolean quiet;

  @Option(
      names = "--threads",
      paramLabel = "T",
      defaultValue = "1",
      description = "Threads that share the operations of a run. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--depth",
      paramLabel = "D",
      defaultValue = "1",
      description =
          "Direct reads and writes of a thread that are in flight at once: they are submitted, and"
              + " the thread goes on. Default: ${DEFAULT-VALUE}, which waits for each.")
  private int depth;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "The runs of a test of xfstests instead of the settings above but -N: generic-091 (direct"
              + " I/O), generic-240 (parts of blocks into holes, 4 threads), generic-263 (direct,"
              + " mapped and buffered).")
  private @Nullable String preset;

  @Option(
      names = "--block-size",
      paramLabel = "BYTES",
      split = ",",
      defaultValue = "1024,4096",
      description = "Block sizes: 1024, 2048, 4096. Default: ${DEFAULT-VALUE}.")
  private List<Integer> blockSizes = List.of();

  @Mixin private TargetOptions targetOptions = new TargetOptions();

  @Option(
      names = "--record-ops",
      paramLabel = "FILE",
      description = "Write the operations of the last run, or of the first one that went wrong.")
  private @Nullable Path recordOps;

  @Option(
      names = "--replay-ops",
      paramLabel = "FILE",
      description = "Do the operations of this file, one a line, instead of random ones.")
  private @Nullable Path replayOps;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    long chosenSeed = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000_000) : seed;
    RecordedOps replayed = replayOps == null ? null : replayed(replayOps);
    FsxRequest request = request(chosenSeed);
    PrintWriter out = spec.commandLine().getOut();
    out.println(FsxTable.head());
    List<FsxResult> results = new ArrayList<>();
    double expected = request.runs() * (double) operations / OPS_PER_SECOND;
    try (Progress progress = Progress.begin(expected)) {
      FsxSweep sweep = new FsxSweep(request, new Following(progress, results));
      if (replayed == null) {
        sweep.run(result -> took(sweep, result, results, out));
      } else {
        sweep.replay(replayed, result -> took(sweep, result, results, out));
      }
    }
    out.print(FsxTable.summary(results));
    out.println("seed " + chosenSeed);
    out.flush();
    return (results.stream().anyMatch(FsxResult::isFinding) ? ExitCode.FINDINGS : ExitCode.OK)
        .code();
  }

  private void took(FsxSweep sweep, FsxResult result, List<FsxResult> results, PrintWriter out) {
    boolean alreadyWrong = results.stream().anyMatch(each -> each.difference() != null);
    results.add(result);
    if (!quiet || result.difference() != null) {
      out.println(FsxTable.line(result));
      out.flush();
    }
    if (recordOps != null && !alreadyWrong) {
      try {
        sweep.lastLog().write(recordOps, FsxTable.line(result));
      } catch (IOException e) {
        throw Failure.environment(
            "cannot write " + recordOps + " (" + Failure.messageOf(e) + "): name another file", e);
      }
    }
  }

  private static RecordedOps replayed(Path file) {
    try {
      return RecordedOps.read(file);
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.usage("cannot replay " + file + ": " + Failure.messageOf(e));
    }
  }

  private FsxRequest request(long chosenSeed) {
    for (int blockSize : blockSizes) {
      if (!BLOCK_SIZES.contains(blockSize)) {
        throw Failure.usage("--block-size " + blockSize + " is not 1024, 2048 or 4096");
      }
    }
    if (direct && mixed) {
      throw Failure.usage("-Z and --mixed exclude each other: choose one");
    }
    Catalog catalog = targetOptions.catalog();
    return new FsxRequest(targetOptions.targets(catalog), blockSizes, variants(), chosenSeed);
  }

  private List<Settings> variants() {
    try {
      String name = preset;
      return name == null
          ? List.of(settings())
          : Preset.byLabel(name)
              .orElseThrow(
                  () ->
                      Failure.usage(
                          "unknown preset '"
                              + name
                              + "'; known: "
                              + String.join(", ", Preset.labels())))
              .variants(operations)
              .stream()
              .map(variant -> variant.withDepth(depth))
              .toList();
    } catch (IllegalArgumentException e) {
      throw Failure.usage(Failure.messageOf(e));
    }
  }

  private Settings settings() {
    return new Settings(
        operations,
        longestFile,
        longestOp,
        readBoundary,
        writeBoundary,
        truncateBoundary,
        !noMappedReads,
        !noMappedWrites,
        !noFallocate,
        !noPunch,
        !noZeroRange,
        direct ? Access.DIRECT : mixed ? Access.MIXED : Access.BUFFERED,
        checksEachTime,
        closeOpen,
        threads,
        depth);
  }

  /** Turns what a sweep tells into progress. */
  private final class Following implements FsxSweep.Listener {
    private final Progress progress;
    private final List<FsxResult> results;

    Following(Progress progress, List<FsxResult> results) {
      this.progress = progress;
      this.results = results;
    }

    @Override
    public void progress(Target target, int blockSize, long done) {
      double before = (double) results.size() * operations;
      progress.advance(
          target + ", " + blockSize + " bytes: " + done + " operations",
          (before + Math.min(done, operations)) / OPS_PER_SECOND);
    }

    @Override
    public void shrinking(Target target, int blockSize, String difference) {
      progress.step(
          target
              + ", "
              + blockSize
              + " bytes: a difference; looking for the shortest run of\n"
              + difference,
          (double) results.size() * operations / OPS_PER_SECOND);
    }
  }
}
