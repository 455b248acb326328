package dev.diolab.engine.device;

/**
 * A write that a {@link RecordingDevice} saw.
 *
 * @param begin tick of its begin
 * @param end tick of its end, {@link RecordingDevice#NEVER} when it did not return or failed
 * @param offset first byte on the device
 * @param data what was written; not to be changed
 * @param fua whether it was a {@link BlockDevice#writeFua}
 */
@SuppressWarnings("ArrayRecordComponent") // logs hold thousands; a copy at each look would not do
public record RecordedWrite(long begin, long end, long offset, byte[] data, boolean fua) {

  /** Length in bytes. */
  public int bytes() {
    return data.length;
  }

  /** Whether it ended before {@code other} began, so that the device saw them in this order. */
  public boolean isBefore(RecordedWrite other) {
    return end < other.begin;
  }

  /** Whether the two have a byte in common. */
  public boolean overlaps(RecordedWrite other) {
    return offset < other.offset + other.bytes() && other.offset < offset + bytes();
  }

  @Override
  public String toString() {
    return (fua ? "write FUA" : "write")
        + " of "
        + bytes()
        + " bytes at "
        + offset
        + ", ticks "
        + begin
        + " to "
        + (end == RecordingDevice.NEVER ? "never" : Long.toString(end));
  }
}
