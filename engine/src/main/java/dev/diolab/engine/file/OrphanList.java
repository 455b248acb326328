package dev.diolab.engine.file;

import dev.diolab.engine.format.InodeRecord;
import dev.diolab.engine.format.Superblock;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.MetaBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The inodes whose blocks may reach beyond i_disksize: extending writes, truncates and unlinks in
 * progress. On the image it is a list from the superblock through the inode records; mount cuts
 * back what it finds there.
 *
 * <p>Thread safety: all methods may be called at once. An inode may be added several times
 * (extending writes that a strategy does not serialise); it leaves the list when each addition was
 * removed.
 */
final class OrphanList {
  /**
   * Blocks that {@link #add} or {@link #remove} may modify: the superblock or the predecessor, and
   * the inode.
   */
  static final int CREDITS = 2;

  private final MetaBlock superblock;

  /** The list in order, head first. [this] */
  private final List<Entry> entries = new ArrayList<>();

  OrphanList(MetaBlock superblock) {
    this.superblock = superblock;
  }

  synchronized void add(Handle handle, Inode inode) {
    int at = indexOf(inode);
    if (at >= 0) {
      entries.get(at).additions++;
      return;
    }
    int head = entries.isEmpty() ? 0 : entries.get(0).inode.number();
    handle.modify(inode.table());
    InodeRecord.putOrphanNext(inode.table().data(), inode.recordAt(), head);
    handle.modify(superblock);
    Superblock.putOrphanHead(superblock.data(), inode.number());
    entries.add(0, new Entry(inode));
  }

  synchronized void remove(Handle handle, Inode inode) {
    int at = indexOf(inode);
    if (at < 0) {
      throw new AssertionError("inode " + inode.number() + " is not on the orphan list");
    }
    if (--entries.get(at).additions > 0) {
      return;
    }
    int next = at + 1 < entries.size() ? entries.get(at + 1).inode.number() : 0;
    if (at == 0) {
      handle.modify(superblock);
      Superblock.putOrphanHead(superblock.data(), next);
    } else {
      Inode previous = entries.get(at - 1).inode;
      handle.modify(previous.table());
      InodeRecord.putOrphanNext(previous.table().data(), previous.recordAt(), next);
    }
    handle.modify(inode.table());
    InodeRecord.putOrphanNext(inode.table().data(), inode.recordAt(), 0);
    entries.remove(at);
  }

  /** Takes over the list that is on the image, head first, without changing it. */
  synchronized void adopt(List<Inode> onImage) {
    for (Inode inode : onImage) {
      entries.add(new Entry(inode));
    }
  }

  private int indexOf(Inode inode) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).inode == inode) {
        return i;
      }
    }
    return -1;
  }

  private static final class Entry {
    private final Inode inode;
    private int additions = 1;

    Entry(Inode inode) {
      this.inode = inode;
    }
  }
}
