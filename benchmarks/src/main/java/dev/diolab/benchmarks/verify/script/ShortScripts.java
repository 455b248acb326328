package dev.diolab.benchmarks.verify.script;

import java.util.ArrayList;
import java.util.List;

/**
 * All sequences of one, two and three operations of an alphabet, by one thread on files that have
 * blocks of every state: written, unwritten, hole, and unwritten behind the end.
 *
 * <pre>
 *  file 0, blocks:  0       4         8      10        14
 *                   |written|unwritten| hole |unwritten| hole ...
 *                                            ^ i_size
 * </pre>
 */
public final class ShortScripts {
  private static final int MAX_LENGTH = 3;

  private ShortScripts() {}

  /** How many there are. */
  public static int count() {
    return count(MAX_LENGTH);
  }

  /** How many of them have at most {@code longest} operations; they have the lowest numbers. */
  public static int count(int longest) {
    int letters = alphabet(1024).size();
    int count = 0;
    for (int length = 1, words = letters; length <= longest; length++, words *= letters) {
      count += words;
    }
    return count;
  }

  /** Sequence {@code index}, the short ones first. */
  public static Script get(int index, int blockSize) {
    List<Op> alphabet = alphabet(blockSize);
    int rest = index;
    int words = alphabet.size();
    int length = 1;
    while (rest >= words) {
      rest -= words;
      words *= alphabet.size();
      length++;
    }
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      ops.add(alphabet.get(rest % alphabet.size()));
      rest /= alphabet.size();
    }
    return new Script(blockSize, 0, setup(blockSize), List.of(ops));
  }

  /** What makes the files of the picture. */
  static List<Op> setup(int blockSize) {
    return List.of(
        new Op(OpKind.WRITE, 0, 0, 4 * blockSize),
        new Op(OpKind.FALLOCATE, 0, 4L * blockSize, 4 * blockSize),
        new Op(OpKind.TRUNCATE, 0, 10L * blockSize, 0),
        new Op(OpKind.FALLOCATE_KEEP_SIZE, 0, 10L * blockSize, 4 * blockSize),
        new Op(OpKind.WRITE, 1, 0, 2 * blockSize));
  }

  private static List<Op> alphabet(int b) {
    return List.of(
        new Op(OpKind.WRITE, 0, b, b), // written
        new Op(OpKind.WRITE, 0, 5L * b, b), // unwritten
        new Op(OpKind.WRITE, 0, 8L * b, b), // hole
        new Op(OpKind.WRITE, 0, 10L * b, b), // extending into preallocated blocks
        new Op(OpKind.WRITE, 0, 14L * b, 2 * b), // extending behind them
        new Op(OpKind.WRITE, 0, 6L * b + 512, 512), // part of an unwritten block
        new Op(OpKind.WRITE, 0, 3L * b, 6 * b), // written, unwritten, hole
        new Op(OpKind.DSYNC_WRITE, 0, 0, b),
        new Op(OpKind.DSYNC_WRITE, 0, 4L * b, b),
        new Op(OpKind.DSYNC_WRITE, 0, 10L * b, 2 * b),
        new Op(OpKind.FALLOCATE, 0, 8L * b, 4 * b),
        new Op(OpKind.FALLOCATE_KEEP_SIZE, 0, 16L * b, 4 * b),
        new Op(OpKind.TRUNCATE, 0, 0, 0),
        new Op(OpKind.TRUNCATE, 0, 2L * b + 512, 0),
        new Op(OpKind.TRUNCATE, 0, 5L * b + 512, 0),
        new Op(OpKind.TRUNCATE, 0, 12L * b, 0),
        new Op(OpKind.FSYNC, 0, 0, 0),
        new Op(OpKind.FDATASYNC, 0, 0, 0),
        new Op(OpKind.WRITE, 1, 2L * b, 2 * b),
        new Op(OpKind.DSYNC_WRITE, 1, 0, b),
        new Op(OpKind.FSYNC, 1, 0, 0));
  }
}
