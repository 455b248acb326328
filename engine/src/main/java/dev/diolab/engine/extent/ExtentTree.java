package dev.diolab.engine.extent;

import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.ExtentNode;
import dev.diolab.engine.journal.BlockCache;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.MetaBlock;
import java.io.IOException;

/**
 * Which blocks a file owns and in what state: ext4's extent tree, a B+tree with 4 entries in the
 * inode and as many in each further node as a block holds.
 *
 * <p>A tree is edited so that no two neighbouring extents could be one: without that, a file that
 * was preallocated and is written in small pieces keeps one extent for each write (seeds/000,
 * Wohlgemuth).
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>The caller holds the inode's i_data_sem: shared for {@link #map}, {@link #count}, {@link
 *       #depth} and {@link #forEach}, exclusive for {@link #allocate}, {@link #convert}, {@link
 *       #convertInRoot}, {@link #unconvert}, {@link #punch} and {@link #truncateTail}.
 *   <li>The handle of a mutating call has at least the credits that {@link #insertCredits}, {@link
 *       #convertCredits} (also for {@link #unconvert}), {@link #punchCredits} or {@link
 *       #truncateCredits} states under i_data_sem. They may be asked without it to start the
 *       handle; the tree can grow until the lock is held, so the caller compares {@link
 *       Handle#creditsLeft} with them again.
 *   <li>There is one tree object for an inode.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>A look-up visits one node a level, and allocates nothing and takes no lock when they are
 *       cached.
 *   <li>An allocation or conversion that throws {@link NoSpaceException}, or an {@link IOException}
 *       because a node cannot be read, has changed neither the tree nor the bitmaps; a truncation
 *       or punch leaves a whole tree without what it freed so far. After a {@link
 *       CorruptImageException} on freeing, the inode must not be used any more.
 *   <li>A call that finds too few credits throws AssertionError before it changes anything.
 * </ol>
 */
public final class ExtentTree {
  /**
   * Most credits that any call asks for: an {@link #allocate} or {@link #punch} in the deepest
   * tree.
   */
  public static final int MAX_CREDITS = 3 + 3 * ExtentNode.MAX_DEPTH + 3 * ExtentNode.MAX_DEPTH + 2;

  private final BlockCache cache;
  private final Allocator allocator;
  private final RootView root;
  private final long goal;

  /** Scratch of the mutating calls. [i_data_sem exclusive] */
  private final ExtentPath path;

  private final ExtentPieces pieces = new ExtentPieces();
  private final BlockRun run = new BlockRun();
  private final NodeSplit split;
  private final LeafEdit edit;

  /**
   * The tree whose root is at {@code root}.
   *
   * @param goal where the blocks of a file that has none yet should begin, see {@link
   *     Allocator#goalOf}
   * @throws CorruptImageException when there is no valid root
   */
  public ExtentTree(BlockCache cache, Allocator allocator, RootView root, long goal)
      throws CorruptImageException {
    ExtentNode.verifyRoot(root.block().data(), root.offset(), root.block().number());
    this.cache = cache;
    this.allocator = allocator;
    this.root = root;
    this.goal = goal;
    this.path = new ExtentPath(cache, root);
    this.split = new NodeSplit(cache, allocator, goal);
    this.edit = new LeafEdit(new NodeRemoval(cache, allocator, root), new ExtentPath(cache, root));
  }

  /** Writes the root of an empty tree, {@link ExtentNode#ROOT_BYTES} long, into an inode record. */
  public static void initRoot(byte[] block, int offset) {
    ExtentNode.init(block, offset, ExtentNode.ROOT_ENTRIES, 0);
  }

