package dev.diolab.engine.file;

import dev.diolab.engine.locking.Grant;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The synchronous direct write: map and allocate, submit, wait, end_io, each under what the
 * strategy grants. What cannot be written directly goes through the page cache afterwards, under a
 * grant of its own.
 */
final class DirectWrite {
  private DirectWrite() {}

  /**
   * Writes what {@code request} asks for; the bytes written, which are all of it, or {@link
   * DioFile#WOULD_BLOCK}.
   */
  static int run(Inode inode, DioRequest request) throws IOException {
    request.begin(inode);
    if (!request.isDsync()) {
      return goOn(inode, request, writeUnderGrant(inode, request));
    }
    CommitGroup commits = inode.volume().commits();
    commits.enter();
    try {
      return goOn(inode, request, writeUnderGrant(inode, request));
    } finally {
      commits.leave();
    }
  }

  /**
   * Writes what a first part has left.
   *
   * @param durableSoFar whether that part is durable
   */
  static int goOn(Inode inode, DioRequest request, boolean durableSoFar) throws IOException {
    boolean durable = durableSoFar;
    while (request.stop() == Stop.TRUNCATED) {
      request.goOn();
      durable &= writeUnderGrant(inode, request);
    }
    if (request.stop() == Stop.WOULD_BLOCK) {
      return DioFile.WOULD_BLOCK;
    }
    if (request.stop() == Stop.NEEDS_PAGES) {
      request.goOn();
      BufferedWrite.insteadOfDirect(inode, request);
      durable = false;
    }
    if (request.isDsync() && !durable) {
      sync(inode, request);
    }
    return request.bytesAsked();
  }

  /** Writes up to where the request has to stop; whether that is durable already. */
  private static boolean writeUnderGrant(Inode inode, DioRequest request) throws IOException {
    request.pinUserFirst(false);
    Grant grant = inode.locking().directWrite(request.view);
    request.clock.lap(Phase.LOCK_WAIT);
    if (request.isNowait() && grant.isRefusal()) {
      request.unpinUser();
      request.stopAt(request.offset(), Stop.WOULD_BLOCK);
      return false;
    }
    return writeUnder(inode, request, grant);
  }

  /** The same under a grant that was given already. */
  static boolean writeUnder(Inode inode, DioRequest request, Grant grant) throws IOException {
    boolean dropsLater = inode.volume().rules().invalidatesAfterRelease();
    try {
      return writeAndSync(inode, request, grant, !dropsLater);
    } finally {
      request.hasFilledUnwritten();
      grant.close();
      if (dropsLater) {
        DirectPages.drop(inode, request);
      }
      request.clock.lap(Phase.LOCK_WAIT);
    }
  }

  private static boolean writeAndSync(
      Inode inode, DioRequest request, Grant grant, boolean dropsPages) throws IOException {
    boolean durable;
    try {
      durable = extendAndWrite(inode, request, grant);
    } finally {
      if (dropsPages) {
        DirectPages.drop(inode, request);
      }
    }
    return syncUnderLock(inode, request, durable);
  }

