package dev.diolab.engine.file;

import dev.diolab.engine.journal.JournalOptions;

/**
 * What a mount may choose besides strategy and policy.
 *
 * @param journalOptions how often the commit thread commits, and whether there is one
 */
public record MountOptions(JournalOptions journalOptions) {

  /** A commit thread that commits every 5 seconds. */
  public static MountOptions defaults() {
    return new MountOptions(JournalOptions.DEFAULT);
  }

  /**
   * No commit thread: nothing becomes durable but by fsync, DSYNC, a full transaction or unmount,
   * in the thread of the caller. A run is then determined by its operations.
   */
  public static MountOptions withoutCommitThread() {
    return new MountOptions(JournalOptions.withoutCommitThread());
  }
}
