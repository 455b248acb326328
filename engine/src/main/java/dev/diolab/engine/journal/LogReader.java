package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.JournalHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads the log block by block, from the device in large pieces; made for ascending positions.
 *
 * <p>Thread safety: none.
 */
final class LogReader {
  /** Large enough for the full rate of a disk. */
  private static final int LARGEST_PIECE_BYTES = 1 << 20;

  /** Small enough for the processor's cache, and for the many small logs of a crash exploration. */
  private static final int SMALLEST_PIECE_BYTES = 64 << 10;

  /** Pieces of a log between these limits. */
  private static final int PIECES = 64;

  private final BlockDevice device;
  private final LogArea area;
  private final int pieceBlocks;
  private final MemorySegment piece;

  /** Number of the piece in the ring that was read last, -1 when there is none. */
  private int pieceNumber = -1;

  LogReader(BlockDevice device, LogArea area) {
    this.device = device;
    this.area = area;
    long logBytes = (long) area.logBlocks() * area.blockSize();
    long pieceBytes = Math.clamp(logBytes / PIECES, SMALLEST_PIECE_BYTES, LARGEST_PIECE_BYTES);
    this.pieceBlocks = Math.clamp(pieceBytes / area.blockSize(), 1, area.logBlocks());
    this.piece = device.allocateBuffer((long) pieceBlocks * area.blockSize());
  }

  /** Reads the block at {@code position} into {@code block}. */
  void read(long position, byte[] block) throws IOException {
    long offset = load(position);
    MemorySegment.copy(piece, ValueLayout.JAVA_BYTE, offset, block, 0, block.length);
  }

  /** Whether the block at {@code position} begins as a journal block; cheaper than to read it. */
  boolean hasMagic(long position) throws IOException {
    long offset = load(position);
    return JournalHeader.hasMagic(piece, offset);
  }

  /** Where the block at {@code position} is in the piece. */
  private long load(long position) throws IOException {
    int ringBlock = (int) (position % area.logBlocks());
    int number = ringBlock / pieceBlocks;
    int first = number * pieceBlocks;
    if (number != pieceNumber) {
      int blocks = Math.min(pieceBlocks, area.logBlocks() - first);
      pieceNumber = -1;
      device.read(piece, 0, area.deviceOffset(first), blocks * area.blockSize());
      pieceNumber = number;
    }
    return (long) (ringBlock - first) * area.blockSize();
  }
}
