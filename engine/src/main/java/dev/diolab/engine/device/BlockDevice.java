package dev.diolab.engine.device;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A randomly addressable store of bytes: what the engine knows of a disk.
 *
 * <p>All transfers are complete or fail: an implementation finishes short transfers itself. A write
 * that returned is visible to every later read, but survives a crash only after a later {@link
 * #flush} returned, or when it was a {@link #writeFua}.
 *
 * <p>Offsets and lengths are multiples of {@link #offsetAlignment}, buffers start at multiples of
 * {@link #memoryAlignment}; anything else is an {@link IllegalArgumentException}. A transfer beyond
 * {@link #sizeBytes} is an {@link IllegalArgumentException} too: the engine never asks for one.
 *
 * <p>Thread safety: all methods may be called by any number of threads at once. Transfers to
 * overlapping ranges that run at the same time may mix at the granularity of {@link
 * #offsetAlignment}.
 */
public interface BlockDevice extends AutoCloseable {

  /** Size in bytes; constant while the device is open. */
  long sizeBytes();

  /**
   * Alignment of device offsets and of lengths in bytes, a power of two (statx {@code
   * stx_dio_offset_align}).
   */
  int offsetAlignment();

  /** Alignment of buffer addresses in bytes, a power of two (statx {@code stx_dio_mem_align}). */
  int memoryAlignment();

  /** Whether completed writes may be lost at power failure until {@link #flush}. */
  boolean hasVolatileCache();

  /**
   * A new zeroed buffer that this device can transfer to and from, reachable by all threads, freed
   * when unreachable.
   */
  MemorySegment allocateBuffer(long bytes);

  /**
   * Reads {@code bytes} at {@code deviceOffset} into {@code buffer} from {@code bufferOffset} on.
   *
   * @throws IOException with the place and the error of the operating system
   */
  void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException;

  /**
   * Writes {@code bytes} of {@code buffer} from {@code bufferOffset} on to {@code deviceOffset}.
   *
   * @throws IOException with the place and the error of the operating system; the range then holds
   *     old or new bytes
   */
  void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException;

  /**
   * As {@link #write}, and this data (not earlier writes) is on stable storage when the call
   * returns (FUA).
   */
  void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException;

  /**
   * A queue for asynchronous transfers of one thread; closed by the caller, before the device.
   *
   * <p>This one runs the device's own synchronous transfers in threads of the queue, so that
   * whatever a device does to them is done to these too.
   *
   * @param depth how many may be in flight, at least 1
   * @throws IllegalArgumentException when {@code depth} is out of range
   * @throws IOException when the system has no room for another queue
   */
  default IoQueue openQueue(int depth) throws IOException {
    return new PoolQueue(this, depth);
  }

  /**
   * As {@link #openQueue(int)}; with {@code ownerReaps}, the calling thread is the owner and does
   * not only submit but also reaps and closes, which may cost less: whoever else calls is refused.
   * Not for an owner that may sleep while somebody depends on its completions.
   *
   * <p>This one is a queue as any other.
   */
  default IoQueue openQueue(int depth, boolean ownerReaps) throws IOException {
    return openQueue(depth);
  }

  /**
   * Makes all writes durable that returned, or whose {@link IoDone} was called, before this call (a
   * barrier).
   */
  void flush() throws IOException;

  /** What was done on this device since it was opened. */
  DeviceCounters counters();

  /** Releases the device; closing twice is harmless. */
  @Override
  void close() throws IOException;
}
