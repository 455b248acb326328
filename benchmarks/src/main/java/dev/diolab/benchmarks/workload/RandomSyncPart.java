package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.plan.Workload;

/** What AIO-RANDOM-SYNC measures apart from each other; each becomes a cell of its own. */
enum RandomSyncPart {
  /** How long the submitter was held up by a write. */
  SUBMIT("submit"),
  /** From the submission of a write to its completion; with the latency of the fdatasyncs. */
  COMPLETION("completion");

  private final String label;

  RandomSyncPart(String label) {
    if (!Workload.AIO_RANDOM_SYNC.parts().contains(label)) {
      throw new AssertionError("no part of AIO-RANDOM-SYNC: " + label);
    }
    this.label = label;
  }

  /** The name in results. */
  String label() {
    return label;
  }
}
