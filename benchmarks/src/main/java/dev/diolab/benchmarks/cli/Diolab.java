package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Entry point: {@code diolab VERB ...}; the scripts give the verb. */
@Command(
    name = "diolab",
    description = "Compares locking strategies of direct I/O on your own disk.",
    subcommands = {
      BenchCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      DoctorCommand.class,
      CheckCommand.class,
      CrosscheckCommand.class,
      VerifyCommand.class
    },
    scope = ScopeType.INHERIT,
    versionProvider = Diolab.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:done, and something is wrong: fsck has a finding, a guarantee fell, or compare"
          + " --fail-on-slower found a slower cell",
      "2:wrong usage: unknown verb, option or name, or an impossible value",
      "3:the machine, the disk or the image is not fit for it; nothing was measured",
      "4:the run began and failed",
      "130:interrupted"
    })
public final class Diolab implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on the option itself
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on the option itself
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean debug;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Diolab() {}

  /** Runs a verb and exits with its code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    System.exit(run(out, err, args));
  }

  /** Runs a verb and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return commandLine(out, err).execute(args);
  }

  private static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    Diolab diolab = new Diolab();
    CommandLine line = new CommandLine(diolab);
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(Diolab::wrongUsage);
    line.setExecutionExceptionHandler(diolab::failed);
    return line;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do: bench, verify, report, compare, doctor, check or crosscheck");
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    line.getErr().println("diolab: " + firstLine(Failure.messageOf(e)));
    line.getErr().println("See '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE.code();
  }

  private int failed(Exception e, CommandLine line, ParseResult parsed) {
    if (debug) {
      e.printStackTrace(line.getErr());
    }
    if (e instanceof Failure failure) {
      line.getErr().println("diolab: " + failure.getMessage());
      return failure.exitCode().code();
    }
    line.getErr()
        .println(
            "diolab: this is a bug of diolab ("
                + e.getClass().getSimpleName()
                + ": "
                + firstLine(Failure.messageOf(e))
                + "); please report it with what --debug shows");
    return ExitCode.RUN_FAILED.code();
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Diolab.class.getPackage().getImplementationVersion();
      return new String[] {"diolab " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
