package dev.diolab.benchmarks.verify.fsx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The operations of a run in the order in which they began, numbered from 1. As a file it has one
 * line for each, and comments behind a #.
 *
 * <p>Thread safety: all methods may be called at once.
 */
final class OpLog {
  /** So many bytes of the same kind are no accident. */
  private static final int TELLING_BYTES = 8;

  /** [this] */
  private final List<Op> ops = new ArrayList<>();

  /** Adds an operation; its number. */
  synchronized long add(Op op) {
    ops.add(op);
    return ops.size();
  }

  synchronized List<Op> ops() {
    return List.copyOf(ops);
  }

  synchronized int size() {
    return ops.size();
  }

  /** Which operation stored the bytes of {@code data} that belong at offset {@code at}. */
  synchronized String writerOf(Contents contents, byte[] data, int dataAt, int at, int end) {
    int least = Math.min(TELLING_BYTES, end - at);
    boolean zeros = Contents.zeros(data, dataAt, least) == least;
    for (int i = ops.size() - 1; i >= 0; i--) {
      Op op = ops.get(i);
      if (zeros ? zeroes(op, at) : stored(contents, i + 1L, data, dataAt, at, least)) {
        return (zeros ? "zeros, perhaps of " : "") + "operation " + (i + 1) + " (" + op + ")";
      }
    }
    return zeros ? "zeros" : "nothing that was written there";
  }

  private static boolean zeroes(Op op, int at) {
    return op.kind() == OpKind.TRUNCATE
        ? op.length() <= at
        : op.kind().storesZeros() && op.offset() <= at && at < op.end();
  }

  private boolean stored(
      Contents contents, long number, byte[] data, int dataAt, int at, int least) {
    Op op = ops.get((int) number - 1);
    if (!op.kind().storesData() || at < op.offset() || at >= op.end()) {
      return false;
    }
    int count = Math.min(least, op.end() - at);
    int place = contents.place(number) + at - op.offset();
    return contents.same(data, dataAt, place, count) == count;
  }

  /** Writes {@code ops} to {@code file}, after {@code comment}. */
  static void write(Path file, String comment, List<Op> ops) throws IOException {
    List<String> lines = new ArrayList<>();
    comment.lines().map(line -> "# " + line).forEach(lines::add);
    ops.stream().map(Op::toString).forEach(lines::add);
    Files.write(file, lines);
  }

  /**
   * Reads the operations of {@code file}.
   *
   * @throws IllegalArgumentException naming the line that is none
   */
  static List<Op> read(Path file) throws IOException {
    List<Op> ops = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.replaceFirst("#.*", "").trim();
      if (!text.isEmpty()) {
        try {
          ops.add(Op.parse(text));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "line " + number + " of " + file + ": " + e.getMessage(), e);
        }
      }
    }
    return ops;
  }
}
