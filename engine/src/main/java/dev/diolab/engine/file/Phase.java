package dev.diolab.engine.file;

/**
 * Where the time of a request goes. The phases of a request do not overlap; what is in none of them
 * is overhead.
 */
public enum Phase {
  /** Inside the strategy: waiting for its locks, its own checks, taking and dropping them. */
  LOCK_WAIT,
  /** Looking up blocks and allocating them, waits for i_data_sem included. */
  MAPPING,
  /** Transfers of file data and padding, and the flush of a DSYNC write that needs no commit. */
  DEVICE,
  /** Converting unwritten extents and moving i_size. */
  CONVERSION,
  /** Waiting for room in the journal or for a commit. */
  JOURNAL_WAIT;

  /** All phases; the shared array is not to be changed. */
  static final Phase[] ALL = values();
}
