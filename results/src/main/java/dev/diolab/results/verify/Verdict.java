package dev.diolab.results.verify;

/** What the attacks on a guarantee came to. */
public enum Verdict {
  /** It was attacked and never fell. */
  HELD,
  /** It fell at least once. */
  BROKEN,
  /** Nothing tried to break it, so nothing is known. */
  NOT_ATTACKED
}
