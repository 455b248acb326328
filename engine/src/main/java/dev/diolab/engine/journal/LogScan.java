package dev.diolab.engine.journal;

import dev.diolab.engine.format.DescriptorBlock;
import dev.diolab.engine.format.JournalHeader;
import dev.diolab.engine.format.RevokeBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
  /** A copy of block {@code home} at {@code position} of the log. */
  record Copy(long home, long position, boolean escaped, int crc) {}

  /** A whole transaction. */
  record Found(long tid, List<Copy> copies, List<Long> revoked) {}

  private final LogReader reader;

  /** Where the next transaction begins, and the id that it must have. */
  private long position;

  private long tid;

  /** Position after a full round of the ring. */
  private final long limit;

  LogScan(LogReader reader, LogArea area, LogStart start) {
    this.reader = reader;
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
    long at = position;
    while (at < limit) {
      byte[] block = reader.read(at);
      switch (LogBlock.of(block, tid, at - position)) {
        case DESCRIPTOR -> {
          List<Copy> copies = copiesOf(block, at);
          if (!areWhole(copies)) {
            return null;
          }
          found.copies().addAll(copies);
          at += 1 + copies.size();
        }
        case REVOKE -> {
          addRevokes(block, found);
          at++;
        }
        case COMMIT -> {
          position = at + 1;
          tid++;
          return found;
        }
        case LATER, OTHER -> {
          return null;
        }
      }
    }
    return null;
  }

  /**
   * The position of a block that proves that {@link #tid} was committed, and so is damaged and not
   * torn by a crash; -1 when there is none.
   */
  long findProofOfCommit() throws IOException {
    for (long at = position; at < limit; at++) {
      if (reader.hasMagic(at)
          && LogBlock.of(reader.read(at), tid, at - position) == LogBlock.LATER) {
        return at;
      }
    }
    return -1;
  }

  private static void addRevokes(byte[] block, Found found) {
    for (int i = 0; i < JournalHeader.count(block); i++) {
      found.revoked().add(RevokeBlock.get(block, i));
    }
  }

  private static List<Copy> copiesOf(byte[] descriptor, long at) {
    List<Copy> copies = new ArrayList<>();
    for (int i = 0; i < JournalHeader.count(descriptor); i++) {
      copies.add(
          new Copy(
              DescriptorBlock.home(descriptor, i),
              at + 1 + i,
              DescriptorBlock.isEscaped(descriptor, i),
              DescriptorBlock.copyCrc(descriptor, i)));
    }
    return copies;
  }

  private boolean areWhole(List<Copy> copies) throws IOException {
    for (Copy copy : copies) {
      if (copy.position() >= limit
          || DescriptorBlock.copyChecksum(tid, reader.readAndKeep(copy.position())) != copy.crc()) {
        return false;
      }
    }
    return true;
  }
}
