package dev.diolab.benchmarks.verify.fsx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The operations of a run, as they stand in a file.
 *
 * <p>Thread safety: immutable.
 */
public final class RecordedOps {
  private final List<Op> ops;

  RecordedOps(List<Op> ops) {
    this.ops = List.copyOf(ops);
  }

  /**
   * Reads a log.
   *
   * @throws IllegalArgumentException naming the line that is no operation
   */
  public static RecordedOps read(Path file) throws IOException {
    return new RecordedOps(OpLog.read(file));
  }

  /** Writes the log to {@code file}, after {@code comment}. */
  public void write(Path file, String comment) throws IOException {
    OpLog.write(file, comment, ops);
  }

  List<Op> ops() {
    return ops;
  }

  /** Settings under which the operations can be done again. */
  Settings settings() {
    int end = 1;
    int longest = 1;
    int threads = 1;
    boolean direct = false;
    boolean buffered = false;
    for (Op op : ops) {
      end = Math.max(end, op.end());
      longest = op.kind() == OpKind.TRUNCATE ? longest : Math.max(longest, op.length());
      threads = Math.max(threads, op.thread() + 1);
      boolean transfers = op.kind() == OpKind.READ || op.kind() == OpKind.WRITE;
      direct |= transfers && op.direct();
      buffered |= (transfers && !op.direct()) || op.kind().isMapped();
    }
    Access access = direct ? buffered ? Access.MIXED : Access.DIRECT : Access.BUFFERED;
    int boundary = access == Access.DIRECT ? Settings.DIRECT_ALIGNMENT : 1;
    return new Settings(
        Math.max(1, ops.size()),
        end,
        longest,
        boundary,
        boundary,
        1,
        true,
        true,
        true,
        true,
        true,
        access,
        false,
        0,
        threads);
  }
}
