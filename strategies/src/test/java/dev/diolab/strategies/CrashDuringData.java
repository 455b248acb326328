package dev.diolab.strategies;

import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Stops the machine in the middle of a write: at the first transfer of file data it commits what is
 * in the journal, through an fsync of another file, and keeps the image as it is then. The transfer
 * itself goes on.
 */
final class CrashDuringData implements LongPredicate {
  private final Bench bench;
  private final DioFile other;
  private final long dataFrom;
  private boolean entered;
  private @Nullable Bench afterwards;

  CrashDuringData(Bench bench, DioFile other, long dataFrom) {
    this.bench = bench;
    this.other = other;
    this.dataFrom = dataFrom;
  }

  @Override
  public boolean test(long offset) {
    if (offset >= dataFrom && !entered) {
      entered = true;
      try {
        other.fsync();
        afterwards = bench.crashedCopy();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return false;
  }

  boolean happened() {
    return afterwards != null;
  }

  /** The image after the crash, mounted. */
  Bench afterwards() {
    if (afterwards == null) {
      throw new IllegalStateException("no file data was written");
    }
    return afterwards;
  }
}
