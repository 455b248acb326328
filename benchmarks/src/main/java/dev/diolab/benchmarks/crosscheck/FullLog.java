package dev.diolab.benchmarks.crosscheck;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.BlockSeal;
import dev.diolab.engine.format.Bytes;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.Poison;
import dev.diolab.engine.journal.BlockCache;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.Journal;
import dev.diolab.engine.journal.JournalOptions;
import dev.diolab.engine.journal.MetaBlock;
import dev.diolab.engine.journal.RecoverySummary;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A journal that is full of committed transactions of which nothing is home yet: what recovery
 * meets at worst.
 *
 * <p>The engine's own journal writes the log. Each transaction changes some of the few blocks that
 * nearly every conversion changes (bitmaps, inode table), and more of the many that few do (nodes
 * of extent trees). Where these lie is random, so that hardly two are neighbours.
 *
 * <p>Thread safety: none.
 */
final class FullLog {
  private static final int HOT_BLOCKS = 64;
  private static final int COLD_BLOCKS = 2496;
  private static final int MOST_CHANGES = 24;
  private static final int HOT_CHANGES = 4;

  /** A descriptor and a commit record stand around the copies of a transaction. */
  private static final int FRAME_BLOCKS = 2;

  /** The blocks carry no checksum of their own: recovery does not look into them. */
  private static final BlockSeal NO_SEAL =
      new BlockSeal() {
        @Override
        public void seal(byte[] block, long number) {}

        @Override
        public void verify(byte[] block, long number) {}
      };

  private final BlockDevice device;
  private final Geometry geometry;
  private final SplittableRandom random;
  private final MemorySegment oneBlock;
  private final byte[] superblock;
  private MetaBlock[] homes = {};
  private long transactions;

  private FullLog(BlockDevice device, Geometry geometry, long seed) {
    this.device = device;
    this.geometry = geometry;
    this.random = new SplittableRandom(seed);
    this.oneBlock = device.allocateBuffer(geometry.blockSize());
    this.superblock = new byte[geometry.blockSize()];
  }

  /**
   * Fills the journal of the empty volume of {@code geometry} on {@code device}; what the homes
   * hold is lost.
   */
  static FullLog write(BlockDevice device, Geometry geometry, long seed) throws IOException {
    FullLog log = new FullLog(device, geometry, seed);
    log.read(geometry.journalStart(), log.superblock);
    log.fill();
    log.restore();
    return log;
  }

  /** First byte of the log, behind the journal's superblock. */
  long offset() {
    return (geometry.journalStart() + 1) * geometry.blockSize();
  }

  /** Length of the log in bytes. */
  long bytes() {
    return (geometry.journalBlocks() - 1L) * geometry.blockSize();
  }

  /** Makes the journal full again after a recovery, and poisons the homes. */
  void restore() throws IOException {
    Poison.fill(oneBlock);
    for (MetaBlock home : homes) {
      device.write(oneBlock, 0, home.number() * geometry.blockSize(), geometry.blockSize());
    }
    MemorySegment.copy(superblock, 0, oneBlock, ValueLayout.JAVA_BYTE, 0, superblock.length);
    device.write(oneBlock, 0, geometry.journalStart() * geometry.blockSize(), geometry.blockSize());
    device.flush();
  }

  /** Recovers the journal. */
  RecoverySummary recover() throws IOException {
    return Journal.recover(
        device, geometry.journalStart(), geometry.journalBlocks(), geometry.blockSize());
  }

  /**
   * Checks that a recovery found every transaction and brought the newest copy of every block home.
   *
   * @throws IOException when it did not
   */
  void requireRecovered(RecoverySummary summary) throws IOException {
    if (summary.transactions() != transactions || summary.blocksWritten() != homes.length) {
      throw new IOException(
          "recovery found "
              + summary
              + ", but the log holds "
              + transactions
              + " transactions of "
              + homes.length
              + " blocks");
    }
    byte[] found = new byte[geometry.blockSize()];
    for (MetaBlock home : homes) {
      read(home.number(), found);
      if (!Arrays.equals(found, home.data())) {
        throw new IOException("recovery left block " + home.number() + " with other contents");
      }
    }
  }

  private void fill() throws IOException {
    BlockDevice logOnly = new LogOnlyDevice(device, offset(), offset() + bytes());
    BlockCache cache = new BlockCache(logOnly, geometry.blockSize());
    MetaBlock[] population =
        numbers().mapToObj(number -> cache.fresh(number, NO_SEAL)).toArray(MetaBlock[]::new);
    try (Journal journal =
        Journal.open(
            logOnly,
            cache,
            geometry.journalStart(),
            geometry.journalBlocks(),
            JournalOptions.withoutCommitThread())) {
      int most = Math.min(MOST_CHANGES, journal.maxCredits());
      long room = geometry.journalBlocks() - 1L;
      while (room > FRAME_BLOCKS) {
        transactions++;
        change(journal, population, (int) Math.min(1 + random.nextInt(most), room - FRAME_BLOCKS));
        room = geometry.journalBlocks() - 1L - journal.counters().blocksLogged();
      }
    }
    homes =
        Arrays.stream(population)
            .filter(block -> Bytes.getLong(block.data(), 0) != 0)
            .toArray(MetaBlock[]::new);
  }

  /** Random blocks of the groups, all different; fewer where the image is small. */
  private LongStream numbers() {
    return random
        .longs(geometry.groupsStart(), geometry.blocks())
        .distinct()
        .limit(
            Math.min(HOT_BLOCKS + COLD_BLOCKS, (geometry.blocks() - geometry.groupsStart()) / 2));
  }

  private void change(Journal journal, MetaBlock[] population, int blocks) throws IOException {
    long tid;
    try (Handle handle = journal.start(blocks)) {
      for (int i = 0; i < blocks; i++) {
        int among = i < HOT_CHANGES ? HOT_BLOCKS : population.length;
        MetaBlock block = population[random.nextInt(among)];
        handle.modify(block);
        for (int at = 0; at < geometry.blockSize(); at += Long.BYTES) {
          Bytes.putLong(block.data(), at, block.number() * at + handle.tid());
        }
      }
      tid = handle.tid();
    }
    journal.commit(tid);
  }

  private void read(long number, byte[] block) throws IOException {
    device.read(oneBlock, 0, number * geometry.blockSize(), block.length);
    MemorySegment.copy(oneBlock, ValueLayout.JAVA_BYTE, 0, block, 0, block.length);
  }
}
