package dev.diolab.engine.file;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.extent.ExtentTree;
import dev.diolab.engine.format.BitmapBlock;
import dev.diolab.engine.format.BlockSeal;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.InodeRecord;
import dev.diolab.engine.format.Poison;
import dev.diolab.engine.format.Superblock;
import dev.diolab.engine.journal.Journal;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * mkfs: makes an empty volume on a device.
 *
 * <p>{@link #poison} writes every byte of the device, so that the file below is fully allocated and
 * written, the host's file system sees pure overwrites from then on, and stale data is recognised.
 * {@link #format} writes only metadata and is enough for an image that was poisoned before.
 */
public final class VolumeFormatter {
  private static final int CHUNK_BYTES = 1 << 20;

  private VolumeFormatter() {}

  /**
   * Fills the device with the poison pattern. What was on it is lost from the first moment: the
   * superblock goes first.
   *
   * @throws IOException when the device fails; the device then holds no volume
   */
  public static void poison(BlockDevice device, FormatProgress progress) throws IOException {
    MemorySegment chunk = device.allocateBuffer(CHUNK_BYTES);
    Poison.fill(chunk);
    long total = device.sizeBytes() / device.offsetAlignment() * device.offsetAlignment();
    for (long at = 0; at < total; at += CHUNK_BYTES) {
      int bytes = (int) Math.min(CHUNK_BYTES, total - at);
      device.write(chunk, 0, at, bytes);
      progress.written(at + bytes, total);
    }
    device.flush();
  }

  /**
   * Writes an empty volume; blocks outside its metadata keep their contents. An image that a crash
   * leaves in between is still {@link #isOurs}, and no mount takes it.
   *
   * @throws IllegalArgumentException when the device is too small for the options, cannot transfer
   *     single blocks, or the journal is too small; nothing is written then
   */
  public static void format(BlockDevice device, VolumeOptions options) throws IOException {
    Geometry geometry = options.geometry(device.sizeBytes());
    requireUsable(device, geometry);
    MetadataWriter writer = new MetadataWriter(device, geometry.blockSize());
    writer.writeUnfinished();
    device.flush();
    for (int i = 0; i < geometry.inodeTableBlocks(); i++) {
      byte[] block = new byte[geometry.blockSize()];
      InodeRecord.initBlock(block);
      writer.write(block, geometry.inodeTableStart() + i, InodeRecord.SEAL);
    }
    for (int group = 0; group < geometry.groupCount(); group++) {
      byte[] block = new byte[geometry.blockSize()];
      BitmapBlock.init(block, group, geometry.groupBlocks(group));
      writer.write(block, geometry.bitmapBlock(group), BitmapBlock.SEAL);
    }
    Journal.format(device, geometry.journalStart(), geometry.journalBlocks(), geometry.blockSize());
    device.flush();
    byte[] block = new byte[geometry.blockSize()];
    Superblock.init(block, geometry, options.inodes());
    writer.write(block, 0, Superblock.SEAL);
    device.flush();
  }

  /** Whether {@code device} starts with the magic number of this project's images, sound or not. */
  public static boolean isOurs(BlockDevice device) throws IOException {
    return device.sizeBytes() >= Geometry.MAX_BLOCK_SIZE
        && Superblock.isOurs(readSuperblock(device));
  }

  /**
   * Whether {@code device} holds an image that {@link #format} with {@code options} would lay out
   * the same way.
   *
   * @throws CorruptImageException when it holds one of ours that is damaged or truncated
   */
  public static boolean matches(BlockDevice device, VolumeOptions options) throws IOException {
    if (!isOurs(device)) {
      return false;
    }
    byte[] superblock = readSuperblock(device);
    Superblock.SEAL.verify(superblock, 0);
    Geometry found = Superblock.geometry(superblock);
    long needed = found.blocks() * found.blockSize();
    if (device.sizeBytes() < needed) {
      throw new CorruptImageException(
          "the image is truncated: its superblock tells "
              + needed
              + " bytes, the file has "
              + device.sizeBytes());
    }
    return found.equals(options.geometry(device.sizeBytes()))
        && Superblock.inodes(superblock) == options.inodes();
  }

  /**
   * Checks that {@code device} can transfer single blocks and that every change of an extent tree
   * fits into a transaction: one that does not would fail only when a file is fragmented enough.
   */
  static void requireUsable(BlockDevice device, Geometry geometry) {
    int blocks = geometry.journalBlocks();
    int credits = Journal.maxCredits(device, geometry.journalStart(), blocks, geometry.blockSize());
    if (credits < ExtentTree.MAX_CREDITS) {
      throw new IllegalArgumentException(
          "journal of "
              + blocks
              + " blocks is too small: a handle can join "
              + credits
              + " blocks, a change of the deepest extent tree joins "
              + ExtentTree.MAX_CREDITS);
    }
  }

  /** The bytes of the largest possible block 0, not verified. */
  static byte[] readSuperblock(BlockDevice device) throws IOException {
    int bytes = Geometry.MAX_BLOCK_SIZE;
    if (device.sizeBytes() < bytes) {
      throw new CorruptImageException(
          "no image: the device has " + device.sizeBytes() + " bytes, a superblock needs " + bytes);
    }
    MemorySegment buffer = device.allocateBuffer(bytes);
    device.read(buffer, 0, 0, bytes);
    return buffer.toArray(ValueLayout.JAVA_BYTE);
  }

  /** Seals and writes single blocks. */
  private static final class MetadataWriter {
    private final BlockDevice device;
    private final MemorySegment buffer;

    MetadataWriter(BlockDevice device, int blockSize) {
      this.device = device;
      this.buffer = device.allocateBuffer(blockSize);
    }

    /** Until the new superblock stands, an old one would vouch for a mixture of two volumes. */
    void writeUnfinished() throws IOException {
      byte[] block = new byte[(int) buffer.byteSize()];
      Superblock.initUnfinished(block);
      write(block, 0);
    }

    void write(byte[] block, long number, BlockSeal seal) throws IOException {
      seal.seal(block, number);
      write(block, number);
    }

    private void write(byte[] block, long number) throws IOException {
      MemorySegment.copy(block, 0, buffer, ValueLayout.JAVA_BYTE, 0, block.length);
      device.write(buffer, 0, number * block.length, block.length);
    }
  }
}
