package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A range of a device as a ring of pieces that are asked for one after the other. While one is
 * looked at, the next is read: the disk and the checksums each take about half of the time.
 *
 * <p>Thread safety: none; it has a thread of its own.
 */
final class ReadAhead implements AutoCloseable {
  private final BlockDevice device;
  private final long deviceOffset;
  private final long bytes;
  private final int pieceBytes;
  private final int pieces;

  /** Reads ahead; null when nothing is. */
  private final @Nullable ExecutorService thread;

  /** The piece that was given out last. */
  private MemorySegment current;

  /** The piece that is read ahead, its number, and its arrival. */
  private MemorySegment ahead;

  private int aheadNumber;
  private @Nullable CompletableFuture<Void> arrival;

  private int piecesRead;

  /**
   * The {@code bytes} of {@code device} from {@code deviceOffset} on.
   *
   * @param inBackground whether the next piece is read while one is looked at
   */
  ReadAhead(
      BlockDevice device, long deviceOffset, long bytes, int pieceBytes, boolean inBackground) {
    this.device = device;
    this.deviceOffset = deviceOffset;
    this.bytes = bytes;
    this.pieceBytes = pieceBytes;
    this.pieces = Math.toIntExact(Math.ceilDiv(bytes, pieceBytes));
    this.thread = inBackground ? Executors.newSingleThreadExecutor() : null;
    this.current = device.allocateBuffer(pieceBytes);
    this.ahead = inBackground ? device.allocateBuffer(pieceBytes) : current;
  }

  /** Piece {@code number}; good until the next call. */
  MemorySegment get(int number) throws IOException {
    boolean here = awaitAhead() && aheadNumber == number;
    if (here) {
      MemorySegment arrived = ahead;
      ahead = current;
      current = arrived;
    } else {
      read(number, current);
    }
    piecesRead++;
    if (thread != null && piecesRead < pieces) {
      readAhead((number + 1) % pieces, thread);
    }
    return current;
  }

  private void readAhead(int number, ExecutorService reader) {
    MemorySegment buffer = ahead;
    aheadNumber = number;
    arrival =
        CompletableFuture.runAsync(
            () -> {
              try {
                read(number, buffer);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            reader);
  }

  /** Waits for the piece that is read ahead; false when there is none. */
  private boolean awaitAhead() throws IOException {
    CompletableFuture<Void> awaited = arrival;
    if (awaited == null) {
      return false;
    }
    arrival = null;
    try {
      awaited.join();
      return true;
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      throw e;
    }
  }

  private void read(int number, MemorySegment buffer) throws IOException {
    long offset = (long) number * pieceBytes;
    device.read(buffer, 0, deviceOffset + offset, (int) Math.min(pieceBytes, bytes - offset));
  }

  /** Returns when nothing is being read any more. */
  @Override
  public void close() {
    if (thread != null) {
      thread.close();
    }
  }
}
