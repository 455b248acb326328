package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.results.across.MergedLogs;
import dev.diolab.results.across.SideBySide;
import dev.diolab.results.report.SideBySideReport;
import dev.diolab.results.run.AtomicFile;
import dev.diolab.results.run.RunDirectory;
import dev.diolab.results.run.RunFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare RUN RUN...}: lays runs side by side. */
@Command(
    name = "compare",
    description = {
      "Lays runs side by side, of several disks or commits or repeated: throughput and p99 of every"
          + " cell that two of them have, the ratio to the first with its 95 %% interval, and who is"
          + " faster, slower or a tie. Writes Markdown to standard output; the runs stay as they"
          + " are.",
      "Where two runs are of the same code with the same settings, the noise between runs is"
          + " measured from them, and no smaller difference counts."
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Directories of finished runs, the one to compare with first.")
  private List<Path> directories = List.of();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write the comparison as one HTML page.")
  private @Nullable Path html;

  @Option(
      names = "--merge",
      paramLabel = "DIR",
      description =
          "Also write the histograms of every cell in common, the rounds of all runs together, into"
              + " this new directory. Only for runs of the same code with the same settings.")
  private @Nullable Path merge;

  @Option(
      names = "--fail-on-slower",
      description =
          "Exit with 1 when the throughput of some cell is slower than in the first run and chance"
              + " over all cells is allowed for; for CI.")
  private boolean failOnSlower;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    SideBySide runs = read();
    if (merge != null) {
      merge(runs, merge);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(SideBySideReport.markdown(runs));
    out.flush();
    if (html != null) {
      write(html, SideBySideReport.html(runs));
    }
    boolean isSlower = runs.standing().stream().anyMatch(delta -> delta.throughput().isLower());
    return (failOnSlower && isSlower ? ExitCode.FINDINGS : ExitCode.OK).code();
  }

  private SideBySide read() {
    requireSeveral();
    try {
      List<RunDirectory> opened = new ArrayList<>();
      for (Path directory : directories) {
        opened.add(RunDirectory.read(directory));
      }
      SideBySide runs = SideBySide.of(opened);
      if (runs.places().isEmpty()) {
        throw Failure.usage(
            "these runs have no cell in common: name runs of the same workloads, strategies and"
                + " threads");
      }
      return runs;
    } catch (RunFormatException e) {
      throw Failure.usage(Failure.messageOf(e));
    } catch (IOException e) {
      throw Failure.run("the runs cannot be read: " + Failure.messageOf(e), e);
    }
  }

  private void requireSeveral() {
    if (directories.size() < 2) {
      throw Failure.usage("compare needs at least two run directories");
    }
    Set<Path> seen = new HashSet<>();
    for (Path directory : directories) {
      if (!seen.add(directory.toAbsolutePath().normalize())) {
        throw Failure.usage(directory + " is named twice");
      }
    }
  }

  private static void merge(SideBySide runs, Path directory) {
    if (Files.exists(directory)) {
      throw Failure.usage(directory + " exists already: name a new directory for --merge");
    }
    if (!MergedLogs.canBeMergedFrom(runs)) {
      throw Failure.usage(
          "these runs are not all of the same code with the same settings: merged, their histograms"
              + " would be of none of them");
    }
    try {
      MergedLogs.write(runs, directory);
    } catch (IOException e) {
      throw Failure.environment("cannot write into " + directory + ": " + Failure.messageOf(e), e);
    }
  }

  private static void write(Path file, String page) {
    try {
      AtomicFile.write(file, page);
    } catch (IOException e) {
      throw Failure.environment("cannot write " + file + ": " + Failure.messageOf(e), e);
    }
  }
}
