package dev.diolab.engine.file;

import dev.diolab.engine.extent.ExtentState;
import java.util.Arrays;

/**
 * The pieces of a mapped request, each within one run of blocks in one state. Grows to the largest
 * request seen and then allocates nothing.
 *
 * <p>Thread safety: none; one per request.
 */
final class Segments {
  /** What a transfer of a piece must do beside transferring. */
  enum Kind {
    /** No blocks: a read gives zeros. */
    HOLE,
    /** Blocks that belong to the file. */
    WRITTEN,
    /**
     * Blocks whose contents do not belong to the file: a read gives zeros, a write pads with zeros
     * and converts.
     */
    UNWRITTEN,
    /**
     * Blocks just allocated beyond i_size as written: a write pads with zeros; the move of i_size
     * shows them.
     */
    NEW
  }

  private long[] deviceOffsets = new long[16];
  private int[] lengths = new int[16];
  private Kind[] kinds = new Kind[16];
  private int count;

  void clear() {
    count = 0;
  }

  void add(long deviceOffset, int bytes, Kind kind) {
    if (count == lengths.length) {
      deviceOffsets = Arrays.copyOf(deviceOffsets, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
      kinds = Arrays.copyOf(kinds, 2 * count);
    }
    deviceOffsets[count] = deviceOffset;
    lengths[count] = bytes;
    kinds[count] = kind;
    count++;
  }

  int count() {
    return count;
  }

  /** First byte of piece {@code index} on the device; 0 for a hole. */
  long deviceOffset(int index) {
    return deviceOffsets[index];
  }

  int bytes(int index) {
    return lengths[index];
  }

  Kind kind(int index) {
    return kinds[index];
  }

  /**
   * The piece after the last one that follows {@code index} on the device without a gap; holes have
   * no neighbours.
   */
  int endOfNeighbours(int index) {
    int end = index + 1;
    while (end < count
        && kinds[end] != Kind.HOLE
        && deviceOffsets[end] == deviceOffsets[end - 1] + lengths[end - 1]) {
      end++;
    }
    return end;
  }

  boolean allAre(Kind kind) {
    for (int i = 0; i < count; i++) {
      if (kinds[i] != kind) {
        return false;
      }
    }
    return true;
  }

  boolean anyIs(Kind kind) {
    for (int i = 0; i < count; i++) {
      if (kinds[i] == kind) {
        return true;
      }
    }
    return false;
  }

  static Kind kindOf(ExtentState state) {
    return switch (state) {
      case HOLE -> Kind.HOLE;
      case WRITTEN -> Kind.WRITTEN;
      case UNWRITTEN -> Kind.UNWRITTEN;
    };
  }
}
