package dev.diolab.engine.device;

import java.lang.foreign.MemorySegment;
import java.util.Locale;

/** The checks that every device makes before a transfer; see {@link BlockDevice}. */
final class TransferChecks {
  private TransferChecks() {}

  /** Throws IllegalArgumentException unless the device may be asked for this transfer. */
  static void check(
      BlockDevice device, MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    int alignmentMask = device.offsetAlignment() - 1;
    if (bytes < 0
        || ((deviceOffset | bytes) & alignmentMask) != 0
        || deviceOffset < 0
        || deviceOffset > device.sizeBytes() - bytes
        || bufferOffset < 0
        || bufferOffset > buffer.byteSize() - bytes
        || ((buffer.address() + bufferOffset) & (device.memoryAlignment() - 1)) != 0) {
      throw badTransfer(device, buffer, bufferOffset, deviceOffset, bytes);
    }
  }

  /** Throws IllegalArgumentException unless a read may store into {@code buffer}. */
  static void checkWritable(MemorySegment buffer) {
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException("the buffer of a read is read-only");
    }
  }

  private static IllegalArgumentException badTransfer(
      BlockDevice device, MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "transfer outside the device or the buffer, or not aligned: deviceOffset=%d bytes=%d"
                + " bufferOffset=%d bufferAddress=0x%x; the device has sizeBytes=%d"
                + " offsetAlignment=%d memoryAlignment=%d, the buffer byteSize=%d",
            deviceOffset,
            bytes,
            bufferOffset,
            buffer.address(),
            device.sizeBytes(),
            device.offsetAlignment(),
            device.memoryAlignment(),
            buffer.byteSize()));
  }
}
