package dev.diolab.strategies;

/**
 * A rule of the placeholder scheme that can be left out. The first three are the flags of Mason's
 * fourth patch (seeds/003); the others are parts of the scheme that a bug has shown to be needed.
 */
public enum PlaceholderRule {
  /** DIO_CREATE: a direct write fills holes inside i_size itself instead of going buffered. */
  CREATE,

  /** DIO_PLACEHOLDERS: a request claims its pages, and keeps buffered I/O and truncate out. */
  PLACEHOLDERS,

  /** DIO_DROP_I_MUTEX: a write inside i_size lets go of i_mutex for its I/O. */
  DROP_I_MUTEX,

  /**
   * A request claims at most 64 pages at a time when the file has cached pages or is mapped, so
   * that get_user_pages, which works in the same steps, has pinned the pages of the user buffer
   * before they are claimed (Linus's deadlock).
   */
  CAP_SPAN,

  /**
   * Nothing is mapped behind the end of what is claimed; otherwise the rest of the request is
   * mapped and transferred without a claim.
   */
  TRIM_MAPPING,

  /**
   * The whole user buffer is pinned before the request takes its first lock. Without it two faults
   * can still meet a claim that is not released before they end, see {@link PlaceholderStrategy}.
   */
  PIN_FIRST
}
