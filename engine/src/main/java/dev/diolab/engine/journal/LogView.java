package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.Bytes;
import dev.diolab.engine.format.JournalHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/**
 * What recovery would find in the log, without changing anything: which blocks have a copy there
 * that replaces the one at home.
 *
 * <p>A view of a device that nobody writes to meanwhile.
 *
 * <p>Thread safety: none.
 */
public final class LogView {
  private final BlockDevice device;
  private final LogArea area;
  private final Map<Long, LogCopy> newest = new HashMap<>();
  private final int transactions;
  private final long lastTid;

  private LogView(BlockDevice device, LogArea area, Recovery recovery) {
    this.device = device;
    this.area = area;
    for (LogCopy copy : recovery.copies()) {
      newest.put(copy.home(), copy);
    }
    this.transactions = recovery.transactions().size();
    this.lastTid = transactions == 0 ? 0 : recovery.transactions().getLast().tid();
  }

  /**
   * Reads the journal of {@code blocks} blocks at {@code firstBlock}.
   *
   * @throws dev.diolab.engine.format.CorruptImageException exactly when {@link Journal#recover}
   *     would refuse the journal
   * @throws IOException when the device fails
   * @throws IllegalArgumentException when the area is too small or not on the device
   */
  public static LogView read(BlockDevice device, long firstBlock, int blocks, int blockSize)
      throws IOException {
    LogArea area = LogArea.on(device, firstBlock, blocks, blockSize);
    Recovery recovery = new Recovery(device, area);
    recovery.look();
    return new LogView(device, area, recovery);
  }

  /** Whole transactions in the log, which the next mount replays. */
  public int transactions() {
    return transactions;
  }

  /** Id of the newest whole transaction, 0 when there is none. */
  public long lastTid() {
    return lastTid;
  }

  /** Blocks that recovery would write home. */
  public int copies() {
    return newest.size();
  }

  /** Whether the log holds a copy of {@code block} that replaces the one at home. */
  public boolean holds(long block) {
    return !newest.isEmpty() && newest.containsKey(block);
  }

  /**
   * Reads the newest copy of {@code block}, as recovery would write it home.
   *
   * @param buffer one block long, of the device
   * @param into one block long
   * @throws IllegalArgumentException unless the log {@link #holds} one
   */
  public void read(long block, MemorySegment buffer, byte[] into) throws IOException {
    LogCopy copy = newest.get(block);
    if (copy == null) {
      throw new IllegalArgumentException("the log holds no copy of block " + block);
    }
    byte[] contents = copy.contents();
    if (contents != null) {
      System.arraycopy(contents, 0, into, 0, into.length);
    } else {
      device.read(buffer, 0, area.deviceOffset(copy.position()), into.length);
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, 0, into.length);
    }
    if (copy.escaped()) {
      Bytes.putInt(into, 0, JournalHeader.MAGIC);
    }
  }
}
