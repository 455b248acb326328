package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.JournalHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads the log block by block, from the device in large pieces; made for ascending positions.
 *
 * <p>Thread safety: none; of a large log it reads the next pieces by threads of its own.
 */
final class LogReader implements AutoCloseable {
  /** Large enough for the full rate of a disk. */
  private static final int LARGEST_PIECE_BYTES = 1 << 20;

  /** Small enough for the processor's cache, and for the many small logs of a crash exploration. */
  private static final int SMALLEST_PIECE_BYTES = 64 << 10;

  /** Pieces of a log between these limits. */
  private static final int PIECES = 64;

  /** A smaller log is read sooner than a thread is made. */
  private static final long READ_AHEAD_BYTES = 8L << 20;

  private final LogArea area;
  private final int pieceBlocks;
  private final ReadAhead pieces;

  /** The piece that is looked at and its number in the ring, -1 when there is none. */
  private MemorySegment piece = MemorySegment.NULL;

  private int pieceNumber = -1;

  LogReader(BlockDevice device, LogArea area) {
    this.area = area;
    long logBytes = (long) area.logBlocks() * area.blockSize();
    long pieceBytes = Math.clamp(logBytes / PIECES, SMALLEST_PIECE_BYTES, LARGEST_PIECE_BYTES);
    this.pieceBlocks = Math.clamp(pieceBytes / area.blockSize(), 1, area.logBlocks());
    this.pieces =
        new ReadAhead(
            device,
            area.deviceOffset(0),
            logBytes,
            pieceBlocks * area.blockSize(),
            logBytes >= READ_AHEAD_BYTES);
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

  /** Where the block at {@code position} is in the piece, which is made to hold it. */
  private long load(long position) throws IOException {
    int ringBlock = (int) (position % area.logBlocks());
    int number = ringBlock / pieceBlocks;
    if (number != pieceNumber) {
      pieceNumber = -1;
      piece = pieces.get(number);
      pieceNumber = number;
    }
    return (long) (ringBlock - number * pieceBlocks) * area.blockSize();
  }

  /** Returns when nothing is being read any more. */
  @Override
  public void close() {
    pieces.close();
  }
}
