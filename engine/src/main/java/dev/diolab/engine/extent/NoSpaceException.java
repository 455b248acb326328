package dev.diolab.engine.extent;

import java.io.IOException;

/**
 * The image has no free block for an allocation (ENOSPC); the message says what was asked and what
 * is free.
 */
public final class NoSpaceException extends IOException {
  private static final long serialVersionUID = 1L;

  /** {@code message} names the wanted blocks, the free blocks and the size of the volume. */
  public NoSpaceException(String message) {
    super(message);
  }
}