  /**
   * Looks up the run of blocks of one state that begins at {@code logical}: the rest of its extent,
   * or the hole up to the next extent, but not more than {@code maxBlocks}. Neighbouring extents
   * are not put together.
   *
   * @throws CorruptImageException when the blocks do not lie where data can be
   */
  public void map(long logical, long maxBlocks, Mapping out) throws IOException {
    requireRange(logical, maxBlocks);
    byte[] data = root.block().data();
    int node = root.offset();
    long next = ExtentNode.MAX_LOGICAL_BLOCKS;
    while (true) {
      int entry = ExtentNode.search(data, node, logical);
      if (entry + 1 < ExtentNode.entries(data, node)) {
        next = ExtentNode.logical(data, node, entry + 1);
      }
      if (entry < 0) {
        break;
      }
      if (ExtentNode.depth(data, node) == 0) {
        long skip = logical - ExtentNode.logical(data, node, entry);
        long rest = ExtentNode.length(data, node, entry) - skip;
        if (rest <= 0) {
          break;
        }
        long physical = ExtentNode.physical(data, node, entry) + skip;
        allocator.requireInGroups(logical, physical, rest);
        out.set(
            logical,
            physical,
            Math.min(rest, maxBlocks),
            ExtentNode.isUnwritten(data, node, entry)
                ? ExtentState.UNWRITTEN
                : ExtentState.WRITTEN);
        return;
      }
      data = ExtentPath.child(cache, data, node, entry).data();
      node = 0;
    }
    out.set(logical, 0, Math.min(next - logical, maxBlocks), ExtentState.HOLE);
  }

  /**
   * Gives a hole blocks: a run from {@code logical} on of at least one and at most {@code
   * maxBlocks}, limited by the hole, the longest extent of {@code state} and what one free run
   * gives. It is joined with its neighbours where possible. {@code out} gets the run.
   *
   * <p>The run goes where the neighbouring extent would put these blocks if it reached here, as in
   * ext4, so that a hole that is filled in any order ends up contiguous.
   *
   * @throws NoSpaceException when the volume is full; nothing has changed
   * @throws AssertionError when {@code logical} is not in a hole
   */
  public void allocate(Handle handle, long logical, long maxBlocks, ExtentState state, Mapping out)
      throws IOException {
    requireRange(logical, maxBlocks);
    requireCredits(handle, insertCredits());
    if (state == ExtentState.HOLE) {
      throw new AssertionError("allocation of a hole at " + logical);
    }
    boolean unwritten = state == ExtentState.UNWRITTEN;
    path.find(logical);
    if (path.covers(logical)) {
      throw new AssertionError("allocation at " + logical + ", which is not in a hole");
    }
    edit.load(path);
    long want = Math.min(maxBlocks, path.nextLogical() - logical);
    allocator.allocate(
        handle, goalOf(logical), Math.min(want, ExtentPieces.maxBlocks(unwritten)), run);
    pieces.gatherInsert(path, logical, run, unwritten);
    if (!fits()) {
      try {
        split.makeRoom(handle, path, logical);
      } catch (IOException e) {
        allocator.cancel(handle, run.start(), run.count());
        throw e;
      }
      pieces.gatherInsert(path, logical, run, unwritten);
    }
    edit.apply(handle, path, pieces);
    out.set(logical, run.start(), run.count(), state);
  }

  /**
   * Makes unwritten blocks written, from {@code logical} on, within the extent that holds it. A
   * written extent stays as it is. The caller repeats the call for the rest.
   *
   * @return number of blocks that are written now, from 1 to {@code blocks}
   * @throws NoSpaceException when the extent must be cut and the volume has no block for a new
   *     node; nothing has changed
   * @throws AssertionError when {@code logical} is in a hole
   */
  public long convert(Handle handle, long logical, long blocks) throws IOException {
    requireRange(logical, blocks);
    requireCredits(handle, convertCredits());
    path.find(logical);
    if (!path.covers(logical)) {
      throw new AssertionError("conversion at " + logical + ", which is in a hole");
    }
    int done = (int) Math.min(blocks, path.end() - logical);
    if (path.isUnwritten(path.leafEntry())) {
      changeState(handle, logical, done, false);
    }
    return done;
  }

  /**
   * As {@link #convert}, but only where nothing outside the root has to change and nothing has to
   * be read; without a handle, so the caller keeps the journal away from the root's block.
   *
   * @return number of blocks that are written now, 0 when it takes more than the root or {@code
   *     logical} is in a hole
   */
  public long convertInRoot(long logical, long blocks) throws IOException {
    requireRange(logical, blocks);
    path.find(logical);
    if (path.depth() > 0 || !path.covers(logical)) {
      return 0;
    }
    int rest = (int) Math.min(blocks, path.end() - logical);
    if (path.isUnwritten(path.leafEntry())) {
      pieces.gatherConversion(path, logical, rest, false);
      if (!fits()) {
        return 0;
      }
      pieces.store(path);
    }
    return rest;
  }

