package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.Bytes;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.JournalHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
  private final BlockDevice device;
  private final LogArea area;
  private final LogReader reader;

  /** What the passes find: transactions in log order, revoked blocks, copies to write. */
  private final List<LogScan.Found> transactions = new ArrayList<>();

  private final Map<Long, Long> revokedUpTo = new HashMap<>();
  private final Map<Long, LogScan.Copy> newestCopies = new HashMap<>();
  private int copies;
  private int copiesRevoked;

  Recovery(BlockDevice device, LogArea area) {
    this.device = device;
    this.area = area;
    this.reader = new LogReader(device, area);
  }

  RecoverySummary run() throws IOException {
    LogScan scan = new LogScan(reader, area, LogStart.read(device, area));
    scan(scan);
    revoke();
    replay();
    emptyLog(scan);
    long lastTid = transactions.isEmpty() ? 0 : scan.tid() - 1;
    return new RecoverySummary(
        transactions.size(), lastTid, copies, newestCopies.size(), copiesRevoked);
  }

  private void scan(LogScan scan) throws IOException {
    for (LogScan.Found found = scan.next(); found != null; found = scan.next()) {
      requireHomes(device, area, found);
      transactions.add(found);
    }
    requireNoneLater(scan, area);
  }

  /** Checks that no block of a transaction stands behind the end of the log that was scanned. */
  static void requireNoneLater(LogScan scan, LogArea area) throws IOException {
    long later = scan.findLaterTransaction();
    if (later >= 0) {
      throw new CorruptImageException(
          "journal transaction "
              + scan.tid()
              + " at block "
              + blockOf(area, scan.position())
              + " is damaged: it was committed, because block "
              + blockOf(area, later)
              + " holds a later one");
    }
  }

  private void revoke() {
    for (LogScan.Found transaction : transactions) {
      for (long block : transaction.revoked()) {
        revokedUpTo.put(block, transaction.tid());
      }
    }
  }

  private void replay() throws IOException {
    for (LogScan.Found transaction : transactions) {
      transaction.copies().forEach(copy -> choose(copy, transaction.tid()));
    }
    if (!newestCopies.isEmpty()) {
      writeHome();
      device.flush();
    }
  }

  private void choose(LogScan.Copy copy, long tid) {
    copies++;
    if (tid <= revokedUpTo.getOrDefault(copy.home(), 0L)) {
      copiesRevoked++;
    } else {
      newestCopies.put(copy.home(), copy);
    }
  }

  /** Writes the chosen copies in the order of the log, so that it is read in large pieces. */
  private void writeHome() throws IOException {
    List<LogScan.Copy> inLogOrder = new ArrayList<>(newestCopies.values());
    inLogOrder.sort(Comparator.comparingLong(LogScan.Copy::position));
    MemorySegment buffer = device.allocateBuffer(area.blockSize());
    for (LogScan.Copy copy : inLogOrder) {
      byte[] block = reader.read(copy.position());
      if (copy.escaped()) {
        Bytes.putInt(block, 0, JournalHeader.MAGIC);
      }
      MemorySegment.copy(block, 0, buffer, ValueLayout.JAVA_BYTE, 0, block.length);
      device.write(buffer, 0, copy.home() * area.blockSize(), block.length);
    }
  }

  /**
   * Moves the tail behind the last transaction. The next one skips an id: the torn transaction, of
   * which blocks may stand in the log, had the first id that was free.
   */
  private void emptyLog(LogScan scan) throws IOException {
    new LogWriter(device, area, scan.position()).moveTail(scan.position(), scan.tid() + 1);
  }

  /** Checks that all copies of a transaction belong outside the journal and inside the image. */
  static void requireHomes(BlockDevice device, LogArea area, LogScan.Found transaction)
      throws CorruptImageException {
    for (LogScan.Copy copy : transaction.copies()) {
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

  private static long blockOf(LogArea area, long position) {
    return area.deviceOffset(position) / area.blockSize();
  }
}
