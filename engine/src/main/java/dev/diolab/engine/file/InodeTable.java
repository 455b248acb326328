package dev.diolab.engine.file;

import dev.diolab.engine.extent.ExtentTree;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.InodeRecord;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.MetaBlock;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The inodes of a volume, numbered from 1.
 *
 * <p>Thread safety: all methods may be called at once.
 */
final class InodeTable {
  private final Volume volume;
  private final Geometry geometry;

  /** Inodes in use, by number minus 1. [this] */
  private final @Nullable Inode[] inodes;

  InodeTable(Volume volume, Geometry geometry, int count) {
    this.volume = volume;
    this.geometry = geometry;
    this.inodes = new @Nullable Inode[count];
  }

  /**
   * Brings all inodes in use into memory.
   *
   * @throws CorruptImageException when one has a size that no file can have
   */
  synchronized void load() throws IOException {
    for (int number = 1; number <= inodes.length; number++) {
      MetaBlock block = blockOf(number);
      if (InodeRecord.inUse(block.data(), recordAt(number))) {
        requireSize(number, block);
        inodes[number - 1] = new Inode(volume, number, block, recordAt(number));
      }
    }
  }

  private void requireSize(int number, MetaBlock block) throws CorruptImageException {
    try {
      InodeRecord.requireSize(block.data(), recordAt(number));
    } catch (CorruptImageException e) {
      throw new CorruptImageException("inode " + number + ": " + e.getMessage());
    }
  }

  /** Makes a new empty inode. */
  synchronized Inode create() throws IOException {
    int number = firstFree();
    MetaBlock block = blockOf(number);
    int at = recordAt(number);
    Inode inode;
    try (Handle handle = volume.journal().start(1)) {
      handle.modify(block);
      InodeRecord.create(block.data(), at);
      ExtentTree.initRoot(block.data(), at + InodeRecord.ROOT_AT);
      inode = new Inode(volume, number, block, at);
      inode.createdIn(handle);
    }
    inodes[number - 1] = inode;
    return inode;
  }

  /** The inode {@code number}. */
  synchronized Inode get(int number) throws IOException {
    Inode inode = number < 1 || number > inodes.length ? null : inodes[number - 1];
    if (inode == null) {
      throw new IOException("no such inode: " + number + " (1 to " + inodes.length + " exist)");
    }
    return inode;
  }

  /** The numbers of all inodes in use, ascending. */
  synchronized List<Integer> numbers() {
    return IntStream.rangeClosed(1, inodes.length)
        .filter(number -> inodes[number - 1] != null)
        .boxed()
        .toList();
  }

  /** The inode {@code number} that the orphan list of the image names. */
  synchronized Inode getOrphan(int number) throws CorruptImageException {
    Inode inode = number < 1 || number > inodes.length ? null : inodes[number - 1];
    if (inode == null) {
      throw new CorruptImageException("orphan list: inode " + number + " is not in use");
    }
    return inode;
  }

  /** Forgets an inode whose record is free again. */
  synchronized void release(Inode inode) {
    inodes[inode.number() - 1] = null;
  }

  private int firstFree() throws IOException {
    for (int i = 0; i < inodes.length; i++) {
      if (inodes[i] == null) {
        return i + 1;
      }
    }
    throw new IOException("all " + inodes.length + " inodes of the volume are in use");
  }

  private MetaBlock blockOf(int number) throws IOException {
    long byteInTable = (long) (number - 1) * InodeRecord.BYTES;
    long block = geometry.inodeTableStart() + byteInTable / geometry.blockSize();
    return volume.cache().get(block, InodeRecord.SEAL);
  }

  private int recordAt(int number) {
    return (int) ((long) (number - 1) * InodeRecord.BYTES % geometry.blockSize());
  }
}
