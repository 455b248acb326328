package dev.diolab.engine.file;

import dev.diolab.engine.locking.Grant;
import java.io.IOException;

/**
 * The write through the page cache. Blocks are allocated here, as unwritten ones, so that a full
 * volume is told to the writer and not to the write-out; the write-out makes them written. So a
 * crash in between leaves zeros, and i_disksize behind i_size.
 */
final class BufferedWrite {
  private BufferedWrite() {}

  /** Writes what {@code request} asks for, all of it; the bytes written. */
  static int run(Inode inode, DioRequest request) throws IOException {
    request.begin(inode);
    request.loadFromUser();
    Grant grant = inode.locking().bufferedWrite(request.offset(), request.bytes());
    request.clock.lap(Phase.LOCK_WAIT);
    try {
      underGrant(inode, request);
    } finally {
      request.clock.lap(Phase.DEVICE);
      grant.close();
      request.clock.lap(Phase.LOCK_WAIT);
    }
    if (request.isDsync()) {
      inode.pages().writeAndWait(request.offset(), request.bytes());
      request.clock.lap(Phase.DEVICE);
      inode.volume().journal().sync(inode.syncTid());
      request.clock.lap(Phase.JOURNAL_WAIT);
    }
    return request.bytes();
  }

  /**
   * Writes what a direct write could not, and leaves it on the device and no page of it in the
   * cache, as a direct write does: direct reads that follow find nothing to wait for. Not durable
   * when it returns.
   */
  static void insteadOfDirect(Inode inode, DioRequest request) throws IOException {
    inode.volume().counts().fallbacks.increment();
    request.loadFromUser();
    Grant grant = inode.locking().fallback(request.offset(), request.bytes());
    request.clock.lap(Phase.LOCK_WAIT);
    try {
      underGrant(inode, request);
      inode.pages().writeAndWait(request.offset(), request.bytes());
      DirectPages.drop(inode, request);
    } finally {
      request.clock.lap(Phase.DEVICE);
      grant.close();
      request.clock.lap(Phase.LOCK_WAIT);
    }
  }

  private static void underGrant(Inode inode, DioRequest request) throws IOException {
    inode.requireLinked();
    boolean extending = request.isExtending();
    if (extending) {
      LastBlock.zeroForCachedWrite(inode);
      request.clock.lap(Phase.DEVICE);
    }
    try {
      allocate(inode, request);
      inode
          .pages()
          .write(request.offset(), request.buffer(), request.bufferOffset(), request.bytes());
    } catch (IOException | RuntimeException e) {
      if (extending) {
        freeBehindSize(inode, e);
      }
      throw e;
    }
  }

  private static void allocate(Inode inode, DioRequest request) throws IOException {
    int blockSize = inode.blockSize();
    Preallocation.fillHoles(
        inode,
        request.offset() / blockSize,
        inode.blocksUpTo(request.end()),
        request.mapping,
        request.clock);
    request.clock.lap(Phase.MAPPING);
  }

  /**
   * Frees what the failed write allocated behind i_size, and blocks that were preallocated there.
   * What fails here is added to {@code cause}.
   */
  private static void freeBehindSize(Inode inode, Exception cause) {
    try {
      inode.blocks().freeFrom(inode.blocksUpTo(inode.size()));
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
