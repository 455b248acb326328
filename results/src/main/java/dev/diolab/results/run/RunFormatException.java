package dev.diolab.results.run;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A run directory, or a file in it, is not what it should be. The message is one sentence for the
 * user: which file, which field, what is wrong with it.
 */
public final class RunFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public RunFormatException(String message) {
    super(message);
  }

  public RunFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
