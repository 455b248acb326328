package dev.diolab.benchmarks.workload;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DeviceCounters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A device in native memory that takes memory only for what was written: the home of a volume whose
 * own heap is to be measured.
 *
 * <p>Thread safety: as {@link BlockDevice} demands; transfers to the same chunk exclude each other.
 */
final class OffHeapDevice implements BlockDevice {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int SECTOR_BYTES = 512;

  private final long sizeBytes;
  private final Arena arena = Arena.ofShared();

  /** A missing chunk is all zeros. The bytes of a chunk: [monitor of the segment]. */
  private final AtomicReferenceArray<@Nullable MemorySegment> chunks;

  private final DeviceCounters counters = new DeviceCounters();

  /** A device of at least {@code sizeBytes} bytes, all zero. */
  OffHeapDevice(long sizeBytes) {
    int count = Math.toIntExact(Math.ceilDiv(sizeBytes, CHUNK_BYTES));
    this.sizeBytes = (long) count * CHUNK_BYTES;
    this.chunks = new AtomicReferenceArray<>(count);
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
    return Arena.ofAuto().allocate(bytes);
  }

  @Override
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    for (int done = 0; done < bytes; ) {
      long place = deviceOffset + done;
      int start = (int) (place % CHUNK_BYTES);
      int length = Math.min(bytes - done, CHUNK_BYTES - start);
      MemorySegment chunk = chunks.get((int) (place / CHUNK_BYTES));
      if (chunk == null) {
        buffer.asSlice(bufferOffset + done, length).fill((byte) 0);
      } else {
        synchronized (chunk) {
          MemorySegment.copy(chunk, start, buffer, bufferOffset + done, length);
        }
      }
      done += length;
    }
    counters.countRead(bytes);
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    for (int done = 0; done < bytes; ) {
      long place = deviceOffset + done;
      int start = (int) (place % CHUNK_BYTES);
      int length = Math.min(bytes - done, CHUNK_BYTES - start);
      MemorySegment chunk = chunkForWrite((int) (place / CHUNK_BYTES));
      synchronized (chunk) {
        MemorySegment.copy(buffer, bufferOffset + done, chunk, start, length);
      }
      done += length;
    }
    counters.countWrite(bytes);
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
  public DeviceCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  private MemorySegment chunkForWrite(int index) {
    MemorySegment chunk = chunks.get(index);
    if (chunk == null) {
      synchronized (this) {
        chunk = chunks.get(index);
        if (chunk == null) {
          chunk = arena.allocate(CHUNK_BYTES, Long.BYTES);
          chunks.set(index, chunk);
        }
      }
    }
    return chunk;
  }
}