  /**
   * Makes written blocks unwritten, from {@code logical} on, within the extent that holds it: they
   * read as zeros from then on and keep their place on the image. An unwritten extent stays as it
   * is. The caller repeats the call for the rest.
   *
   * @return number of blocks that are unwritten now, from 1 to {@code blocks}
   * @throws NoSpaceException when the extent must be cut and the volume has no block for a new
   *     node; nothing has changed
   * @throws AssertionError when {@code logical} is in a hole
   */
  public long unconvert(Handle handle, long logical, long blocks) throws IOException {
    requireRange(logical, blocks);
    requireCredits(handle, convertCredits());
    path.find(logical);
    if (!path.covers(logical)) {
      throw new AssertionError("zeroing at " + logical + ", which is in a hole");
    }
    long rest = Math.min(blocks, path.end() - logical);
    if (path.isUnwritten(path.leafEntry())) {
      return rest;
    }
    int done = (int) Math.min(rest, ExtentPieces.maxBlocks(true));
    changeState(handle, logical, done, true);
    return done;
  }

  /** Changes the state of a part of the extent that the path is at. */
  private void changeState(Handle handle, long logical, int blocks, boolean toUnwritten)
      throws IOException {
    edit.load(path);
    pieces.gatherConversion(path, logical, blocks, toUnwritten);
    if (!fits()) {
      split.makeRoom(handle, path, logical);
      pieces.gatherConversion(path, logical, blocks, toUnwritten);
    }
    edit.apply(handle, path, pieces);
  }

  /**
   * Frees the blocks of {@code [from, to)}, extent by extent from the front, until none is left or
   * the handle has fewer credits than {@link #punchCredits}. Each call frees at least the blocks of
   * one extent. What lies before and behind stays where it is.
   *
   * @return whether nothing is left; when false, the caller goes on with a new handle
   * @throws NoSpaceException when the range lies inside one extent, which must be cut in two, and
   *     the volume has no block for a new node; nothing has changed
   */
  public boolean punch(Handle handle, long from, long to) throws IOException {
    requireRange(from, to - from);
    requireCredits(handle, punchCredits());
    while (handle.creditsLeft() >= punchCredits()) {
      long first = findFrom(from);
      if (first >= to) {
        return true;
      }
      freePart(handle, first, (int) (Math.min(to, path.end()) - first));
    }
    return false;
  }

  /**
   * Goes to the extent that holds {@code logical} or the next one after it.
   *
   * @return the first of its blocks that is at or after {@code logical}; the end of all files when
   *     there is none
   */
  private long findFrom(long logical) throws IOException {
    path.find(logical);
    if (path.covers(logical)) {
      return logical;
    }
    long next = path.nextLogical();
    if (next < ExtentNode.MAX_LOGICAL_BLOCKS) {
      path.find(next);
    }
    return next;
  }

  private void freePart(Handle handle, long first, int blocks) throws IOException {
    edit.load(path);
    pieces.gatherPunch(path, first, blocks);
    if (!fits()) {
      split.makeRoom(handle, path, first);
      pieces.gatherPunch(path, first, blocks);
    }
    int entry = path.leafEntry();
    allocator.free(handle, path.physical(entry) + (first - path.logical(entry)), blocks);
    edit.apply(handle, path, pieces);
  }

  /**
   * Frees blocks at or beyond {@code fromLogical}, extent by extent from the end, until none is
   * left or the handle has fewer credits than {@link #truncateCredits}. Each call frees at least
   * one extent, or the part of it beyond {@code fromLogical}.
   *
   * @return whether nothing is left; when false, the caller goes on with a new handle
   */
  public boolean truncateTail(Handle handle, long fromLogical) throws IOException {
    requireCredits(handle, truncateCredits());
    while (handle.creditsLeft() >= truncateCredits()) {
      path.find(ExtentNode.MAX_LOGICAL_BLOCKS - 1);
      if (path.leafEntry() < 0 || path.end() <= fromLogical) {
        return true;
      }
      freeLast(handle, fromLogical);
    }
    return false;
  }

