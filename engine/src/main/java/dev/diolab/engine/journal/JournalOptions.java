package dev.diolab.engine.journal;

import java.time.Duration;

/**
 * How a journal works while it is open.
 *
 * @param commitInterval the commit thread commits what has gathered this often; positive
 * @param commitInBackground whether there is a commit thread; without one, changes become durable
 *     only by {@link Journal#commit}, a full transaction, or {@link Journal#close}
 */
public record JournalOptions(Duration commitInterval, boolean commitInBackground) {
  /** As jbd2: a commit at least every 5 seconds. */
  public static final JournalOptions DEFAULT = new JournalOptions(Duration.ofSeconds(5), true);

  /** Checks the interval. */
  public JournalOptions {
    if (commitInterval.isNegative() || commitInterval.isZero()) {
      throw new IllegalArgumentException("commit interval " + commitInterval + " is not positive");
    }
  }

  /** The default without a commit thread: nothing happens but in the threads of the callers. */
  public static JournalOptions withoutCommitThread() {
    return new JournalOptions(DEFAULT.commitInterval(), false);
  }
}
