package dev.diolab.engine.device;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is to happen when an asynchronous transfer of an {@link IoQueue} is over. */
@FunctionalInterface
public interface IoDone {
  /**
   * Called once for each transfer, by the thread that reaps; its place in the queue is free by
   * then. Must not block and must not throw.
   *
   * @param failure null when all bytes were transferred; else why not, and a write's range holds
   *     old or new bytes
   */
  void done(@Nullable IOException failure);
}
