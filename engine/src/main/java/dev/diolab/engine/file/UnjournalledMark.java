package dev.diolab.engine.file;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.Superblock;
import dev.diolab.engine.journal.MetaBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The superblock's note that the image is mounted without a journal. It is durable before the first
 * change of such a mount and goes after the last, so that a crash in between is noticed.
 */
final class UnjournalledMark {
  private UnjournalledMark() {}

  /** Writes the mark through FUA; no handle may be open. */
  static void write(BlockDevice device, MetaBlock superblock, boolean marked) throws IOException {
    Superblock.putUnjournalled(superblock.data(), marked);
    byte[] copy = superblock.data().clone();
    superblock.seal().seal(copy, superblock.number());
    MemorySegment buffer = device.allocateBuffer(copy.length);
    MemorySegment.copy(copy, 0, buffer, ValueLayout.JAVA_BYTE, 0, copy.length);
    device.writeFua(buffer, 0, superblock.number() * copy.length, copy.length);
  }
}
