package dev.diolab.engine.file;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.extent.Allocator;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.Superblock;
import dev.diolab.engine.journal.BlockCache;
import dev.diolab.engine.journal.Journal;
import dev.diolab.engine.journal.MetaBlock;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Rules;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A mounted image: files, their journal and allocator, under one locking strategy and one
 * conversion policy.
 *
 * <p>Thread safety: all methods may be called at once, except {@link #close}, which must be the
 * last.
 */
public final class Volume implements AutoCloseable {
  private final BlockDevice device;
  private final Geometry geometry;
  private final DioStrategy strategy;
  private final Rules rules;
  private final ConversionPolicy policy;
  private final BlockCache cache;
  private final Allocator allocator;
  private final Journal journal;
  private final OrphanList orphans;
  private final InodeTable inodes;

  /** One block of zeros, never written to. */
  private final MemorySegment zeros;

  private Volume(
      BlockDevice device, byte[] superblock, DioStrategy strategy, ConversionPolicy policy)
      throws IOException {
    this.device = device;
    this.geometry = Superblock.geometry(superblock);
    this.strategy = strategy;
    this.rules = strategy.rules();
    this.policy = policy;
    this.cache = new BlockCache(device, geometry.blockSize());
    this.allocator = Allocator.load(cache, geometry);
    this.zeros = device.allocateBuffer(geometry.blockSize());
    MetaBlock superblockInCache = cache.get(0, Superblock.SEAL);
    this.journal = Journal.open(device, cache, geometry.journalStart(), geometry.journalBlocks());
    this.orphans = new OrphanList(superblockInCache);
    this.inodes = new InodeTable(this, geometry, Superblock.inodes(superblock));
  }

  /**
   * Mounts the image on {@code device}: replays its journal, then ends what a crash cut off. The
   * volume does not own the device.
   *
   * @throws CorruptImageException when the device holds no sound image, or is shorter than its
   *     image
   * @throws IOException also when the device cannot transfer single blocks of the image
   */
  public static Volume mount(BlockDevice device, DioStrategy strategy, ConversionPolicy policy)
      throws IOException {
    byte[] superblock = VolumeFormatter.readSuperblock(device);
    Superblock.SEAL.verify(superblock, 0);
    Geometry geometry = Superblock.geometry(superblock);
    long needed = geometry.blocks() * geometry.blockSize();
    if (device.sizeBytes() < needed) {
      throw new CorruptImageException(
          "the image is truncated: its superblock tells "
              + needed
              + " bytes, the device has "
              + device.sizeBytes());
    }
    try {
      VolumeFormatter.requireUsable(device, geometry);
    } catch (IllegalArgumentException e) {
      throw new IOException("the image cannot be used on this device: " + e.getMessage(), e);
    }
    Journal.recover(
        device, geometry.journalStart(), geometry.journalBlocks(), geometry.blockSize());
    Volume volume = new Volume(device, superblock, strategy, policy);
    try {
      volume.inodes.load();
      volume.recoverOrphans();
    } catch (IOException | RuntimeException | Error e) {
      volume.closeAfter(e);
      throw e;
    }
    return volume;
  }

  /** Creates an empty file. */
  public DioFile create() throws IOException {
    return new DioFile(inodes.create());
  }

  /**
   * Opens the file with inode {@code number}.
   *
   * @throws IOException when there is none
   */
  public DioFile open(int number) throws IOException {
    return new DioFile(inodes.get(number));
  }

  /** The numbers of all files, ascending; each can be opened until it is unlinked. */
  public List<Integer> inodeNumbers() {
    return inodes.numbers();
  }

  /**
   * Frees the file with inode {@code number} after its requests in flight; later requests on it
   * fail.
   *
   * @throws IOException also when somebody else unlinked it first
   */
  public void unlink(int number) throws IOException {
    Inode inode = inodes.get(number);
    Truncation.unlink(inode);
    inodes.release(inode);
  }

  /** A buffer for requests on this volume. */
  public MemorySegment allocateBuffer(long bytes) {
    return device.allocateBuffer(bytes);
  }

  /** Size of a block in bytes. */
  public int blockSize() {
    return geometry.blockSize();
  }

  /** Blocks that no file uses; those freed by transactions that are not committed do not count. */
  public long freeBlocks() {
    return allocator.freeBlocks();
  }

  /** What the journal did since the mount. */
  public VolumeCounters counters() {
    return new VolumeCounters(journal.counters().commits(), journal.counters().blocksLogged());
  }

  /** The locking strategy of this mount. */
  public DioStrategy strategy() {
    return strategy;
  }

  /** The conversion policy of this mount. */
  public ConversionPolicy policy() {
    return policy;
  }

  /** Commits, writes all metadata home and leaves an empty journal. The device stays open. */
  @Override
  public void close() throws IOException {
    journal.close();
  }

  /** Ends the commit thread of a volume that cannot be mounted because of {@code cause}. */
  private void closeAfter(Throwable cause) {
    try {
      close();
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  Rules rules() {
    return rules;
  }

  BlockDevice device() {
    return device;
  }

  BlockCache cache() {
    return cache;
  }

  Allocator allocator() {
    return allocator;
  }

  Journal journal() {
    return journal;
  }

  OrphanList orphans() {
    return orphans;
  }

  /** Writes up to one block of zeros. */
  void writeZeros(long deviceOffset, int bytes) throws IOException {
    device.write(zeros, 0, deviceOffset, bytes);
  }

  private void recoverOrphans() throws IOException {
    List<Inode> found = new ArrayList<>();
    int number = Superblock.orphanHead(cache.get(0, Superblock.SEAL).data());
    while (number != 0) {
      Inode inode = inodes.getOrphan(number);
      if (found.contains(inode)) {
        throw new CorruptImageException("orphan list: inode " + number + " is on it twice");
      }
      found.add(inode);
      number = inode.orphanNext();
    }
    orphans.adopt(found);
    for (Inode inode : found) {
      Truncation.recover(inode);
      if (inode.isRecordFree()) {
        inodes.release(inode);
      }
    }
    journal.commitAll();
  }
}
