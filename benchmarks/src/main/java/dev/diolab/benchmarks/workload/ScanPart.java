package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.plan.Workload;

/** What SCAN+PUNCH measures apart from each other; each becomes a cell of its own. */
enum ScanPart {
  /** Direct writes that no scan of their file touched in time. */
  BETWEEN_SCANS("between scans"),
  /** Direct writes during which, at least for a moment, their file was being scanned. */
  IN_SCAN("in scan"),
  /** Buffered reads of the scanner. */
  SCAN("scan"),
  /** Punches of the tails of pages. */
  PUNCH("punch"),
  /** Truncates that cut off a file's last eighth. */
  TRUNCATE("truncate"),
  /** Calls of fallocate that put it back. */
  REGROW("regrow");

  private final String label;

  ScanPart(String label) {
    if (!Workload.SCAN_PUNCH.parts().contains(label)) {
      throw new AssertionError("no part of SCAN+PUNCH: " + label);
    }
    this.label = label;
  }

  /** The name in results. */
  String label() {
    return label;
  }
}
