package dev.diolab.engine.format;

/** Checks of the layout classes on themselves, when they load. */
final class Layout {
  private Layout() {}

  /** Stops the program when a layout contradicts itself. */
  static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("layout: " + what);
    }
  }
}
