package dev.diolab.engine.device;

/**
 * A flush that a {@link RecordingDevice} saw return: all writes that had ended before {@code begin}
 * are durable from {@code end} on.
 *
 * @param begin tick of its begin
 * @param end tick of its end
 */
public record RecordedFlush(long begin, long end) {}
