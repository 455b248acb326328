package dev.diolab.engine.file;

import dev.diolab.engine.cache.PagePool;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.extent.Allocator;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.Superblock;
import dev.diolab.engine.journal.BlockCache;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.Journal;
import dev.diolab.engine.journal.JournalAbortedException;
import dev.diolab.engine.journal.MetaBlock;
import dev.diolab.engine.journal.RecoverySummary;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Rules;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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
  private final MetaBlock superblock;
  private final boolean journalled;
  private final Journal journal;
  private final CommitGroup commits;
  private final ConversionGroup conversions = new ConversionGroup();
  private final OrphanList orphans;
  private final PagePool pagePool;
  private final PageCounts counts = new PageCounts();
  private final InodeTable inodes;
  private final RecoverySummary recovery;

  /** Written by the mounting thread before anybody else knows the volume. */
  private int orphansProcessed;

  private final CompletionWorkers completions;

  /** Null unless buffers in flight are checked. */
  private final @Nullable BuffersInFlight buffersInFlight;

  /** Contexts that are open. */
  private final AtomicInteger contexts = new AtomicInteger();

  /** Written by the one thread that unmounts. */
  private volatile boolean closed;

  /** Zeros for one transfer of what the policy zeroes, at least a block; never written to. */
  private final MemorySegment zeros;

  private Volume(
      BlockDevice device,
      byte[] superblockOnDevice,
      DioStrategy strategy,
      ConversionPolicy policy,
      MountOptions options,
      RecoverySummary recovery)
      throws IOException {
    this.device = device;
    this.geometry = Superblock.geometry(superblockOnDevice);
    this.strategy = strategy;
    this.rules = strategy.rules();
    this.policy = policy;
    this.completions = new CompletionWorkers(options.completionThreads());
    this.recovery = recovery;
    this.buffersInFlight = options.checksBuffers() ? new BuffersInFlight(device) : null;
    this.cache = new BlockCache(device, geometry.blockSize());
    this.allocator = Allocator.load(cache, geometry);
    int lazily = Math.min(policy.lazyZeroBlocks(), LazyZeroing.MOST_BYTES / geometry.blockSize());
    int mostZeros = Math.max(1, Math.max(policy.zeroAheadBlocks(), lazily));
    this.zeros = device.allocateBuffer((long) mostZeros * geometry.blockSize());
    this.superblock = cache.get(0, Superblock.SEAL);
    this.journalled = options.journalled();
    if (Superblock.isUnjournalled(superblock.data()) && !options.acceptsChecked()) {
      throw new NotUnmountedException();
    }
    if (!journalled) {
      UnjournalledMark.write(device, superblock, true);
    }
    this.journal = openJournal(options);
    this.commits = new CommitGroup(journal, policy.commitsTogether());
    this.orphans = new OrphanList(superblock);
    this.pagePool =
        new PagePool(
            device, options.pageCacheBytes(), options.journalOptions().commitInBackground());
    this.inodes = new InodeTable(this, geometry, Superblock.inodes(superblockOnDevice));
  }

  /**
   * As {@link #mount(BlockDevice, DioStrategy, ConversionPolicy, MountOptions)} with the defaults.
   */
  public static Volume mount(BlockDevice device, DioStrategy strategy, ConversionPolicy policy)
      throws IOException {
    return mount(device, strategy, policy, MountOptions.defaults());
  }

  /**
   * Mounts the image on {@code device}: replays its journal, then ends what a crash cut off. The
   * volume does not own the device.
   *
   * <p>A file whose extending write or truncate was cut off loses all blocks behind its size, also
   * those that fallocate put there (KEEP_SIZE), as in ext4.
   *
   * @throws IllegalArgumentException when the strategy does not {@link DioStrategy#takes take} the
   *     policy
   * @throws CorruptImageException when the device holds no sound image, or is shorter than its
   *     image
   * @throws NotUnmountedException when the last mount was one without a journal and did not end
   *     with an unmount, unless the options accept that
   * @throws IOException also when the device cannot transfer single blocks of the image
   */
  public static Volume mount(
      BlockDevice device, DioStrategy strategy, ConversionPolicy policy, MountOptions options)
      throws IOException {
    if (!strategy.takes(policy)) {
      throw new IllegalArgumentException(
          "strategy " + strategy.name() + " cannot be run with policy " + policy.name());
    }
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
    RecoverySummary recovery =
        Journal.recover(
            device, geometry.journalStart(), geometry.journalBlocks(), geometry.blockSize());
    Volume volume = new Volume(device, superblock, strategy, policy, options, recovery);
    try {
      volume.inodes.load();
      volume.orphansProcessed = OrphanRecovery.run(volume, volume.inodes, volume.superblock);
      volume.clearUnjournalledMark();
      volume.journal.commitAll();
    } catch (IOException | RuntimeException | Error e) {
      volume.closeAfter(e);
      throw e;
    }
    return volume;
  }

  /**
   * Creates an empty file.
   *
   * @throws ReadOnlyVolumeException when the journal has failed
   * @throws IOException also when all inodes are in use
   */
  public DioFile create() throws IOException {
    requireWritable();
    try {
      return new DioFile(inodes.create());
    } catch (JournalAbortedException e) {
      throw readOnly(e);
    }
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
   * @throws ReadOnlyVolumeException when the journal has failed
   * @throws IOException also when somebody else unlinked it first
   */
  public void unlink(int number) throws IOException {
    requireWritable();
    Inode inode = inodes.get(number);
    try {
      Truncation.unlink(inode);
    } catch (JournalAbortedException e) {
      throw readOnly(e);
    }
    inodes.release(inode);
  }

  /**
   * Whether the journal has failed: from then on every change and every fsync throws {@link
   * ReadOnlyVolumeException}, and reads go on, of everything that was written, durable or not.
   */
  public boolean isReadOnly() {
    return journal.failure() != null;
  }

  /** A buffer for requests on this volume. */
  public MemorySegment allocateBuffer(long bytes) {
    return device.allocateBuffer(bytes);
  }

  /**
   * Opens a context for asynchronous requests of the calling thread.
   *
   * @param depth most transfers in flight, at least 1; a request of several runs of blocks takes as
   *     many. When as many are in flight, a submission waits for one of them
   * @throws IOException when the device has no queue to give
   * @throws IllegalStateException when the volume is closed
   */
  public AioContext openContext(int depth) throws IOException {
    if (closed) {
      throw new IllegalStateException("the volume is closed");
    }
    AioContext context = new AioContext(this, depth);
    contexts.incrementAndGet();
    return context;
  }

  /** Size of a block in bytes. */
  public int blockSize() {
    return geometry.blockSize();
  }

  /** Blocks that no file uses; those freed by transactions that are not committed do not count. */
  public long freeBlocks() {
    return allocator.freeBlocks();
  }

  /** Whether metadata is logged: see {@link MountOptions#withoutJournal}. */
  public boolean isJournalled() {
    return journalled;
  }

  /** What the journal and the page caches did since the mount. */
  public VolumeCounters counters() {
    return new VolumeCounters(
        journal.counters().commits(),
        journal.counters().blocksLogged(),
        counts.pagesRead.sum(),
        counts.pagesWritten.sum(),
        counts.failedInvalidations.sum(),
        counts.fallbacks.sum(),
        counts.bytesZeroedAhead.sum(),
        counts.conversionsInPlace.sum(),
        counts.conversionsLogged.sum(),
        counts.bytesZeroed.sum());
  }

  /** What the recovery of this mount found in the journal and did. */
  public RecoverySummary recovery() {
    return recovery;
  }

  /** Files whose extending write, truncate or unlink this mount had to end. */
  public int orphansProcessed() {
    return orphansProcessed;
  }

  /** The locking strategy of this mount. */
  public DioStrategy strategy() {
    return strategy;
  }

  /** The conversion policy of this mount. */
  public ConversionPolicy policy() {
    return policy;
  }

  /**
   * Makes everything that was written durable: writes dirty pages out, commits, writes all metadata
   * home, flushes the data, and leaves an empty journal, or, without a journal, the note that the
   * image was unmounted. The device stays open. Closing twice is harmless.
   *
   * @throws IllegalStateException when an {@link AioContext} of the volume is open
   * @throws ReadOnlyVolumeException when the journal failed before or fails now: the volume is
   *     closed all the same and its commit thread has ended, but what was not durable is lost
   * @throws IOException when the device fails to take a dirty page: the volume is closed all the
   *     same, without that data; or to flush, or to write that note: the metadata is on the image,
   *     but data that no fsync made durable may be lost, and without a journal the next mount wants
   *     the image checked
   * @throws AssertionError as {@link DioFile#fsync}, after all else
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    if (contexts.get() > 0) {
      throw new IllegalStateException(
          contexts.get() + " contexts for asynchronous requests are open: close them first");
    }
    closed = true;
    for (int number : inodes.numbers()) {
      inodes.get(number).lazyZeroing().stop();
    }
    completions.close();
    pagePool.close();
    IOException lost = writePages();
    try {
      journal.close();
    } catch (JournalAbortedException e) {
      throw ReadOnlyVolumeException.unmounted(e.failure(), journalled);
    }
    device.flush();
    if (!journalled) {
      UnjournalledMark.write(device, superblock, false);
    }
    if (lost instanceof BrokenException broken) {
      throw broken.told();
    }
    if (lost != null) {
      throw lost;
    }
  }

  /** Writes the pages of all files out; the first failure, or null. */
  private @Nullable IOException writePages() {
    IOException first = null;
    for (int number : inodes.numbers()) {
      try {
        inodes.get(number).writePages();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    return first;
  }

  /**
   * Ends the commit thread of a volume that cannot be mounted because of {@code cause}; a mark of a
   * mount without a journal stays.
   */
  private void closeAfter(Throwable cause) {
    pagePool.close();
    try {
      journal.close();
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** Throws when the journal has failed; one volatile read. */
  void requireWritable() throws ReadOnlyVolumeException {
    Throwable failure = journal.failure();
    if (failure != null) {
      throw ReadOnlyVolumeException.refused(failure, journalled);
    }
  }

  /** What the user of the volume is told when the journal stopped an operation. */
  ReadOnlyVolumeException readOnly(JournalAbortedException stop) {
    return ReadOnlyVolumeException.refused(stop.failure(), journalled);
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

  PageCounts counts() {
    return counts;
  }

  PagePool pagePool() {
    return pagePool;
  }

  CompletionWorkers completions() {
    return completions;
  }

  /** The buffers in flight, if they are checked. */
  @Nullable BuffersInFlight buffersInFlight() {
    return buffersInFlight;
  }

  CommitGroup commits() {
    return commits;
  }

  ConversionGroup conversionGroup() {
    return conversions;
  }

  /** A context was closed. */
  void contextClosed() {
    contexts.decrementAndGet();
  }

  OrphanList orphans() {
    return orphans;
  }

  /** Writes zeros, in as many transfers as {@link #zeros} is too short for. */
  void writeZeros(long deviceOffset, long bytes) throws IOException {
    long done = 0;
    while (done < bytes) {
      int next = (int) Math.min(bytes - done, zeros.byteSize());
      device.write(zeros, 0, deviceOffset + done, next);
      counts.bytesZeroed.add(next);
      done += next;
    }
  }

  private Journal openJournal(MountOptions options) throws IOException {
    long first = geometry.journalStart();
    int blocks = geometry.journalBlocks();
    return options.journalled()
        ? Journal.open(device, cache, first, blocks, options.journalOptions())
        : Journal.openWithoutLog(device, cache, first, blocks, options.journalOptions());
  }

  /** The image has a journal again, or for the first time. */
  private void clearUnjournalledMark() throws IOException {
    if (journalled && Superblock.isUnjournalled(superblock.data())) {
      try (Handle handle = journal.start(1)) {
        handle.modify(superblock);
        Superblock.putUnjournalled(superblock.data(), false);
      }
    }
  }
}
