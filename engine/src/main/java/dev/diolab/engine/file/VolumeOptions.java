package dev.diolab.engine.file;

import dev.diolab.engine.format.Geometry;

/**
 * What mkfs may choose.
 *
 * @param blockSize bytes of a block: 1024, 2048 or 4096
 * @param journalBlocks blocks of the journal
 * @param inodes number of files that the volume can hold
 */
public record VolumeOptions(int blockSize, int journalBlocks, int inodes) {

  /** 4 KiB blocks, a journal of 64 MiB, 1024 inodes. */
  public static VolumeOptions defaults() {
    return new VolumeOptions(4096, 16384, 1024);
  }

  /** The same with another journal. */
  public VolumeOptions withJournalBlocks(int blocks) {
    return new VolumeOptions(blockSize, blocks, inodes);
  }

  /** The same with other blocks. */
  public VolumeOptions withBlockSize(int bytes) {
    return new VolumeOptions(bytes, journalBlocks, inodes);
  }

  Geometry geometry(long deviceBytes) {
    return Geometry.of(blockSize, deviceBytes, journalBlocks, inodes);
  }
}
