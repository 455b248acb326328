package dev.diolab.benchmarks.verify.record;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DeviceCounters;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A device in memory whose writes go into copies of pieces of an image, so that the image stays as
 * it is and thousands of states of it cost little more than what differs.
 *
 * <p>Thread safety: transfers may be called at once; {@link #reset} by one thread alone.
 */
public final class OverlayDevice implements BlockDevice {
  private static final int PIECE = 4096;
  private static final int SECTOR = 512;

  private final byte[] image;
  private final DeviceCounters counters = new DeviceCounters();

  /** Copies of changed pieces. [this] */
  private final byte[] @Nullable [] pieces;

  /** Numbers of the changed pieces, and how many there are. [this] */
  private final int[] changed;

  private int changes;

  /** Copies that no state uses now. [this] */
  private final ArrayDeque<byte[]> spare = new ArrayDeque<>();

  /** A device over {@code image}, which it reads but never changes. */
  public OverlayDevice(byte[] image) {
    this.image = image;
    int count = Math.ceilDiv(image.length, PIECE);
    this.pieces = new byte[count] @Nullable [];
    this.changed = new int[count];
  }

  /** Forgets all writes: the device shows the image again. */
  public synchronized void reset() {
    for (int i = 0; i < changes; i++) {
      spare.push(piece(changed[i]));
      pieces[changed[i]] = null;
    }
    changes = 0;
  }

  /** The image with all writes, as an array of its own. */
  public synchronized byte[] contents() {
    byte[] contents = Arrays.copyOf(image, image.length);
    for (int i = 0; i < changes; i++) {
      byte[] piece = piece(changed[i]);
      System.arraycopy(piece, 0, contents, changed[i] * PIECE, pieceBytes(changed[i]));
    }
    return contents;
  }

  /** Another device over the same image that has the same writes so far. */
  public synchronized OverlayDevice copy() {
    OverlayDevice copy = new OverlayDevice(image);
    for (int i = 0; i < changes; i++) {
      copy.put(piece(changed[i]), 0, (long) changed[i] * PIECE, pieceBytes(changed[i]));
    }
    return copy;
  }

  private int pieceBytes(int index) {
    return Math.min(PIECE, image.length - index * PIECE);
  }

  /** Writes {@code bytes} of {@code data} from {@code from} on, without a buffer. */
  public synchronized void put(byte[] data, int from, long deviceOffset, int bytes) {
    int done = 0;
    while (done < bytes) {
      long place = deviceOffset + done;
      int start = (int) (place % PIECE);
      int length = Math.min(bytes - done, PIECE - start);
      System.arraycopy(data, from + done, piece((int) (place / PIECE)), start, length);
      done += length;
    }
  }

  private byte[] piece(int index) {
    byte[] piece = pieces[index];
    if (piece == null) {
      piece = spare.isEmpty() ? new byte[PIECE] : spare.pop();
      System.arraycopy(image, index * PIECE, piece, 0, pieceBytes(index));
      pieces[index] = piece;
      changed[changes++] = index;
    }
    return piece;
  }

  @Override
  public synchronized void read(
      MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    check(buffer, bufferOffset, deviceOffset, bytes);
    int done = 0;
    while (done < bytes) {
      int place = (int) (deviceOffset + done);
      int start = place % PIECE;
      byte[] piece = pieces[place / PIECE];
      int length;
      if (piece != null) {
        length = Math.min(bytes - done, PIECE - start);
        copy(piece, start, buffer, bufferOffset + done, length);
      } else {
        length = Math.min(bytes - done, unchangedFrom(place));
        copy(image, place, buffer, bufferOffset + done, length);
      }
      done += length;
    }
    counters.countRead(bytes);
  }

  /** Bytes from {@code place} on to the next changed piece. */
  private int unchangedFrom(int place) {
    int next = place / PIECE + 1;
    while (next < pieces.length && pieces[next] == null) {
      next++;
    }
    return next * PIECE - place;
  }

  private static void copy(byte[] from, int at, MemorySegment to, long toAt, int bytes) {
    MemorySegment.copy(from, at, to, ValueLayout.JAVA_BYTE, toAt, bytes);
  }

  @Override
  public synchronized void write(
      MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    check(buffer, bufferOffset, deviceOffset, bytes);
    int done = 0;
    while (done < bytes) {
      long place = deviceOffset + done;
      int start = (int) (place % PIECE);
      int length = Math.min(bytes - done, PIECE - start);
      byte[] piece = piece((int) (place / PIECE));
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, bufferOffset + done, piece, start, length);
      done += length;
    }
    counters.countWrite(bytes);
  }

  private void check(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    if (bytes < 0
        || deviceOffset < 0
        || deviceOffset > image.length - bytes
        || (deviceOffset | bytes) % SECTOR != 0
        || bufferOffset < 0
        || bufferOffset > buffer.byteSize() - bytes) {
      throw new IllegalArgumentException(
          "transfer of "
              + bytes
              + " bytes at "
              + deviceOffset
              + " is outside the device of "
              + image.length
              + " bytes or the buffer, or not aligned to "
              + SECTOR);
    }
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    write(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void flush() {
    counters.countFlush();
  }

  @Override
  public long sizeBytes() {
    return image.length;
  }

  @Override
  public int offsetAlignment() {
    return SECTOR;
  }

  @Override
  public int memoryAlignment() {
    return 1;
  }

  @Override
  public boolean hasVolatileCache() {
    return false;
  }

  @Override
  public MemorySegment allocateBuffer(long bytes) {
    return MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]);
  }

  @Override
  public DeviceCounters counters() {
    return counters;
  }

  /** Nothing is open. */
  @Override
  public void close() {}
}
