package dev.diolab.engine.device;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A device in the Java heap: for tests, for model checking, and to measure what locks cost when the
 * device costs next to nothing. It makes no native call, and starts out full of zeros.
 *
 * <p>Guarantees beyond {@link BlockDevice}:
 *
 * <ol>
 *   <li>Transfers of up to {@link #CHUNK_BYTES} that do not cross a multiple of it are atomic to
 *       each other; larger ones are atomic piece by piece.
 *   <li>Buffers may be heap or native segments, at any address.
 *   <li>Memory is taken when a piece of the device is first written. Later transfers there allocate
 *       nothing.
 * </ol>
 *
 * <p>Contents die with the object, so nothing is ever volatile only: {@link #flush} has nothing to
 * do but count.
 */
public final class MemoryDevice implements BlockDevice {
  /** Size of the pieces in which the device holds its bytes; each has its own lock. */
  public static final int CHUNK_BYTES = 16 * 1024;

  /** Size and alignment of a sector: what an ordinary disk has. */
  private static final int SECTOR_BYTES = 512;

  private final long sizeBytes;

  /** A missing chunk is all zeros. The bytes of a chunk: [monitor of the chunk]. */
  private final AtomicReferenceArray<byte[]> chunks;

  private final DeviceCounters counters = new DeviceCounters();
  private volatile boolean closed;

  /**
   * A device of {@code sizeBytes} bytes, all zero.
   *
   * @throws IllegalArgumentException unless the size is a positive multiple of 512 of at most 32
   *     TiB
   */
  public MemoryDevice(long sizeBytes) {
    if (sizeBytes <= 0
        || sizeBytes % SECTOR_BYTES != 0
        || sizeBytes > (long) CHUNK_BYTES * (Integer.MAX_VALUE - 8)) {
      throw new IllegalArgumentException("size of a memory device: sizeBytes=" + sizeBytes);
    }
    this.sizeBytes = sizeBytes;
    this.chunks = new AtomicReferenceArray<>(Math.toIntExact(Math.ceilDiv(sizeBytes, CHUNK_BYTES)));
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public int offsetAlignment() {
    return SECTOR_BYTES;
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
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    TransferChecks.check(this, buffer, bufferOffset, deviceOffset, bytes);
    TransferChecks.checkWritable(buffer);
    requireOpen();
    int done = 0;
    while (done < bytes) {
      long place = deviceOffset + done;
      int start = (int) (place % CHUNK_BYTES);
      int length = Math.min(bytes - done, CHUNK_BYTES - start);
      byte[] chunk = chunks.get((int) (place / CHUNK_BYTES));
      if (chunk == null) {
        buffer.asSlice(bufferOffset + done, length).fill((byte) 0);
      } else {
        synchronized (chunk) {
          MemorySegment.copy(
              chunk, start, buffer, ValueLayout.JAVA_BYTE, bufferOffset + done, length);
        }
      }
      done += length;
    }
    counters.countRead(bytes);
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    TransferChecks.check(this, buffer, bufferOffset, deviceOffset, bytes);
    requireOpen();
    int done = 0;
    while (done < bytes) {
      long place = deviceOffset + done;
      int start = (int) (place % CHUNK_BYTES);
      int length = Math.min(bytes - done, CHUNK_BYTES - start);
      byte[] chunk = chunkForWrite((int) (place / CHUNK_BYTES));
      // Two copies into the same sector would mix their bytes, which no disk does.
      synchronized (chunk) {
        MemorySegment.copy(
            buffer, ValueLayout.JAVA_BYTE, bufferOffset + done, chunk, start, length);
      }
      done += length;
    }
    counters.countWrite(bytes);
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    write(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void flush() throws IOException {
    requireOpen();
    counters.countFlush();
  }

  /** A transfer is a copy, so that another thread could only slow it down. */
  @Override
  public IoQueue openQueue(int depth) {
    return InlineQueue.inOrder(this, depth);
  }

  @Override
  public DeviceCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    closed = true;
  }

  private byte[] chunkForWrite(int index) {
    byte[] chunk = chunks.get(index);
    if (chunk != null) {
      return chunk;
    }
    chunks.compareAndSet(index, null, new byte[CHUNK_BYTES]);
    return chunks.get(index);
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the memory device is closed");
    }
  }
}
