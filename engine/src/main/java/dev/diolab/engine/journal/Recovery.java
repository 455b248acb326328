package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.CorruptImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the image to the newest durable transaction, in three passes as jbd2:
 *
 * <ol>
 *   <li><b>scan</b> finds the whole transactions; it changes nothing;
 *   <li><b>revoke</b> collects up to which transaction copies of a block are void;
 *   <li><b>replay</b> writes the newest copy of each block home.
 * </ol>
 *
 * <p>Then the log is made empty. A crash in between repeats the same writes at the next recovery.
 *
 * <p>Thread safety: none; one instance a recovery.
 */
final class Recovery {
  /** Contents that are kept between the passes; a log of 64 MiB is below this in any case. */
  private static final long MOST_BYTES_KEPT = 128L << 20;

  private final BlockDevice device;
  private final LogArea area;
  private final NewestCopies newest;

  /** The whole transactions, in the order of the log. */
  private final List<LogScan.Found> transactions = new ArrayList<>();

  Recovery(BlockDevice device, LogArea area) {
    this(device, area, MOST_BYTES_KEPT);
  }

  Recovery(BlockDevice device, LogArea area, long mostBytesKept) {
    this.device = device;
    this.area = area;
    this.newest = new NewestCopies(area.blockSize(), mostBytesKept);
  }

  RecoverySummary run() throws IOException {
    LogScan scan = look();
    Revokes revokes = new Revokes(transactions);
    int blocksWritten = replay(revokes);
    emptyLog(scan);
    return summary(revokes, blocksWritten);
  }

  /** The first pass alone; what it found is in {@link #transactions} and {@link #copies}. */
  LogScan look() throws IOException {
    LogStart start = LogStart.read(device, area);
    try (LogReader reader = new LogReader(device, area)) {
      LogScan scan = new LogScan(reader, area, start, newest::room);
      scan(scan);
      return scan;
    }
  }

  /** The whole transactions, in the order of the log. */
  List<LogScan.Found> transactions() {
    return transactions;
  }

  /** The copies that replay writes home, in ascending order of their homes. */
  List<LogCopy> copies() {
    return newest.inOrderOfHomes(new Revokes(transactions));
  }

  private void scan(LogScan scan) throws IOException {
    for (LogScan.Found found = scan.next(); found != null; found = scan.next()) {
      requireHomes(found);
      found.copies().forEach(newest::add);
      transactions.add(found);
    }
    long proof = scan.findProofOfCommit();
    if (proof >= 0) {
      throw new CorruptImageException(
          "journal transaction "
              + scan.tid()
              + " at block "
              + blockOf(scan.position())
              + " is damaged: it was committed, because block "
              + blockOf(proof)
              + " holds its commit record or a later transaction");
    }
  }

  private int replay(Revokes revokes) throws IOException {
    List<LogCopy> copies = newest.inOrderOfHomes(revokes);
    if (!copies.isEmpty()) {
      new HomeWriter(device, area).write(copies);
      device.flush();
    }
    return copies.size();
  }

  /**
   * Moves the tail behind the last transaction. The next one skips an id: the torn transaction, of
   * which blocks may stand in the log, had the first id that was free.
   */
  private void emptyLog(LogScan scan) throws IOException {
    new LogWriter(device, area, scan.position()).moveTail(scan.position(), scan.tid() + 1);
  }

  private RecoverySummary summary(Revokes revokes, int blocksWritten) {
    int copies = 0;
    int revoked = 0;
    for (LogScan.Found transaction : transactions) {
      copies += transaction.copies().size();
      revoked += (int) transaction.copies().stream().filter(revokes::isVoid).count();
    }
    long lastTid = transactions.isEmpty() ? 0 : transactions.getLast().tid();
    return new RecoverySummary(transactions.size(), lastTid, copies, blocksWritten, revoked);
  }

  private void requireHomes(LogScan.Found transaction) throws CorruptImageException {
    for (LogCopy copy : transaction.copies()) {
      long blocks = device.sizeBytes() / area.blockSize();
      if (copy.home() < 0 || copy.home() >= blocks || area.contains(copy.home())) {
        throw new CorruptImageException(
            "journal transaction "
                + transaction.tid()
                + " has a copy of block "
                + copy.home()
                + ", which is not outside the journal and inside the image of "
                + blocks
                + " blocks");
      }
    }
  }

  private long blockOf(long position) {
    return area.deviceOffset(position) / area.blockSize();
  }
}
