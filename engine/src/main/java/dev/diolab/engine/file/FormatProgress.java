package dev.diolab.engine.file;

/** Told while an image is being written. */
@FunctionalInterface
public interface FormatProgress {

  /**
   * {@code done} of {@code total} bytes are written; called now and then by the formatting thread.
   */
  void written(long done, long total);
}
