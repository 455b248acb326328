package dev.diolab.engine.format;

/** Checks of a layout when its class is loaded: a wrong offset never reaches a disk. */
final class LayoutCheck {
  private LayoutCheck() {}

  /**
   * Checks that fields follow each other without gap or overlap.
   *
   * @param offsetsAndSizes offset and size of each field in turn, then the offset of the end
   */
  static void adjacent(int... offsetsAndSizes) {
    for (int i = 0; i + 2 < offsetsAndSizes.length; i += 2) {
      int end = offsetsAndSizes[i] + offsetsAndSizes[i + 1];
      int next = offsetsAndSizes[i + 2];
      if (end != next) {
        throw new AssertionError(
            "field " + i / 2 + " ends at offset " + end + ", but the next begins at " + next);
      }
      if (offsetsAndSizes[i] % offsetsAndSizes[i + 1] != 0) {
        throw new AssertionError("field " + i / 2 + " is not aligned to its size");
      }
    }
  }

  /**
   * Checks that a record lies in the first 512 bytes of its block: a device writes these all or not
   * at all.
   */
  static void withinFirstSector(int end) {
    if (end > 512) {
      throw new AssertionError("record of " + end + " bytes can be torn between two sectors");
    }
  }
}
