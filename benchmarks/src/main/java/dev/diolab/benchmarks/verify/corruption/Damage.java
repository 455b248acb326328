package dev.diolab.benchmarks.verify.corruption;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A change of one or two metadata blocks.
 *
 * @param kind how the new contents came about
 * @param contents the blocks and what they hold afterwards
 * @param detail the change in words
 */
record Damage(Kind kind, Map<Place, byte[]> contents, String detail) {

  /** How metadata is damaged. */
  enum Kind {
    BIT_FLIP,
    ZEROED_BLOCK,
    ZEROED_SECTOR,
    GARBAGE_SECTOR,
    RANDOM_BYTES,
    /** Two metadata blocks change places. */
    SWAPPED,
    /** The block is what it was earlier, with a right checksum. */
    OLD_VERSION,
    /** A field is changed and the checksum made right again: what only a bug would write. */
    FORGED;

    /** Whether the checksums are right where the contents are wrong. */
    boolean keepsChecksums() {
      return this == OLD_VERSION || this == FORGED;
    }
  }

  void applyTo(ScratchDevice device, int blockSize) {
    contents.forEach((place, bytes) -> device.put(bytes, (int) place.block() * blockSize));
  }

  /** Places whose bytes differ from those of {@code image}. */
  List<Place> changed(SoundImage image) {
    List<Place> changed = new ArrayList<>();
    contents.forEach(
        (place, bytes) -> {
          if (!Arrays.equals(bytes, image.block(place.block()))) {
            changed.add(place);
          }
        });
    return changed;
  }

  @Override
  public String toString() {
    return kind + " (" + detail + ") of " + List.copyOf(contents.keySet());
  }
}