  private void freeLast(Handle handle, long fromLogical) throws IOException {
    edit.load(path);
    int entry = path.leafEntry();
    int keep = (int) Math.max(0, fromLogical - path.logical(entry));
    allocator.free(handle, path.physical(entry) + keep, path.length(entry) - keep);
    pieces.gatherTruncation(path, keep);
    edit.apply(handle, path, pieces);
  }

  /**
   * Blocks that one {@link #allocate} may join at the present depth d, with g groups: those of a
   * conversion and the bitmap of the run: {@code 3 + 3 d + min(g, 3 d + 2)}.
   */
  public int insertCredits() {
    return editCredits(1);
  }

  /**
   * Blocks that one {@link #convert} may join at the present depth d, with g groups: the inode
   * block, d nodes of the path, up to d + 1 new ones, the leaf before and d nodes on the way to the
   * leaf after; and the bitmaps of new and freed nodes: {@code 3 + 3 d + min(g, 3 d + 1)}.
   */
  public int convertCredits() {
    return editCredits(0);
  }

  /**
   * Blocks that the freeing of a part of one extent by {@link #punch} may join at the present depth
   * d, with g groups: those of a conversion, which cuts an extent as a punch does, and the bitmap
   * of the part: {@code 3 + 3 d + min(g, 3 d + 2)}.
   */
  public int punchCredits() {
    return editCredits(1);
  }

  /**
   * Blocks that the freeing of the last extent may join at the present depth d, with g groups: the
   * inode block, d nodes of the path, the leaf before; and the bitmaps of the extent and of freed
   * nodes: {@code 2 + d + min(g, 2 d + 1)}.
   */
  public int truncateCredits() {
    int depth = depth();
    return 2 + depth + Math.min(allocator.groupCount(), 2 * depth + 1);
  }

  private int editCredits(int bitmaps) {
    int depth = depth();
    return 3 + 3 * depth + Math.min(allocator.groupCount(), 3 * depth + 1 + bitmaps);
  }

  /** Levels below the root: a look-up visits one node more than this. */
  public int depth() {
    return ExtentNode.depth(root.block().data(), root.offset());
  }

  /** Number of extents; reads every node. */
  public long count() throws IOException {
    long[] count = new long[1];
    forEach((logical, physical, blocks, state) -> count[0]++);
    return count[0];
  }

  /** Shows {@code visitor} all nodes and extents, the extents in logical order. */
  public void forEach(ExtentVisitor visitor) throws IOException {
    visit(root.block().data(), root.offset(), visitor);
  }

  private void visit(byte[] data, int node, ExtentVisitor visitor) throws IOException {
    boolean leaf = ExtentNode.depth(data, node) == 0;
    for (int entry = 0; entry < ExtentNode.entries(data, node); entry++) {
      if (leaf) {
        visitor.extent(
            ExtentNode.logical(data, node, entry),
            ExtentNode.physical(data, node, entry),
            ExtentNode.length(data, node, entry),
            ExtentNode.isUnwritten(data, node, entry)
                ? ExtentState.UNWRITTEN
                : ExtentState.WRITTEN);
      } else {
        MetaBlock child = ExtentPath.child(cache, data, node, entry);
        visitor.node(child.number(), ExtentNode.depth(child.data(), 0));
        visit(child.data(), 0, visitor);
      }
    }
  }

  /** Where the nearest extent, or else the goal of the file, would put {@code logical}. */
  private long goalOf(long logical) {
    int entry = Math.max(0, path.leafEntry());
    if (path.count(path.depth()) == 0) {
      return allocator.inGroups(goal + logical) ? goal + logical : goal;
    }
    long linear = path.physical(entry) + (logical - path.logical(entry));
    return allocator.inGroups(linear) ? linear : path.physical(entry) + path.length(entry);
  }

  private boolean fits() {
    return pieces.added() <= path.room(path.depth());
  }

  private static void requireRange(long logical, long blocks) {
    if (logical < 0 || logical >= ExtentNode.MAX_LOGICAL_BLOCKS || blocks < 1) {
      throw new AssertionError("range of " + blocks + " blocks at " + logical);
    }
  }

  private static void requireCredits(Handle handle, int credits) {
    if (handle.creditsLeft() < credits) {
      throw new AssertionError(
          "handle has " + handle.creditsLeft() + " credits left, call needs " + credits);
    }
  }
}
