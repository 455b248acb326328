package dev.diolab.benchmarks.content;

import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Reads a test file back and compares every unit with what was written to it last.
 *
 * <p>Thread safety: none; runs after the workers have stopped.
 */
public final class ContentCheck {
  /** How the file is read. */
  @FunctionalInterface
  private interface Reader {
    int read(DioRequest request) throws IOException;
  }

  /** Bytes read at a time. */
  public static final int WINDOW_BYTES = 1 << 20;

  private final DioFile file;
  private final MemorySegment buffer;
  private final DioRequest request;
  private final long trial;
  private final Reader reader;

  /**
   * A check of {@code file} by direct reads.
   *
   * @param buffer takes {@link #WINDOW_BYTES} from the device
   */
  public ContentCheck(DioFile file, MemorySegment buffer, long trial) {
    this(file, file::read, buffer, trial);
  }

  /** A check of what readers of {@code file} find in the page cache, or by way of it. */
  public static ContentCheck ofPageCache(DioFile file, MemorySegment buffer, long trial) {
    return new ContentCheck(file, file::readBuffered, buffer, trial);
  }

  private ContentCheck(DioFile file, Reader reader, MemorySegment buffer, long trial) {
    this.file = file;
    this.reader = reader;
    this.buffer = buffer;
    this.request = new DioRequest(buffer);
    this.trial = trial;
  }

  /**
   * Checks all windows of the file, or as many as {@code limitBytes} allows, chosen by {@code
   * seed}.
   *
   * @return the number of bytes checked
   * @throws AssertionError naming the first unit that is wrong, what it holds and what it should
   */
  public long check(Expectation expectation, long limitBytes, long seed) throws IOException {
    int windows = Math.toIntExact(Math.ceilDiv(file.size(), WINDOW_BYTES));
    int wanted = (int) Math.min(windows, Math.max(1, limitBytes / WINDOW_BYTES));
    int[] order = Permutation.of(windows, seed);
    long checked = 0;
    for (int i = 0; i < wanted; i++) {
      checked += checkWindow(order[i], expectation);
    }
    return checked;
  }

  private int checkWindow(long window, Expectation expectation) throws IOException {
    long start = window * WINDOW_BYTES;
    int bytes = (int) Math.min(WINDOW_BYTES, file.size() - start);
    request.prepare(0, start, bytes, false);
    int read = reader.read(request);
    if (read != bytes) {
      throw new AssertionError(
          "read-back at offset " + start + " gave " + read + " of " + bytes + " bytes");
    }
    for (int at = 0; at < bytes; at += Stamp.UNIT_BYTES) {
      checkUnit(at, (start + at) / Stamp.UNIT_BYTES, expectation);
    }
    return bytes;
  }

  private void checkUnit(int at, long unit, Expectation expectation) {
    long version = expectation.version(unit);
    boolean right =
        version == Expectation.NEVER_WRITTEN
            ? !Stamp.isOfTrial(buffer, at, trial)
            : Stamp.matches(buffer, at, trial, unit, version);
    if (!right) {
      throw new AssertionError(
          String.format(
              "wrong content at offset %d: expected %s, found %s",
              unit * Stamp.UNIT_BYTES,
              version == Expectation.NEVER_WRITTEN
                  ? "nothing of this trial"
                  : String.format("trial=%016x unit=%d version=%d", trial, unit, version),
              Stamp.describe(buffer, at)));
    }
  }
}
