package dev.diolab.engine.device;

/** Slot numbers, first in first out. Thread safety: none. */
final class SlotRing {
  private final int[] slots;
  private int first;
  private int size;

  SlotRing(int capacity) {
    slots = new int[capacity];
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(int slot) {
    if (size == slots.length) {
      throw new AssertionError("more than " + size + " slots in a ring; slot=" + slot);
    }
    slots[(first + size) % slots.length] = slot;
    size++;
  }

  /** The one that was added first; there is one. */
  int remove() {
    if (size == 0) {
      throw new AssertionError("no slot in the ring");
    }
    int slot = slots[first];
    first = (first + 1) % slots.length;
    size--;
    return slot;
  }
}
