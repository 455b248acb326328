package dev.diolab.benchmarks.verify.fsx;

import java.util.Locale;

/**
 * One operation; {@link #toString} and {@link #parse} are its line in a log:
 *
 * <pre>{@code
 * write 0x1e00 0x200 direct thread=1
 * truncate 0x0 0x7a120
 * fallocate 0x1000 0x2000 keep_size
 * }</pre>
 *
 * @param kind what is done
 * @param offset first byte; 0 where that means nothing
 * @param length bytes; of a truncate the new size
 * @param direct whether a read or write is direct I/O
 * @param keepSize whether a fallocate or zero range leaves i_size as it is
 * @param thread who does it, from 0
 */
record Op(OpKind kind, int offset, int length, boolean direct, boolean keepSize, int thread) {
  private static final String DIRECT = "direct";
  private static final String KEEP_SIZE = "keep_size";
  private static final String THREAD = "thread=";

  /** An operation on a range by the only thread, without flags. */
  static Op of(OpKind kind, int offset, int length) {
    return new Op(kind, offset, length, false, false, 0);
  }

  Op asDirect() {
    return new Op(kind, offset, length, true, keepSize, thread);
  }

  Op keepingSize() {
    return new Op(kind, offset, length, direct, true, thread);
  }

  Op by(int otherThread) {
    return new Op(kind, offset, length, direct, keepSize, otherThread);
  }

  /** The first byte behind the range. */
  int end() {
    return offset + length;
  }

  /** Whether it stores bytes into pages of the cache. */
  boolean storesInPages() {
    return kind.storesData() && !direct;
  }

  /** Whether it stores bytes past the page cache. */
  boolean storesDirectly() {
    return kind.storesData() && direct;
  }

  /** Whether the file is at least {@link #end} bytes long when the operation is done. */
  boolean isExtender() {
    return switch (kind) {
      case WRITE -> true;
      case FALLOCATE, ZERO_RANGE -> !keepSize;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s 0x%x 0x%x", kind.label(), offset, length)
        + (direct ? " " + DIRECT : "")
        + (keepSize ? " " + KEEP_SIZE : "")
        + (thread > 0 ? " " + THREAD + thread : "");
  }

  /**
   * Reads a line of a log.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Op parse(String line) {
    String[] words = line.trim().split("\\s+", -1);
    OpKind kind =
        OpKind.byLabel(words[0])
            .orElseThrow(() -> new IllegalArgumentException("unknown operation: " + words[0]));
    if (words.length < 3) {
      throw new IllegalArgumentException("offset or length is missing: " + line);
    }
    Op op = of(kind, number(words[1]), number(words[2]));
    if (op.offset > Integer.MAX_VALUE - op.length) {
      throw new IllegalArgumentException("the range ends too far out: " + line);
    }
    for (int i = 3; i < words.length; i++) {
      op = op.withFlag(words[i]);
    }
    return op;
  }

  private Op withFlag(String flag) {
    if (flag.equals(DIRECT)) {
      return asDirect();
    }
    if (flag.equals(KEEP_SIZE)) {
      return keepingSize();
    }
    if (flag.startsWith(THREAD)) {
      return by(number(flag.substring(THREAD.length())));
    }
    throw new IllegalArgumentException("unknown flag: " + flag);
  }

  private static int number(String word) {
    int number = Integer.decode(word);
    if (number < 0) {
      throw new IllegalArgumentException("negative number: " + word);
    }
    return number;
  }
}
