package dev.diolab.engine.check;

import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.InodeRecord;

/** Where the record of an inode lies; inodes are numbered from 1. */
final class InodePlace {
  private InodePlace() {}

  /** The block of the inode table that holds the record of {@code inode}. */
  static long block(Geometry geometry, int inode) {
    return geometry.inodeTableStart() + (inode - 1L) * InodeRecord.BYTES / geometry.blockSize();
  }

  /** Offset of the record in that block. */
  static int recordAt(Geometry geometry, int inode) {
    return (int) ((inode - 1L) * InodeRecord.BYTES % geometry.blockSize());
  }
}
