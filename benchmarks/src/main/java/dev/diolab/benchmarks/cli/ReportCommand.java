package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.results.ReportWriter;
import dev.diolab.results.run.RunFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report RUN_DIR}: draws the charts and writes the reports again. */
@Command(
    name = "report",
    description =
        "Draws the charts and writes the reports of a run again, from its raw files, which stay as"
            + " they are.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN_DIR", description = "Directory of a finished run.")
  private Path directory = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      ReportWriter.Written written = ReportWriter.write(directory);
      written.files().forEach(out::println);
      for (String contradiction : written.contradictions()) {
        spec.commandLine().getErr().println("warning: " + contradiction);
      }
    } catch (RunFormatException e) {
      throw Failure.usage(Failure.messageOf(e));
    } catch (IOException e) {
      throw Failure.run(
          "the reports of " + directory + " cannot be written: " + Failure.messageOf(e), e);
    }
    return ExitCode.OK.code();
  }
}
