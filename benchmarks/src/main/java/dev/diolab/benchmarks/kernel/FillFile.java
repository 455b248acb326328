package dev.diolab.benchmarks.kernel;

import dev.diolab.benchmarks.record.PhaseRecorder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A file that is filled by direct writes of {@link #WRITE_BYTES}.
 *
 * <p>Thread safety: each writer is used by one thread at a time; {@link #fdatasync} and {@link
 * #close} while no writer is at work.
 */
interface FillFile extends AutoCloseable {
  /** Bytes of each write and read. */
  int WRITE_BYTES = 32 << 10;

  /** A writer for one thread. */
  Writer writer();

  /** Makes everything durable. */
  void fdatasync() throws IOException;

  /** Removes the file. */
  @Override
  void close() throws IOException;

  /** Writes and reads of one thread. */
  interface Writer {
    /** What is written, and what was read. */
    MemorySegment buffer();

    /** Writes the buffer at {@code offset}; with {@code dsync} it is durable then. */
    void write(long offset, boolean dsync) throws IOException;

    /** Reads the buffer from {@code offset}, from the disk. */
    void read(long offset) throws IOException;

    /** How long the writes took, in phases where the target tells them apart. */
    PhaseRecorder recorder();
  }
}
