package dev.diolab.engine.file;

/** Why a direct write ended before its last byte. */
enum Stop {
  /** It did not. */
  NONE,
  /** The rest has to go through the page cache (ENOTBLK). */
  NEEDS_PAGES,
  /** A truncate moved i_size below the end of a write that may not extend the file. */
  TRUNCATED,
  /** The request is NOWAIT and would have to wait. */
  WOULD_BLOCK
}
