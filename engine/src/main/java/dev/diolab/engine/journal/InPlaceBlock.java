package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * A metadata block that is changed at home, past the log, when the journal has no part in it (Ts'o,
 * July 2009, seeds/000). {@link HomeClaims} says when that is; Kara's objection there is that
 * memory may not know what the log still holds: here it does, because no block is evicted, and a
 * revoke counts only once it is durable ({@link Handle#bringHome}).
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>One thread at a time uses an instance; a block may have several.
 *   <li>A change lies within one sector of 512 bytes, with the checksum that covers it: a crash may
 *       tear the block between sectors, and no copy in the log would mend it.
 *   <li>What the change depends on, as the data of a conversion, is durable before.
 *   <li>The caller holds no handle and no lock that somebody needs to end a device transfer.
 * </ol>
 *
 * <p>Guarantees: after {@link #change} returned true the change is durable; a crash before leaves
 * all of it or nothing. No handle joins the block meanwhile, so that no uncommitted change comes
 * home and no older contents overtake newer ones.
 */
public final class InPlaceBlock {
  private final JournalState state;
  private final BlockDevice device;
  private final MetaBlock block;
  private final byte[] copy;

  /** Made at the first use: most blocks are never changed in place. */
  private @Nullable MemorySegment buffer;

  /** Changes the contents in memory. */
  public interface Change {
    /**
     * Whether anything has changed.
     *
     * @throws IOException when the contents are not to be trusted any more
     */
    boolean apply() throws IOException;
  }

  InPlaceBlock(JournalState state, BlockDevice device, MetaBlock block) {
    this.state = state;
    this.device = device;
    this.block = block;
    this.copy = new byte[block.data().length];
  }

  /** Whether {@link #change} would have its way now; another thread may end that at any time. */
  public boolean isFree() {
    state.lock();
    try {
      return state.claims().isFree(block);
    } finally {
      state.unlock();
    }
  }

  /**
   * Applies {@code change} and writes the block home with FUA; false, and nothing is applied, when
   * the block is not free of the journal.
   *
   * @throws JournalAbortedException after a failure of the device, also of this write: what stands
   *     at home is not known then
   */
  public boolean change(Change change) throws JournalAbortedException {
    if (!state.claims().begin(block)) {
      return false;
    }
    try {
      if (change.apply()) {
        write();
      }
      return true;
    } catch (IOException e) {
      state.abortBecauseOf(e);
      throw new JournalAbortedException(e);
    } finally {
      state.claims().end(block);
    }
  }

  private void write() throws IOException {
    if (buffer == null) {
      buffer = device.allocateBuffer(copy.length);
    }
    System.arraycopy(block.data(), 0, copy, 0, copy.length);
    block.seal().seal(copy, block.number());
    MemorySegment.copy(copy, 0, buffer, ValueLayout.JAVA_BYTE, 0, copy.length);
    device.writeFua(buffer, 0, block.number() * copy.length, copy.length);
  }
}
