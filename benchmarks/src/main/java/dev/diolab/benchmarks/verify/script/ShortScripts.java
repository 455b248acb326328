package dev.diolab.benchmarks.verify.script;

import java.util.ArrayList;
import java.util.List;

/**
 * All sequences of one, two and three operations of each of three alphabets, by one thread on files
 * that have blocks of every state: written, unwritten, hole, and unwritten behind the end. One
 * alphabet is of direct I/O alone; one mixes it with the page cache, mapped stores and punches on
 * the same ranges; in one the thread submits direct I/O and goes on.
 *
 * <p>Numbers go by length, and within a length by alphabet, in this order: 21 + 16 + 10 scripts of
 * one operation, 441 + 288 + 120 of two, 9261 + 4912 + 1330 of three, 16399 in all. The sequences
 * of the one operation that is in all alphabets, fsync of file 0, are left out of all but the
 * first: they would be their last ones.
 *
 * <pre>
 *  file 0, blocks:  0       4         8      10        14
 *                   |written|unwritten| hole |unwritten| hole ...
 *                                            ^ i_size
 * </pre>
 */
public final class ShortScripts {
  private static final int MAX_LENGTH = 3;
  private static final int ALPHABETS = 3;

  private ShortScripts() {}

  /** How many there are. */
  public static int count() {
    return count(MAX_LENGTH);
  }

  /** How many of them have at most {@code longest} operations; they have the lowest numbers. */
  public static int count(int longest) {
    int count = 0;
    for (int length = 1; length <= longest; length++) {
      for (int alphabet = 0; alphabet < ALPHABETS; alphabet++) {
        count += words(alphabet, length);
      }
    }
    return count;
  }

  /** Sequence {@code index}, the short ones first. */
  public static Script get(int index, int blockSize) {
    int rest = index;
    for (int length = 1; ; length++) {
      for (int alphabet = 0; alphabet < ALPHABETS; alphabet++) {
        int words = words(alphabet, length);
        if (rest < words) {
          List<Op> ops = word(alphabet(alphabet, blockSize), length, rest);
          return new Script(blockSize, 0, setup(blockSize), List.of(ops));
        }
        rest -= words;
      }
    }
  }

  private static List<Op> alphabet(int number, int blockSize) {
    return switch (number) {
      case 0 -> direct(blockSize);
      case 1 -> mixed(blockSize);
      default -> asynchronous(blockSize);
    };
  }

  private static int words(int alphabet, int length) {
    int words = 1;
    for (int i = 0; i < length; i++) {
      words *= alphabet(alphabet, 1024).size();
    }
    return alphabet == 0 ? words : words - 1;
  }

  /** The digits of {@code number} to the base of the alphabet, the lowest first. */
  private static List<Op> word(List<Op> alphabet, int length, int number) {
    List<Op> ops = new ArrayList<>();
    int rest = number;
    for (int i = 0; i < length; i++) {
      ops.add(alphabet.get(rest % alphabet.size()));
      rest /= alphabet.size();
    }
    return ops;
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

  private static List<Op> direct(int b) {
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

  private static List<Op> mixed(int b) {
    return List.of(
        new Op(OpKind.BUFFERED_WRITE, 0, b, b), // written
        new Op(OpKind.BUFFERED_WRITE, 0, 5L * b, 2 * b), // unwritten
        new Op(OpKind.BUFFERED_WRITE, 0, 8L * b + 512, 512), // part of a hole
        new Op(OpKind.BUFFERED_WRITE, 0, 9L * b, 4 * b), // hole, and extending
        new Op(OpKind.BUFFERED_DSYNC_WRITE, 0, 9L * b, 2 * b),
        new Op(OpKind.BUFFERED_READ, 0, 0, 14 * b),
        new Op(OpKind.MMAP_STORE, 0, 512, 512),
        new Op(OpKind.MMAP_STORE, 0, 3L * b, 6 * b), // written, unwritten, hole
        new Op(OpKind.PUNCH_HOLE, 0, b, 5 * b),
        new Op(OpKind.PUNCH_HOLE, 0, 3L * b + 512, 8 * b), // parts of blocks, and behind the end
        new Op(OpKind.ZERO_RANGE, 0, 9L * b, 3 * b), // grows
        new Op(OpKind.ZERO_RANGE_KEEP_SIZE, 0, 512, 5 * b),
        new Op(OpKind.WRITE, 0, 4L * b, 2 * b),
        new Op(OpKind.WRITE, 0, 9L * b, 2 * b), // hole, and extending
        new Op(OpKind.DSYNC_WRITE, 0, b, 2 * b),
        new Op(OpKind.TRUNCATE, 0, 6L * b + 512, 0),
        new Op(OpKind.FSYNC, 0, 0, 0));
  }

  private static List<Op> asynchronous(int b) {
    return List.of(
        new Op(OpKind.ASYNC_WRITE, 0, b, b), // written
        new Op(OpKind.ASYNC_WRITE, 0, 5L * b, b), // unwritten
        new Op(OpKind.ASYNC_WRITE, 0, 6L * b, 512), // parts of one unwritten block
        new Op(OpKind.ASYNC_WRITE, 0, 6L * b + 512, 512),
        new Op(OpKind.ASYNC_WRITE, 0, 3L * b, 6 * b), // written, unwritten, hole
        new Op(OpKind.ASYNC_WRITE, 0, 10L * b, 2 * b), // extending into preallocated blocks
        new Op(OpKind.ASYNC_DSYNC_WRITE, 0, 4L * b, 2 * b),
        new Op(OpKind.ASYNC_READ, 0, 0, 8 * b),
        new Op(OpKind.AWAIT, 0, 0, 0),
        new Op(OpKind.TRUNCATE, 0, 4L * b + 512, 0),
        new Op(OpKind.FSYNC, 0, 0, 0));
  }
}
