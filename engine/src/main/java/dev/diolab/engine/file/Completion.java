package dev.diolab.engine.file;

import org.jspecify.annotations.Nullable;

/** What {@link CompletionWorkers} do: something that may have to wait. */
abstract class Completion {
  /** The next one that waits for a worker. [the workers] */
  @Nullable Completion behind;

  /** Does it, in a worker. */
  abstract void run();
}
