package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.environment.CodeDigest;
import dev.diolab.benchmarks.plugin.Catalog;
import dev.diolab.benchmarks.run.Interruption;
import dev.diolab.benchmarks.run.ResultDirectory;
import dev.diolab.benchmarks.verify.sweep.VerifyProfile;
import dev.diolab.benchmarks.verify.sweep.VerifyRequest;
import dev.diolab.benchmarks.verify.sweep.VerifyRun;
import dev.diolab.results.verify.Shard;
import dev.diolab.results.verify.Verification;
import dev.diolab.results.verify.VerificationFile;
import dev.diolab.results.verify.VerificationTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify PROFILE}: tries to break what strategies and policies declare. */
@Command(
    name = "verify",
    description = {
      "Tries to break every guarantee that strategies and policies declare: records concurrent"
          + " workloads, builds the states that a crash could have left, recovers each, runs fsck,"
          + " and compares the files with what the guarantees allow. Damages metadata, too. All of"
          + " it in memory: no image is touched. The last line on standard output is the run"
          + " directory with verify.json.",
      "",
      "Profiles: smoke (below a minute), quick (below 5 minutes), full (as --states says)."
    },
    subcommands = {
      VerifyMergeCommand.class,
      VerifyKillCommand.class,
      VerifyFsxCommand.class,
      VerifyRacesCommand.class,
      VerifyFaultsCommand.class
    })
final class VerifyCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  @Parameters(
      arity = "0..1",
      paramLabel = "PROFILE",
      description = "How much to try: smoke, quick or full.")
  private @Nullable String profile;

  @Option(
      names = "--states",
      paramLabel = "N",
      description =
          "Crash states over all strategies and policies. Default: smoke 60000, quick 300000, full"
              + " 1000000.")
  private @Nullable Long states;

  @Mixin private TargetOptions targetOptions = new TargetOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all random choices. Default: a new one, which is printed.")
  private @Nullable Long seed;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      defaultValue = "1/1",
      description =
          "Only part I of N, so that N machines share the work; needs --seed. 'verify merge' puts"
              + " the parts together.")
  private String shard = "1/1";

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Try one saved case again, and nothing else; exits with 1 while it is broken.")
  private @Nullable Path replay;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The run directory. Default: results/runs/TIME-verify-PROFILE of the source tree.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Catalog catalog = targetOptions.catalog();
    if (replay != null) {
      return CaseReplay.run(replay, catalog, spec.commandLine().getOut()).code();
    }
    if (profile == null) {
      throw Failure.usage("say how much to try: verify smoke, quick or full; or --replay FILE");
    }
    VerifyProfile chosen = VerifyProfile.byLabel(profile);
    VerifyRequest request = request(chosen, catalog);
    ResultDirectory directory = ResultDirectory.create(out == null ? defaultOut(chosen) : out);
    Verification verification;
    try (Interruption interruption = Interruption.install()) {
      interruption.removes(directory.partial());
      int workers = Runtime.getRuntime().availableProcessors();
      try {
        verification = new VerifyRun(request, directory.partial(), workers).run();
        VerificationFile.write(directory.partial().resolve(VerificationFile.NAME), verification);
        directory.finish();
      } catch (IOException | RuntimeException e) {
        interruption.stopIfInterrupted();
        throw e;
      }
    }
    PrintWriter console = spec.commandLine().getOut();
    console.print(VerificationTable.render(verification, Terminal.width(spec)));
    console.println(directory.complete());
    return (verification.isClean() ? ExitCode.OK : ExitCode.FINDINGS).code();
  }

  private VerifyRequest request(VerifyProfile chosen, Catalog catalog) {
    if (states != null && states < 1) {
      throw Failure.usage("--states " + states + " is not at least 1");
    }
    Shard part = part();
    if (part.count() > 1 && seed == null) {
      throw Failure.usage("--shard needs --seed: all parts must have the same");
    }
    return new VerifyRequest(
        chosen.label(),
        states == null ? chosen.states() : states,
        chosen.corruptions(),
        seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000_000) : seed,
        part,
        targetOptions.targets(catalog),
        CodeDigest.code(Home.root(), targetOptions.plugins()));
  }

  private Shard part() {
    try {
      return Shard.parse(shard);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("--shard: " + e.getMessage());
    }
  }

  private static Path defaultOut(VerifyProfile chosen) {
    String stamp = STAMP.format(LocalDateTime.now(ZoneId.systemDefault()));
    return Home.runs().resolve(stamp + "-verify-" + chosen.label());
  }
}
