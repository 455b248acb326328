package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.JournalHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log in large pieces, each once: a piece with a block that recovery needs again is kept.
 * Made for ascending positions.
 *
 * <p>At most 256 MiB are kept; what a larger log has beyond is read again, block by block.
 *
 * <p>Thread safety: none.
 */
final class LogReader {
  /** Large enough for the full rate of a disk. */
  private static final int LARGEST_PIECE_BYTES = 1 << 20;

  /** A small log has several pieces all the same: only some of them hold what is needed again. */
  private static final int SMALLEST_PIECE_BYTES = 64 << 10;

  private static final int PIECES = 64;
  private static final long MOST_BYTES_KEPT = 256L << 20;

  private final BlockDevice device;
  private final LogArea area;
  private final int pieceBlocks;
  private final byte[] block;

  /** Pieces that are kept, by their place in the ring. */
  private final @Nullable MemorySegment[] kept;

  private long bytesKept;

  /** The piece that was read last; its buffer takes the next one too unless it is kept. */
  private @Nullable MemorySegment window;

  private int windowPiece = -1;

  LogReader(BlockDevice device, LogArea area) {
    this.device = device;
    this.area = area;
    long logBytes = (long) area.logBlocks() * area.blockSize();
    long pieceBytes = Math.clamp(logBytes / PIECES, SMALLEST_PIECE_BYTES, LARGEST_PIECE_BYTES);
    this.pieceBlocks = Math.clamp(pieceBytes / area.blockSize(), 1, area.logBlocks());
    this.kept = new @Nullable MemorySegment[Math.ceilDiv(area.logBlocks(), pieceBlocks)];
    this.block = new byte[area.blockSize()];
  }

  /** The block at {@code position}; the array is overwritten by the next call. */
  byte[] read(long position) throws IOException {
    return copy(pieceOf(position), offsetInPiece(position));
  }

  /** As {@link #read}; {@link #readAgain} will be called for this position. */
  byte[] readAndKeep(long position) throws IOException {
    MemorySegment piece = pieceOf(position);
    int number = pieceNumber(position);
    if (kept[number] == null && bytesKept + piece.byteSize() <= MOST_BYTES_KEPT) {
      kept[number] = piece;
      bytesKept += piece.byteSize();
      window = null;
      windowPiece = -1;
    }
    return copy(piece, offsetInPiece(position));
  }

  /** The block at {@code position}, which was read with {@link #readAndKeep}; in any order. */
  byte[] readAgain(long position) throws IOException {
    MemorySegment piece = kept[pieceNumber(position)];
    if (piece != null) {
      return copy(piece, offsetInPiece(position));
    }
    MemorySegment buffer = windowOf(area.blockSize());
    windowPiece = -1;
    device.read(buffer, 0, area.deviceOffset(position), area.blockSize());
    return copy(buffer, 0);
  }

  /** Whether the block at {@code position} begins as a journal block; cheaper than to read it. */
  boolean hasMagic(long position) throws IOException {
    return JournalHeader.hasMagic(pieceOf(position), offsetInPiece(position));
  }

  private MemorySegment pieceOf(long position) throws IOException {
    int number = pieceNumber(position);
    MemorySegment piece = kept[number];
    if (piece != null) {
      return piece;
    }
    int first = number * pieceBlocks;
    int blocks = Math.min(pieceBlocks, area.logBlocks() - first);
    MemorySegment buffer = windowOf((long) pieceBlocks * area.blockSize());
    if (windowPiece != number) {
      windowPiece = -1;
      device.read(buffer, 0, area.deviceOffset(first), blocks * area.blockSize());
      windowPiece = number;
    }
    return buffer;
  }

  /** The window, made when there is none or it is too small. */
  private MemorySegment windowOf(long bytes) {
    MemorySegment buffer = window;
    if (buffer == null || buffer.byteSize() < bytes) {
      buffer = device.allocateBuffer(bytes);
      window = buffer;
      windowPiece = -1;
    }
    return buffer;
  }

  private int pieceNumber(long position) {
    return (int) (position % area.logBlocks()) / pieceBlocks;
  }

  private long offsetInPiece(long position) {
    return (position % area.logBlocks()) % pieceBlocks * area.blockSize();
  }

  private byte[] copy(MemorySegment piece, long offset) {
    MemorySegment.copy(piece, ValueLayout.JAVA_BYTE, offset, block, 0, block.length);
    return block;
  }
}
