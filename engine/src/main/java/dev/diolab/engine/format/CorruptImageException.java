package dev.diolab.engine.format;

import java.io.IOException;

/**
 * A structure on the image is not what it must be: names the structure, its place, the expected and
 * the found value.
 */
public final class CorruptImageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** {@code message} names structure, block or byte offset, field, expected and found value. */
  public CorruptImageException(String message) {
    super(message);
  }
}
