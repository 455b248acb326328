package dev.diolab.strategies;

import dev.diolab.engine.locking.Grant;

/** The grant of an operation for which a strategy locks nothing. */
final class NothingHeld implements Grant {
  static final Grant GRANT = new NothingHeld();

  private NothingHeld() {}

  @Override
  public void close() {}
}
