package dev.diolab.engine.os;

/**
 * What direct I/O on a file must be aligned to (statx(2), STATX_DIOALIGN).
 *
 * @param memoryBytes alignment of buffer addresses; 0 when the file has no direct I/O
 * @param offsetBytes alignment of file offsets and lengths; 0 when the file has no direct I/O
 */
public record DirectIoAlignment(int memoryBytes, int offsetBytes) {

  /** Whether the file can be read and written with O_DIRECT at all. */
  public boolean isSupported() {
    return memoryBytes > 0 && offsetBytes > 0;
  }
}
