package dev.diolab.engine.check;

import java.util.List;

/**
 * What a check found and what it looked at.
 *
 * @param findings the first findings, in the order of the check, at most {@value #MAX_LISTED}
 * @param findingCount all findings, also those that are not listed
 * @param inodes inodes in use
 * @param extents extents of all files
 * @param blocks blocks that files own, nodes of extent trees included
 * @param pendingTransactions whole transactions in the log, which the next mount replays
 * @param lastTid id of the newest of them, 0 without one
 * @param pendingOrphans inodes on the orphan list, which the next mount cuts back
 * @param unjournalled whether the last mount was one without a journal and did not end with an
 *     unmount; a mount has to say that it accepts a checked image then
 */
public record CheckReport(
    List<CheckFinding> findings,
    long findingCount,
    int inodes,
    long extents,
    long blocks,
    int pendingTransactions,
    long lastTid,
    int pendingOrphans,
    boolean unjournalled) {

  /** Most findings that a report lists. */
  public static final int MAX_LISTED = 1000;

  /** Copies the list. */
  public CheckReport {
    findings = List.copyOf(findings);
  }

  /**
   * Whether nothing was found. Pending transactions and orphans are work for the next mount, not
   * damage.
   */
  public boolean isClean() {
    return findingCount == 0;
  }

  /** What was looked at and the result, in one line. */
  public String summary() {
    return String.format(
        "%s; %d files, %d extents, %d blocks; pending: %d transactions, %d orphans%s",
        isClean() ? "clean" : findingCount == 1 ? "1 finding" : findingCount + " findings",
        inodes,
        extents,
        blocks,
        pendingTransactions,
        pendingOrphans,
        unjournalled ? "; not unmounted after a mount without a journal" : "");
  }
}
