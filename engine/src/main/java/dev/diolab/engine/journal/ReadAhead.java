package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A range of a device as a ring of pieces that are asked for one after the other. While one is
 * looked at, the next ones are read, so that the disk never waits for the checksums.
 *
 * <p>Thread safety: none; it has a thread of its own.
 */
final class ReadAhead implements AutoCloseable {
  /** Pieces that are read or wait while one is looked at. */
  private static final int DEPTH = 3;

  /** A piece on its way. */
  private record Arrival(int number, MemorySegment buffer, CompletableFuture<Void> done) {}

  private final BlockDevice device;
  private final long deviceOffset;
  private final long bytes;
  private final int pieceBytes;
  private final int pieces;

  /** Reads ahead; null when nothing is. */
  private final @Nullable ExecutorService thread;

  /** What is read ahead, in the order of the ring. */
  private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();

  /** The piece that was given out last. */
  private MemorySegment current;

  /** Pieces that were asked of the device. */
  private int piecesRead;

  /**
   * The {@code bytes} of {@code device} from {@code deviceOffset} on.
   *
   * @param inBackground whether the next pieces are read while one is looked at
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
  }

  /** Piece {@code number}; good until the next call. */
  MemorySegment get(int number) throws IOException {
    if (thread == null) {
      read(number, current);
      return current;
    }
    MemorySegment free = current;
    Arrival next = arrivals.poll();
    if (next != null) {
      await(next);
    }
    if (next != null && next.number() == number) {
      current = next.buffer();
    } else {
      drop();
      current = device.allocateBuffer(pieceBytes);
      read(number, current);
      piecesRead++;
    }
    readAhead(number, free, thread);
    return current;
  }

  /** Lets the pieces behind {@code number} be read, as far as they are not yet. */
  private void readAhead(int number, MemorySegment free, ExecutorService reader) {
    MemorySegment buffer = free;
    while (arrivals.size() < DEPTH && piecesRead < pieces) {
      int ahead = (number + 1 + arrivals.size()) % pieces;
      MemorySegment into = buffer;
      CompletableFuture<Void> done =
          CompletableFuture.runAsync(() -> readUnchecked(ahead, into), reader);
      arrivals.add(new Arrival(ahead, into, done));
      piecesRead++;
      if (arrivals.size() < DEPTH) {
        buffer = device.allocateBuffer(pieceBytes);
      }
    }
  }

  /** Forgets what was read ahead, as something else is wanted. */
  private void drop() throws IOException {
    for (Arrival arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
      await(arrival);
    }
  }

  private static void await(Arrival arrival) throws IOException {
    try {
      arrival.done().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      throw e;
    }
  }

  private void readUnchecked(int number, MemorySegment buffer) {
    try {
      read(number, buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
