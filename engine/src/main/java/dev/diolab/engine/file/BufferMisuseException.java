package dev.diolab.engine.file;

import java.io.IOException;

/**
 * The buffer of an asynchronous request was used for something else, changed or freed while the
 * request was in flight; only told when the volume {@link MountOptions#checkingBuffers checks}
 * that. Its message says which request, and which byte.
 */
public final class BufferMisuseException extends IOException {
  private static final long serialVersionUID = 1;

  BufferMisuseException(String message) {
    super(message);
  }
}
