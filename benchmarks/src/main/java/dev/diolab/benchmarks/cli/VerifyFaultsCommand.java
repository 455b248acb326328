package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.verify.faults.FaultPoint;
import dev.diolab.benchmarks.verify.faults.FaultResult;
import dev.diolab.benchmarks.verify.faults.FaultRun;
import dev.diolab.benchmarks.verify.faults.FaultTable;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verify faults}: lets the device or the allocator fail in each phase of a request. */
@Command(
    name = "faults",
    description = {
      "Lets the device fail (EIO, ENOSPC, short and torn writes), the volume be full or the journal"
          + " fail in each phase of a request, synchronous and asynchronous, with DSYNC and without,"
          + " and looks at what the request reports, at what a crash leaves then, and at what the"
          + " volume does afterwards. Prints a table of policy by fault for each phase. Exits with 1"
          + " when a rule is broken. In memory.",
    })
final class VerifyFaultsCommand implements Callable<Integer> {
  @Mixin private TargetOptions targetOptions = new TargetOptions();

  @Option(
      names = "--phase",
      paramLabel = "TEXT",
      description = "Only phases whose name contains this, as journal. Default: all.")
  private @Nullable String phase;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<FaultPoint> points =
        Arrays.stream(FaultPoint.values())
            .filter(point -> phase == null || point.phase().contains(phase))
            .toList();
    if (points.isEmpty()) {
      throw Failure.usage("no phase contains '" + phase + "'; there are: " + phases());
    }
    List<FaultResult> results =
        FaultRun.run(
            targetOptions.targets(targetOptions.catalog()),
            points,
            Runtime.getRuntime().availableProcessors());
    PrintWriter out = spec.commandLine().getOut();
    out.println(FaultTable.render(results));
    out.print(FaultTable.broken(results));
    long broken = results.stream().filter(each -> !each.outcome().broken().isEmpty()).count();
    out.printf(
        "Verdict: %d trials, %s%n",
        results.size(), broken == 0 ? "every rule holds" : broken + " BROKEN");
    out.flush();
    return (broken == 0 ? ExitCode.OK : ExitCode.FINDINGS).code();
  }

  private static String phases() {
    return Arrays.stream(FaultPoint.values())
        .map(FaultPoint::phase)
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
