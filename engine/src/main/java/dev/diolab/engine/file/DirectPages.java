package dev.diolab.engine.file;

import dev.diolab.engine.cache.PageCache;
import java.io.IOException;

/**
 * What a direct request does about cached pages of its range. With an empty cache each call is one
 * volatile read.
 */
final class DirectPages {
  private DirectPages() {}

  /**
   * Brings what is dirty of the range to the device, so that a direct read finds it there.
   *
   * @return whether the request may go on; false only for NOWAIT
   */
  static boolean writeOut(Inode inode, DioRequest request) throws IOException {
    PageCache pages = inode.pages();
    if (!pages.hasPages()) {
      return true;
    }
    if (request.isNowait()) {
      return !pages.isDirty(request.offset(), request.bytes());
    }
    pages.writeAndWait(request.offset(), request.bytes());
    request.clock.lap(Phase.DEVICE);
    return true;
  }

  /**
   * Brings what is dirty of the range of a direct write to the device and empties the cache there;
   * otherwise says in {@code request} how it is to stop before it began.
   */
  static void makeWay(Inode inode, DioRequest request) throws IOException {
    PageCache pages = inode.pages();
    if (!pages.hasPages()) {
      return;
    }
    long offset = request.offset();
    int bytes = request.bytes();
    if (request.isNowait()
        && (pages.isDirty(offset, bytes) || pages.placeholders().isClaimed(offset, bytes))) {
      request.stopAt(offset, Stop.WOULD_BLOCK);
      return;
    }
    pages.writeAndWait(offset, bytes);
    if (!pages.invalidate(offset, bytes)) {
      request.stopAt(offset, request.isNowait() ? Stop.WOULD_BLOCK : Stop.NEEDS_PAGES);
    }
    request.clock.lap(Phase.DEVICE);
  }

  /**
   * Drops pages that were read while the request wrote: they may hold what was there before. Not
   * before i_size moved, or a reader could cache the zeros behind the old one (generic/418).
   */
  static void drop(Inode inode, DioRequest request) {
    PageCache pages = inode.pages();
    if (request.bytes() > 0
        && pages.hasPages()
        && !pages.invalidate(request.offset(), request.bytes())) {
      inode.volume().counts().failedInvalidations.increment();
    }
  }
}
