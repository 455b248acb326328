package dev.diolab.engine.file;

import dev.diolab.engine.device.BlockDevice;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/** What a buffer must be like for an asynchronous request. */
final class AsyncBuffers {
  /** Any thread but the one that owns the arena of a buffer; never started. */
  private static final Thread OTHER = new Thread(() -> {}, "diolab-other");

  private AsyncBuffers() {}

  /**
   * Refuses a buffer that the device, or the thread that completes the request, could not use: told
   * at once, before blocks are allocated for the request.
   *
   * @param stores whether the request stores into the buffer
   */
  static void requireUsable(BlockDevice device, DioRequest request, boolean stores) {
    MemorySegment buffer = request.buffer();
    if (!buffer.scope().isAlive()) {
      throw new IllegalStateException("the arena of the buffer is closed: " + request);
    }
    if (!buffer.isAccessibleBy(OTHER)) {
      throw new IllegalArgumentException(
          "only one thread may access the buffer of an asynchronous request, which others complete:"
              + " its arena must not be a confined one");
    }
    if (stores && buffer.isReadOnly()) {
      throw new IllegalArgumentException("the buffer of a read is read-only");
    }
    int alignment = device.memoryAlignment();
    if (alignment > 1 && !buffer.isNative()) {
      throw new IllegalArgumentException("a direct transfer needs a native buffer, not " + buffer);
    }
    if (((buffer.address() + request.bufferOffsetAsked()) & (alignment - 1)) != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s, buffer address 0x%x: the device needs memory aligned to %d bytes",
              request,
              buffer.address(),
              alignment));
    }
  }
}
