package dev.diolab.benchmarks.cli;

import java.io.Console;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** What is known of the terminal. */
final class Terminal {
  /** Columns for output that does not go to a terminal: enough for every table. */
  private static final int WIDE = 160;

  private Terminal() {}

  /** Columns to write in; picocli asks the terminal. */
  static int width(CommandSpec spec) {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return terminal ? spec.usageMessage().width() : WIDE;
  }
}
