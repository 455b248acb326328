package dev.diolab.results.run;

import java.util.List;

/** What an operation's time is split into, and the tag of its histograms in a histogram file. */
public enum Phase {
  /** All time inside the strategy's calls. */
  LOCK_WAIT("lockWait", "lock wait"),
  /** Looking up and allocating extents. */
  MAPPING("mapping", "mapping"),
  /** From submission to the device until its completion. */
  DEVICE("device", "device"),
  /** Conversion of unwritten extents, without the wait for a commit. */
  CONVERSION("conversion", "conversion"),
  /** Waiting for a journal commit. */
  JOURNAL_WAIT("journalWait", "journal wait"),
  /** The whole operation. */
  TOTAL("total", "total"),
  /** A separate fdatasync, where the variant has one; not part of {@link #TOTAL}. */
  SYNC("sync", "sync"),
  /** From the moment an operation was due to its return, in an open loop. */
  RESPONSE("response", "response");

  /** The phases that {@link #TOTAL} is made of; what they leave of it is the rest of the path. */
  public static final List<Phase> PARTS =
      List.of(LOCK_WAIT, MAPPING, DEVICE, CONVERSION, JOURNAL_WAIT);

  private final String tag;
  private final String title;

  Phase(String tag, String title) {
    this.tag = tag;
    this.title = title;
  }

  /** The name in {@code run.json} and in histogram files. */
  public String tag() {
    return tag;
  }

  /** Whether it is recorded of each operation of every cell. */
  public boolean isOfEveryOperation() {
    return this != SYNC && this != RESPONSE;
  }

  /** The name for people. */
  public String title() {
    return title;
  }
}
