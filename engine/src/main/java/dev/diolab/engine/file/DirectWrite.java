package dev.diolab.engine.file;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.locking.Grant;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The synchronous direct write: map and allocate, submit, wait, end_io, each under what the
 * strategy grants.
 *
 * <p>Holes inside i_size get unwritten blocks, which the conversion policy turns to written after
 * the data is on the device. An extending write gives holes beyond i_size written blocks at once,
 * which is safe because i_size moves only after the data (facts A4).
 */
final class DirectWrite {
  private DirectWrite() {}

  /** Writes what {@code request} asks for, all of it or none of it visibly; the bytes written. */
  static int run(Inode inode, DioRequest request) throws IOException {
    request.begin(inode);
    boolean syncUnderLock = inode.volume().rules().syncUnderLock();
    boolean durable;
    Grant grant = inode.locking().directWrite(request.view);
    request.clock.lap(Phase.LOCK_WAIT);
    try {
      durable = extendAndWrite(inode, request, grant);
      if (request.isDsync() && syncUnderLock && !durable) {
        sync(inode, request);
        durable = true;
      }
    } finally {
      grant.close();
      request.clock.lap(Phase.LOCK_WAIT);
    }
    if (request.isDsync() && !durable) {
      sync(inode, request);
    }
    return request.bytes();
  }

  /** Whether the write is durable already: one FUA transfer, or a conversion that was committed. */
  private static boolean extendAndWrite(Inode inode, DioRequest request, Grant grant)
      throws IOException {
    if (!request.isExtending()) {
      return write(inode, request, grant, null);
    }
    Extension extension = new Extension(inode, request);
    try {
      write(inode, request, grant, extension);
      extension.finish();
    } catch (IOException | RuntimeException e) {
      extension.cutBack(e);
      throw e;
    }
    return false;
  }

  private static boolean write(
      Inode inode, DioRequest request, Grant grant, @Nullable Extension extension)
      throws IOException {
    boolean fua;
    try {
      submit(inode, request, grant, extension);
      fua = mayUseFua(inode, request);
      transfer(inode, request, fua);
    } finally {
      request.clock.lap(Phase.DEVICE);
      grant.ioDone();
      request.clock.lap(Phase.LOCK_WAIT);
    }
    if (request.segments.anyIs(Segments.Kind.UNWRITTEN)) {
      inode.volume().policy().endIo(request.endIo);
    }
    return fua || request.endIo.isCommitted();
  }

  private static void submit(
      Inode inode, DioRequest request, Grant grant, @Nullable Extension extension)
      throws IOException {
    try {
      inode.requireLinked();
      if (extension != null) {
        extension.begin();
      }
      mapAll(inode, request, grant);
    } finally {
      grant.submitted();
      request.clock.lap(Phase.LOCK_WAIT);
    }
  }

  /**
   * FUA makes only this data durable, so it serves only where no metadata has to follow: blocks
   * written before, inside i_size, and no transaction of this inode that is not durable
   * (IOMAP_F_DIRTY, facts A11).
   */
  private static boolean mayUseFua(Inode inode, DioRequest request) {
    return request.isDsync()
        && inode.volume().rules().fuaOverwrites()
        && !request.isExtending()
        && request.segments.allAre(Segments.Kind.WRITTEN)
        && inode.volume().journal().isDurable(inode.syncTid());
  }

  private static void mapAll(Inode inode, DioRequest request, Grant grant) throws IOException {
    long position = request.offset();
    while (position < request.end()) {
      long allowed = grant.beforeMap(position, request.end() - position);
      request.clock.lap(Phase.LOCK_WAIT);
      long end = position + allowed;
      while (position < end) {
        position = mapOne(inode, request, position, end, grant.holdsDataSem());
      }
      request.clock.lap(Phase.MAPPING);
    }
  }

  private static long mapOne(
      Inode inode, DioRequest request, long position, long end, boolean locked) throws IOException {
    int blockSize = inode.blockSize();
    long logical = position / blockSize;
    long blocks = inode.blocksUpTo(end) - logical;
    Mapping mapping = request.mapping;
    inode.map(logical, blocks, mapping, locked);
    Segments.Kind kind = Segments.kindOf(mapping.state());
    if (kind == Segments.Kind.HOLE) {
      kind = allocate(inode, request, logical, mapping.blocks());
    }
    long runEnd = Math.min(end, (logical + mapping.blocks()) * blockSize);
    long deviceOffset = mapping.physical() * blockSize + position % blockSize;
    request.segments.add(deviceOffset, (int) (runEnd - position), kind);
    return runEnd;
  }

  private static Segments.Kind allocate(Inode inode, DioRequest request, long logical, long blocks)
      throws IOException {
    long firstBeyond = request.isExtending() ? inode.blocksUpTo(inode.size()) : Long.MAX_VALUE;
    boolean beyond = logical >= firstBeyond;
    long most = beyond ? blocks : Math.min(blocks, firstBeyond - logical);
    ExtentState state = beyond ? ExtentState.WRITTEN : ExtentState.UNWRITTEN;
    boolean isNew = inode.allocate(logical, most, state, request.mapping, request.clock);
    return isNew && beyond ? Segments.Kind.NEW : Segments.kindOf(request.mapping.state());
  }

  private static void transfer(Inode inode, DioRequest request, boolean fua) throws IOException {
    BlockDevice device = inode.volume().device();
    Segments segments = request.segments;
    long bufferAt = request.bufferOffset();
    long position = request.offset();
    for (int i = 0; i < segments.count(); i++) {
      int bytes = segments.bytes(i);
      long deviceOffset = segments.deviceOffset(i);
      if (segments.kind(i) != Segments.Kind.WRITTEN) {
        padPartialBlocks(inode, position, deviceOffset, bytes);
      }
      if (fua) {
        device.writeFua(request.buffer(), bufferAt, deviceOffset, bytes);
      } else {
        device.write(request.buffer(), bufferAt, deviceOffset, bytes);
      }
      bufferAt += bytes;
      position += bytes;
    }
  }

  /**
   * Zeroes what a write of less than whole blocks leaves of blocks that hold nothing of the file.
   */
  private static void padPartialBlocks(Inode inode, long position, long deviceOffset, int bytes)
      throws IOException {
    int blockSize = inode.blockSize();
    int before = (int) (position % blockSize);
    if (before > 0) {
      inode.volume().writeZeros(deviceOffset - before, before);
    }
    int after = (int) ((position + bytes) % blockSize);
    if (after > 0) {
      inode.volume().writeZeros(deviceOffset + bytes, blockSize - after);
    }
  }

  private static void sync(Inode inode, DioRequest request) throws IOException {
    boolean flushOnly = inode.volume().journal().isDurable(inode.syncTid());
    inode.volume().journal().sync(inode.syncTid());
    request.clock.lap(flushOnly ? Phase.DEVICE : Phase.JOURNAL_WAIT);
  }
}
