package dev.diolab.benchmarks.kernel;

import java.io.IOException;

/**
 * Where files can be made and filled: a file system of the kernel, or a volume of the model.
 *
 * <p>Thread safety: one thread; the files say what is theirs.
 */
public interface FillTarget extends AutoCloseable {
  /** What it is called in tables, such as {@code kernel:ext4}. */
  String name();

  /** A new file whose first {@code bytes} bytes are preallocated, and that durably. */
  FillFile create(long bytes) throws IOException;

  @Override
  void close() throws IOException;
}
