package dev.diolab.engine.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native memory that direct I/O can transfer to and from. */
public final class AlignedBuffer {
  /** Alignment of every buffer in bytes: no block device asks for more. */
  public static final int ALIGNMENT_BYTES = 4096;

  private AlignedBuffer() {}

  /**
   * A new zeroed buffer of {@code bytes} bytes at a multiple of {@link #ALIGNMENT_BYTES}; lives as
   * long as {@code arena}.
   *
   * @throws IllegalArgumentException when {@code bytes} is negative
   */
  public static MemorySegment allocate(Arena arena, long bytes) {
    return arena.allocate(bytes, ALIGNMENT_BYTES);
  }
}
