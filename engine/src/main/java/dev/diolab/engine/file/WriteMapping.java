package dev.diolab.engine.file;

import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.locking.Grant;
import java.io.IOException;

/**
 * Finds the blocks of a direct write and allocates those that are missing, as far as the strategy
 * and the policy let a direct write go; where they do not, it says so in the request and stops.
 *
 * <p>Holes inside i_size get unwritten blocks, which the conversion policy turns to written after
 * the data is on the device. An extending write gives holes beyond i_size written blocks at once,
 * which is safe because i_size moves only after the data (facts A4).
 */
final class WriteMapping {
  private WriteMapping() {}

  /** Maps the request up to its end, or up to where it has to stop. */
  static void run(Inode inode, DioRequest request, Grant grant) throws IOException {
    long position = request.offset();
    while (position < request.end()) {
      request.pinUser(position, false);
      long allowed = grant.beforeMap(position, request.end() - position);
      request.clock.lap(Phase.LOCK_WAIT);
      long end = position + allowed;
      if (position > request.offset() && wasTruncated(inode, request, end)) {
        request.stopAt(position, Stop.TRUNCATED);
        return;
      }
      while (position < end && !request.isStopped()) {
        request.pinUser(position, false);
        position = mapOne(inode, request, position, request.pinnedEnd(end), grant.holdsDataSem());
      }
      request.clock.lap(Phase.MAPPING);
    }
  }

  /**
   * Whether i_size moved below {@code end} while {@code beforeMap} waited. Not asked for the first
   * piece: it is the strategy's that a truncate which comes after its grant waits for it.
   */
  private static boolean wasTruncated(Inode inode, DioRequest request, long end) {
    return !request.isExtending() && end > inode.size();
  }

  /** Maps one run of blocks; where it ends, or {@code position} when the request stops there. */
  private static long mapOne(
      Inode inode, DioRequest request, long position, long end, boolean locked) throws IOException {
    int blockSize = inode.blockSize();
    long logical = position / blockSize;
    long blocks = inode.blocksUpTo(end) - logical;
    Mapping mapping = request.mapping;
    inode.blocks().map(logical, blocks, mapping, locked);
    Segments.Kind kind = Segments.kindOf(mapping.state());
    if (kind != Segments.Kind.WRITTEN && request.isNowait()) {
      request.stopAt(request.offset(), Stop.WOULD_BLOCK);
      return position;
    }
    if (kind == Segments.Kind.UNWRITTEN && !locked && isPartOfBlocks(inode, position, end)) {
      // data of a completed write may be in the rest of the block: it would be zeroed
      inode.conversions().drain();
      inode.blocks().map(logical, blocks, mapping, false);
      kind = Segments.kindOf(mapping.state());
    }
    if (kind == Segments.Kind.HOLE && mayAllocate(inode, request, logical)) {
      kind = allocate(inode, request, logical, mapping.blocks());
    }
    if (kind == Segments.Kind.UNWRITTEN && ZeroAhead.covers(inode, logical)) {
      ZeroAhead.run(inode, request, logical);
      inode.blocks().map(logical, blocks, mapping, false);
      kind = Segments.kindOf(mapping.state());
    }
    if (kind == Segments.Kind.UNWRITTEN && ZeroAhead.isUsed(inode)) {
      request.fillsUnwritten();
    }
    if (!mayWrite(inode, kind)) {
      request.stopAt(position, Stop.NEEDS_PAGES);
      return position;
    }
    long runEnd = Math.min(end, (logical + mapping.blocks()) * blockSize);
    long deviceOffset = mapping.physical() * blockSize + position % blockSize;
    request.segments.add(deviceOffset, (int) (runEnd - position), kind);
    return runEnd;
  }

  private static boolean isPartOfBlocks(Inode inode, long position, long end) {
    return position % inode.blockSize() != 0 || end % inode.blockSize() != 0;
  }

  private static boolean mayAllocate(Inode inode, DioRequest request, long logical) {
    return logical >= firstBeyond(inode, request)
        || (inode.volume().rules().allocates() && inode.volume().policy().allowsDirectConversion());
  }

  private static boolean mayWrite(Inode inode, Segments.Kind kind) {
    return switch (kind) {
      case WRITTEN, NEW -> true;
      case HOLE -> false;
      case UNWRITTEN -> inode.volume().policy().allowsDirectConversion();
    };
  }

  private static Segments.Kind allocate(Inode inode, DioRequest request, long logical, long blocks)
      throws IOException {
    long firstBeyond = firstBeyond(inode, request);
    boolean beyond = logical >= firstBeyond;
    long most = beyond ? blocks : Math.min(blocks, firstBeyond - logical);
    ExtentState state = beyond ? ExtentState.WRITTEN : ExtentState.UNWRITTEN;
    boolean isNew = inode.blocks().allocate(logical, most, state, request.mapping, request.clock);
    return isNew && beyond ? Segments.Kind.NEW : Segments.kindOf(request.mapping.state());
  }

  /** First block that the file does not have as long as its size stays. */
  private static long firstBeyond(Inode inode, DioRequest request) {
    return request.isExtending() ? inode.blocksUpTo(inode.size()) : Long.MAX_VALUE;
  }
}
