package dev.diolab.engine.journal;

import dev.diolab.engine.format.DescriptorBlock;
import dev.diolab.engine.format.JournalHeader;
import dev.diolab.engine.format.RevokeBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks the transactions in the log from the tail on and stops before the first that is not whole;
 * the cases are those of {@link LogBlock}.
 *
 * <p>A transaction is whole when its blocks follow each other without gap, all with its tid and
 * right checksums, and a commit record with the right number of blocks ends it. What comes after
 * the end is either left from older rounds of the ring, or was being written at the crash.
 *
 * <p>Thread safety: none.
 */
final class LogScan {
  /** A whole transaction. */
  record Found(long tid, List<LogCopy> copies, List<Long> revoked) {}

  private final LogReader reader;
  private final Supplier<byte[]> room;

  /** The block that is looked at, unless it is a copy. */
  private final byte[] block;

  /** Where the next transaction begins, and the id that it must have. */
  private long position;

  private long tid;

  /** Where the walk through a transaction that is not whole stopped. */
  private long stop;

  /** Position after a full round of the ring. */
  private final long limit;

  /**
   * A scan from {@code start} on.
   *
   * @param room gives a block of memory for each copy
   */
  LogScan(LogReader reader, LogArea area, LogStart start, Supplier<byte[]> room) {
    this.reader = reader;
    this.room = room;
    this.block = new byte[area.blockSize()];
    this.position = start.position();
    this.tid = start.tid();
    this.limit = start.position() + area.logBlocks();
  }

  /** Where the log ends, once {@link #next} returned null. */
  long position() {
    return position;
  }

  /** Id of the first transaction that is not whole, once {@link #next} returned null. */
  long tid() {
    return tid;
  }

  /** The next whole transaction, null at the end of the log. */
  @Nullable Found next() throws IOException {
    Found found = new Found(tid, new ArrayList<>(), new ArrayList<>());
    for (stop = position; stop < limit; stop++) {
      reader.read(stop, block);
      switch (LogBlock.of(block, tid, stop - position)) {
        case DESCRIPTOR -> {
          int copies = JournalHeader.count(block);
          if (!addCopies(copies, found)) {
            return null;
          }
          stop += copies;
        }
        case REVOKE -> addRevokes(found);
        case COMMIT -> {
          position = stop + 1;
          tid++;
          return found;
        }
        case MISPLACED_COMMIT, LATER, OTHER -> {
          return null;
        }
      }
    }
    return null;
  }

  /**
   * The position of a block that proves that {@link #tid} was committed, and so is damaged and not
   * torn by a crash; -1 when there is none. To be called once {@link #next} returned null.
   */
  long findProofOfCommit() throws IOException {
    for (long at = stop; at < limit; at++) {
      if (reader.hasMagic(at)) {
        reader.read(at, block);
        if (LogBlock.of(block, tid, at - position).provesCommit()) {
          return at;
        }
      }
    }
    return -1;
  }

  private void addRevokes(Found found) {
    for (int i = 0; i < JournalHeader.count(block); i++) {
      found.revoked().add(RevokeBlock.get(block, i));
    }
  }

  /** Takes the copies of the descriptor in {@link #block}; false when one is not what it says. */
  private boolean addCopies(int copies, Found found) throws IOException {
    for (int i = 0; i < copies; i++) {
      long at = stop + 1 + i;
      if (at >= limit) {
        return false;
      }
      byte[] contents = room.get();
      reader.read(at, contents);
      if (DescriptorBlock.copyChecksum(tid, contents) != DescriptorBlock.copyCrc(block, i)) {
        return false;
      }
      boolean escaped = DescriptorBlock.isEscaped(block, i);
      found.copies().add(new LogCopy(tid, DescriptorBlock.home(block, i), at, escaped, contents));
    }
    return true;
  }
}
