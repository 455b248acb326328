package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.Failure;
import picocli.CommandLine.Command;

/** {@code crosscheck WHAT}: the same bytes moved without the part that is checked. */
@Command(
    name = "crosscheck",
    description =
        "Compares a part of this bench with plain I/O on the same bytes of the same disk, or holds"
            + " it to account.",
    subcommands = {
      FioCommand.class,
      RecoveryCommand.class,
      BoundaryCommand.class,
      RequestsCommand.class,
      KernelCommand.class
    })
final class CrosscheckCommand implements Runnable {
  @Override
  public void run() {
    throw Failure.usage(
        "say what to check: crosscheck fio, crosscheck recovery, crosscheck boundary, crosscheck"
            + " requests or crosscheck kernel");
  }
}
