package dev.diolab.engine.device;

/**
 * One call of a device, as a {@link Fault} sees it before it is done.
 *
 * @param kind what is asked
 * @param offset first byte on the device; 0 for a flush
 * @param bytes length; 0 for a flush
 */
public record DeviceCall(Kind kind, long offset, int bytes) {

  /** What a device is asked. */
  public enum Kind {
    /** {@link BlockDevice#read}. */
    READ,
    /** {@link BlockDevice#write}. */
    WRITE,
    /** {@link BlockDevice#writeFua}. */
    WRITE_FUA,
    /** {@link BlockDevice#flush}. */
    FLUSH
  }

  /** Whether it writes, with FUA or without. */
  public boolean isWrite() {
    return kind == Kind.WRITE || kind == Kind.WRITE_FUA;
  }

  /** Whether it transfers any of the bytes from {@code from} to before {@code to}. */
  public boolean touches(long from, long to) {
    return offset < to && from < offset + bytes;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case READ -> "read of " + bytes + " bytes at offset " + offset;
      case WRITE -> "write of " + bytes + " bytes at offset " + offset;
      case WRITE_FUA -> "FUA write of " + bytes + " bytes at offset " + offset;
      case FLUSH -> "flush";
    };
  }
}
