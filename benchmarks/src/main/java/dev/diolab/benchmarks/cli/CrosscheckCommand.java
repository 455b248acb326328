package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.Failure;
import picocli.CommandLine.Command;

/** {@code crosscheck TOOL}: the same work done by another program. */
@Command(
    name = "crosscheck",
    description = "Compares this bench with another program on the same bytes of the same disk.",
    subcommands = FioCommand.class)
final class CrosscheckCommand implements Runnable {
  @Override
  public void run() {
    throw Failure.usage("say what to compare with: crosscheck fio");
  }
}
