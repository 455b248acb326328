package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.plan.Workload;

/** What WAL-COMMIT measures apart from each other; each becomes a cell of its own. */
enum WalPart {
  /** From a client's wish to commit until its record is durable. */
  COMMIT("commit"),
  /** The writes of the log, each for a group of clients, and the fdatasyncs after them. */
  LOG_WRITE("log write");

  private final String label;

  WalPart(String label) {
    if (!Workload.WAL_COMMIT.parts().contains(label)) {
      throw new AssertionError("no part of WAL-COMMIT: " + label);
    }
    this.label = label;
  }

  /** The name in results. */
  String label() {
    return label;
  }
}