  private static boolean syncUnderLock(Inode inode, DioRequest request, boolean durable)
      throws IOException {
    boolean syncsHere =
        inode.volume().rules().syncUnderLock()
            && !inode.volume().commits().isUsed()
            && !request.isStopped();
    if (request.isDsync() && syncsHere && !durable) {
      sync(inode, request);
      return true;
    }
    return durable;
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
      request.loadFromPinned();
      WriteTransfer.run(inode, request, fua);
    } finally {
      request.unpinUser();
      request.clock.lap(Phase.DEVICE);
      grant.ioDone();
      request.clock.lap(Phase.LOCK_WAIT);
    }
    return convertAndCover(inode, request, fua);
  }

  /** Ends the write on the disk, but for a conversion that comes later; whether it is durable. */
  private static boolean convertAndCover(Inode inode, DioRequest request, boolean fua)
      throws IOException {
    boolean committed = convert(inode, request);
    if (request.isConvertedLater()) {
      return false;
    }
    return coverOnDisk(inode, request) && (fua || committed);
  }

  /** Converts what was unwritten, or notes it; whether the whole write is durable by that. */
  private static boolean convert(Inode inode, DioRequest request) throws IOException {
    if (!request.segments.anyIs(Segments.Kind.UNWRITTEN)) {
      return false;
    }
    if (request.isConvertedLater()) {
      inode.conversions().add(request.offset(), request.end());
    } else {
      inode.volume().policy().endIo(request.endIo);
    }
    return request.endIo.isCommitted();
  }

  /**
   * Ends a write inside i_size whose transfers are over; whether it is durable.
   *
   * @param fua whether its transfers were
   * @param failure why one of them failed, or null
   * @param drops whether cached pages of the range have to go, which may have to wait for them
   */
  static boolean end(
      Inode inode,
      DioRequest request,
      Grant grant,
      boolean fua,
      @Nullable IOException failure,
      boolean drops)
      throws IOException {
    boolean dropsLater = drops && inode.volume().rules().invalidatesAfterRelease();
    boolean dropsNow = drops && !dropsLater;
    try {
      grant.ioDone();
      request.clock.lap(Phase.LOCK_WAIT);
      boolean durable;
      try {
        if (failure != null) {
          throw failure;
        }
        durable = convertAndCover(inode, request, fua);
      } finally {
        if (dropsNow) {
          DirectPages.drop(inode, request); // also when a part of it may have been converted
        }
      }
      return syncUnderLock(inode, request, durable);
    } finally {
      request.hasFilledUnwritten();
      grant.close();
      if (dropsLater) {
        DirectPages.drop(inode, request);
      }
      request.clock.lap(Phase.LOCK_WAIT);
    }
  }

  /** Maps the request and pads its blocks, or says in it why it stops. */
  static void submit(Inode inode, DioRequest request, Grant grant, @Nullable Extension extension)
      throws IOException {
    try {
      inode.requireLinked();
      if (request.isNowait() && request.isExtending()) {
        request.stopAt(request.offset(), Stop.WOULD_BLOCK);
      } else {
        DirectPages.makeWay(inode, request);
      }
      if (request.isStopped()) {
        return;
      }
      if (extension != null) {
        extension.begin();
      }
      WriteMapping.run(inode, request, grant);
      WriteTransfer.pad(inode, request);
    } finally {
      grant.submitted();
      request.clock.lap(Phase.LOCK_WAIT);
    }
  }

  /**
   * FUA makes only this data durable, so it serves only where no metadata has to follow: blocks
   * written before, inside i_size and i_disksize, and no transaction of this inode that is not
   * durable (IOMAP_F_DIRTY, facts A11).
   */
  static boolean mayUseFua(Inode inode, DioRequest request) {
    return request.isDsync()
        && inode.volume().rules().fuaOverwrites()
        && !request.isExtending()
        && request.end() <= inode.diskSize()
        && request.segments.allAre(Segments.Kind.WRITTEN)
        && inode.volume().journal().isDurable(inode.syncTid());
  }

  /**
   * Moves i_disksize over a write inside i_size that it does not cover: what is cached before it
   * may not be written out yet, but the write has to survive. A conversion has done so; but an
   * overwrite of another part of the block where i_disksize is converts nothing. Whether nothing
   * had to move.
   */
  private static boolean coverOnDisk(Inode inode, DioRequest request) throws IOException {
    if (request.isExtending() || request.bytes() == 0 || request.end() <= inode.diskSize()) {
      return true;
    }
    inode.growDiskSize(request.end());
    request.clock.lap(Phase.CONVERSION);
    return false;
  }

  static void sync(Inode inode, DioRequest request) throws IOException {
    boolean flushOnly = inode.volume().journal().isDurable(inode.syncTid());
    CommitGroup commits = inode.volume().commits();
    if (commits.isUsed()) {
      commits.sync(inode.syncTid());
    } else {
      inode.volume().journal().sync(inode.syncTid());
    }
    request.clock.lap(flushOnly ? Phase.DEVICE : Phase.JOURNAL_WAIT);
  }
}
