package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.run.ResultDirectory;
import dev.diolab.results.verify.Merge;
import dev.diolab.results.verify.Verification;
import dev.diolab.results.verify.VerificationFile;
import dev.diolab.results.verify.VerificationTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify merge DIR...}: puts the shards of a verification together. */
@Command(
    name = "merge",
    description = {
      "Puts the shards of one verification together, whatever machines they ran on: checks that"
          + " they are of the same code, seed and profile and that none is missing, sums, and brings"
          + " the saved cases along. The last line on standard output is the directory of the"
          + " whole."
    })
final class VerifyMergeCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "The run directories of all shards, or their verify.json.")
  private List<Path> parts = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The directory of the whole. Default: results/runs/TIME-verify-merged of the source tree.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    CaseFiles cases = new CaseFiles();
    Verification whole = merge(cases);
    ResultDirectory directory = ResultDirectory.create(out == null ? defaultOut() : out);
    VerificationFile.write(directory.partial().resolve(VerificationFile.NAME), whole);
    cases.copy(whole, directory.partial());
    directory.finish();
    PrintWriter console = spec.commandLine().getOut();
    console.print(VerificationTable.render(whole, Terminal.width(spec)));
    console.println(directory.complete());
    return (whole.isClean() ? ExitCode.OK : ExitCode.FINDINGS).code();
  }

  private Verification merge(CaseFiles cases) {
    List<Verification> read = new ArrayList<>();
    try {
      for (Path part : parts) {
        Path file = Files.isDirectory(part) ? part.resolve(VerificationFile.NAME) : part;
        Verification shard = VerificationFile.read(file);
        cases.add(file, shard);
        read.add(shard);
      }
      return Merge.of(read);
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.usage("these cannot be merged: " + Failure.messageOf(e));
    }
  }

  private static Path defaultOut() {
    String stamp = STAMP.format(LocalDateTime.now(ZoneId.systemDefault()));
    return Home.runs().resolve(stamp + "-verify-merged");
  }
}
