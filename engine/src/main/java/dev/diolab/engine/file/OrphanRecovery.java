package dev.diolab.engine.file;

import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.Superblock;
import dev.diolab.engine.journal.MetaBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a mount does about extending writes, truncates and unlinks that a crash cut off. */
final class OrphanRecovery {
  private OrphanRecovery() {}

  /**
   * Ends the operations of all inodes on the orphan list of the image, before anybody else uses the
   * volume.
   *
   * @return how many there were
   */
  static int run(Volume volume, InodeTable inodes, MetaBlock superblock) throws IOException {
    List<Inode> found = readList(inodes, superblock);
    volume.orphans().adopt(found);
    for (Inode inode : found) {
      Truncation.recover(inode);
      if (inode.isRecordFree()) {
        inodes.release(inode);
      }
    }
    return found.size();
  }

  /** The list, head first. */
  private static List<Inode> readList(InodeTable inodes, MetaBlock superblock)
      throws CorruptImageException {
    List<Inode> found = new ArrayList<>();
    int number = Superblock.orphanHead(superblock.data());
    while (number != 0) {
      Inode inode = inodes.getOrphan(number);
      if (found.contains(inode)) {
        throw new CorruptImageException("orphan list: inode " + number + " is on it twice");
      }
      found.add(inode);
      number = inode.orphanNext();
    }
    return found;
  }
}
