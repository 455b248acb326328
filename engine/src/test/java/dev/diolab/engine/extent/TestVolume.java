package dev.diolab.engine.extent;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.format.BitmapBlock;
import dev.diolab.engine.format.BlockSeal;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.journal.BlockCache;
import dev.diolab.engine.journal.MetaBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A formatted image with one inode and its extent tree, without journal. */
final class TestVolume {
  private static final int ROOT_OFFSET = 100;
  private static final int JOURNAL_BLOCKS = 8;
  private static final BlockSeal NO_SEAL =
      new BlockSeal() {
        @Override
        public void seal(byte[] block, long number) {}

        @Override
        public void verify(byte[] block, long number) {}
      };

  final Geometry geometry;
  final BlockDevice device;
  BlockCache cache;
  Allocator allocator;
  RootView root;
  ExtentTree tree;

  private final Set<MetaBlock> dirty = new HashSet<>();

  /** What the last {@link #requireJournalled} saw. */
  private final Map<MetaBlock, byte[]> known = new HashMap<>();

  private final Set<MetaBlock> joinedSince = new HashSet<>();
  private final Set<MetaBlock> forgottenSince = new HashSet<>();

  private final List<TestHandle> uncommitted = new ArrayList<>();

  /** A volume with {@code groupBlocks} blocks, bitmaps included, after journal and inode table. */
  TestVolume(int blockSize, long groupBlocks) throws IOException {
    long overhead = 1 + JOURNAL_BLOCKS + 1;
    device = new MemoryDevice((overhead + groupBlocks) * blockSize);
    geometry = Geometry.of(blockSize, device.sizeBytes(), JOURNAL_BLOCKS, 1);
    for (int group = 0; group < geometry.groupCount(); group++) {
      byte[] bitmap = new byte[blockSize];
      BitmapBlock.init(bitmap, group, geometry.groupBlocks(group));
      writeSealed(geometry.bitmapBlock(group), bitmap, BitmapBlock.SEAL);
    }
    byte[] inodes = new byte[blockSize];
    ExtentTree.initRoot(inodes, ROOT_OFFSET);
    writeSealed(geometry.inodeTableStart(), inodes, NO_SEAL);
    open();
  }

  /** Forgets all that is in memory and reads the image. */
  void open() throws IOException {
    known.clear();
    cache = new BlockCache(device, geometry.blockSize());
    allocator = Allocator.load(cache, geometry);
    root = new RootView(cache.get(geometry.inodeTableStart(), NO_SEAL), ROOT_OFFSET);
    tree = new ExtentTree(cache, allocator, root, allocator.goalOf(0));
  }

  /** Writes all changed blocks home, sealed, as a checkpoint does. */
  void checkpoint() throws IOException {
    for (MetaBlock block : dirty) {
      writeSealed(block.number(), block.data().clone(), block.seal());
    }
    dirty.clear();
  }

  private void writeSealed(long number, byte[] data, BlockSeal seal) throws IOException {
    seal.seal(data, number);
    write(number, data);
  }

  void write(long number, byte[] data) throws IOException {
    device.write(MemorySegment.ofArray(data), 0, number * data.length, data.length);
  }

  byte[] read(long number) throws IOException {
    MemorySegment buffer = device.allocateBuffer(geometry.blockSize());
    device.read(buffer, 0, number * geometry.blockSize(), geometry.blockSize());
    return buffer.toArray(ValueLayout.JAVA_BYTE);
  }

  /** A step that changes metadata. */
  interface Change<T> {
    T apply(TestHandle handle) throws IOException;
  }

  /** Runs {@code change} with a handle of its own, which stays uncommitted. */
  <T> T change(int credits, Change<T> change) throws IOException {
    TestHandle handle = new TestHandle(credits);
    try {
      return change.apply(handle);
    } finally {
      handle.close();
      if (handle.hasActions()) {
        uncommitted.add(handle);
      }
      joinedSince.addAll(handle.joined());
      forgottenSince.addAll(handle.forgotten());
      dirty.addAll(handle.joined());
      handle.forgotten().forEach(dirty::remove);
    }
  }

  /**
   * Fails when one of {@code blocks}, all that are in use, was changed without having been joined
   * to a handle since the last call, or when one that is no longer among them was not forgotten.
   */
  void requireJournalled(List<MetaBlock> blocks) {
    Set<MetaBlock> gone = new HashSet<>();
    gone.addAll(known.keySet());
    for (MetaBlock block : blocks) {
      gone.remove(block);
      byte[] before = known.get(block);
      boolean changed = before == null ? !known.isEmpty() : !Arrays.equals(before, block.data());
      if (changed && !joinedSince.contains(block)) {
        throw new AssertionError(block + " was changed but not joined");
      }
      if (forgottenSince.contains(block)) {
        throw new AssertionError(block + " was forgotten but is in use");
      }
    }
    gone.removeAll(forgottenSince);
    if (!gone.isEmpty()) {
      throw new AssertionError("freed but not forgotten: " + gone);
    }
    joinedSince.clear();
    forgottenSince.clear();
    known.clear();
    blocks.forEach(block -> known.put(block, block.data().clone()));
  }

  /** Commits all handles so far. */
  void commit() {
    uncommitted.forEach(TestHandle::commit);
    uncommitted.clear();
  }

  /** Allocates one run and returns it. */
  Mapping allocate(long logical, long maxBlocks, ExtentState state) throws IOException {
    Mapping out = new Mapping();
    return change(
        tree.insertCredits(),
        handle -> {
          tree.allocate(handle, logical, maxBlocks, state, out);
          return out;
        });
  }

  /** Allocates the whole range, run by run. */
  void allocateAll(long logical, long blocks, ExtentState state) throws IOException {
    for (long done = 0; done < blocks; ) {
      done += allocate(logical + done, blocks - done, state).blocks();
    }
  }

  /** Converts the whole range, extent by extent. */
  void convertAll(long logical, long blocks) throws IOException {
    for (long done = 0; done < blocks; ) {
      done += convert(logical + done, blocks - done);
    }
  }

  /** Converts what lies in one extent and returns how much that was. */
  long convert(long logical, long blocks) throws IOException {
    return change(tree.convertCredits(), handle -> tree.convert(handle, logical, blocks));
  }

  /** Makes what lies in one extent unwritten and returns how much that was. */
  long unconvert(long logical, long blocks) throws IOException {
    return change(tree.convertCredits(), handle -> tree.unconvert(handle, logical, blocks));
  }

  /** Frees the range, with as many handles as it takes, and returns their number. */
  int punch(long from, long to) throws IOException {
    int handles = 0;
    boolean done = false;
    while (!done) {
      done = change(tree.punchCredits(), handle -> tree.punch(handle, from, to));
      handles++;
    }
    return handles;
  }

  /** Frees all from {@code logical} on, with as many handles as it takes. */
  void truncate(long logical) throws IOException {
    boolean done = false;
    while (!done) {
      done = change(tree.truncateCredits(), handle -> tree.truncateTail(handle, logical));
    }
  }

  Mapping map(long logical, long maxBlocks) throws IOException {
    Mapping out = new Mapping();
    tree.map(logical, maxBlocks, out);
    return out;
  }

  /** Takes blocks from the allocator for another file. */
  BlockRun take(long goal, long want) throws IOException {
    BlockRun run = new BlockRun();
    return change(
        1,
        handle -> {
          allocator.allocate(handle, goal, want, run);
          return run;
        });
  }

  /** Frees blocks of another file. */
  void free(long start, long count) throws IOException {
    change(
        1,
        handle -> {
          allocator.free(handle, start, count);
          return true;
        });
  }
}
