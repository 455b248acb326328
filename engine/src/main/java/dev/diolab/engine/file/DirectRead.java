package dev.diolab.engine.file;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.locking.Grant;
import java.io.IOException;

/** The synchronous direct read: map all, submit, wait, each under what the strategy grants. */
final class DirectRead {
  private DirectRead() {}

  /**
   * Reads what {@code request} asks for; bytes read, less than asked at the end of the file, 0
   * behind it.
   */
  static int run(Inode inode, DioRequest request) throws IOException {
    if (inode.pages().hasPages() && inode.volume().isReadOnly()) {
      return BufferedRead.run(inode, request); // what is dirty can only be read there any more
    }
    request.begin(inode);
    try {
      int done = read(inode, request);
      request.storeToPinned(done);
      return done;
    } finally {
      request.unpinUser();
    }
  }

  private static int read(Inode inode, DioRequest request) throws IOException {
    request.pinUserFirst(true);
    Grant grant = inode.locking().directRead(request.view);
    request.clock.lap(Phase.LOCK_WAIT);
    if (request.isNowait() && grant.isRefusal()) {
      return DioFile.WOULD_BLOCK;
    }
    try {
      return underGrant(inode, request, grant);
    } finally {
      grant.close();
      request.clock.lap(Phase.LOCK_WAIT);
    }
  }

  private static int underGrant(Inode inode, DioRequest request, Grant grant) throws IOException {
    long end;
    try {
      end = submit(inode, request, grant);
      transfer(inode, request);
      clearBehind(request, end);
    } finally {
      request.clock.lap(Phase.DEVICE);
      grant.ioDone();
      request.clock.lap(Phase.LOCK_WAIT);
    }
    return request.isStopped() ? DioFile.WOULD_BLOCK : (int) (end - request.offset());
  }

  /** Maps the request; the first byte of the file that is not to be read. */
  static long submit(Inode inode, DioRequest request, Grant grant) throws IOException {
    try {
      inode.requireLinked();
      long size = inode.size();
      if (!DirectPages.writeOut(inode, request)) {
        request.stopAt(request.offset(), Stop.WOULD_BLOCK);
        return request.offset();
      }
      return mapAll(inode, request, grant, size);
    } finally {
      grant.submitted();
      request.clock.lap(Phase.LOCK_WAIT);
    }
  }

  /**
   * Maps the request up to i_size; the first byte that is not to be read. i_size is looked at again
   * for each piece: a truncate may have moved it while {@code beforeMap} waited. What a write
   * through the page cache has added since {@code sizeBefore} was seen is not on the device, and
   * not read.
   */
  private static long mapAll(Inode inode, DioRequest request, Grant grant, long sizeBefore)
      throws IOException {
    long position = request.offset();
    while (position < Math.min(request.end(), sizeBefore)) {
      request.pinUser(position, true);
      long allowed = grant.beforeMap(position, request.end() - position);
      request.clock.lap(Phase.LOCK_WAIT);
      long end = Math.min(position + allowed, readableEnd(inode, request, sizeBefore));
      if (position >= end) {
        break;
      }
      while (position < end) {
        request.pinUser(position, true);
        position = mapOne(inode, request, position, request.pinnedEnd(end), grant.holdsDataSem());
      }
      request.clock.lap(Phase.MAPPING);
    }
    return Math.max(request.offset(), Math.min(position, Math.min(sizeBefore, inode.size())));
  }

  /** The end of the readable part of the request, rounded up to what the device can transfer. */
  private static long readableEnd(Inode inode, DioRequest request, long sizeBefore) {
    long alignment = inode.volume().device().offsetAlignment();
    long size = Math.min(sizeBefore, inode.size());
    return size >= request.end() ? request.end() : (size + alignment - 1) / alignment * alignment;
  }

  private static long mapOne(
      Inode inode, DioRequest request, long position, long end, boolean locked) throws IOException {
    int blockSize = inode.blockSize();
    long logical = position / blockSize;
    inode.blocks().map(logical, inode.blocksUpTo(end) - logical, request.mapping, locked);
    long runEnd = Math.min(end, (logical + request.mapping.blocks()) * blockSize);
    long deviceOffset = request.mapping.physical() * blockSize + position % blockSize;
    request.segments.add(
        deviceOffset, (int) (runEnd - position), Segments.kindOf(request.mapping.state()));
    return runEnd;
  }

  /** Reads runs of written pieces that are neighbours on the device in one transfer. */
  static void transfer(Inode inode, DioRequest request) throws IOException {
    BlockDevice device = inode.volume().device();
    boolean splits = inode.volume().rules().splitsAtBoundaries();
    Segments segments = request.segments;
    long bufferAt = request.bufferOffset();
    int piece = 0;
    while (piece < segments.count()) {
      boolean written = segments.kind(piece) == Segments.Kind.WRITTEN;
      int end = splits || !written ? piece + 1 : segments.endOfNeighbours(piece);
      long deviceOffset = segments.deviceOffset(piece);
      int bytes = 0;
      do {
        bytes += segments.bytes(piece);
        piece++;
      } while (piece < end && segments.kind(piece) == Segments.Kind.WRITTEN);
      if (!written) {
        request.target(bufferAt, bytes).fill((byte) 0);
      } else if (request.isAsync()) {
        request.flight.read(bufferAt, deviceOffset, bytes);
      } else {
        device.read(request.buffer(), bufferAt, deviceOffset, bytes);
      }
      bufferAt += bytes;
    }
  }

  /**
   * Clears what the last sector holds behind the end of the file: it never belonged to the file.
   */
  static void clearBehind(DioRequest request, long end) {
    long transferred = 0;
    for (int i = 0; i < request.segments.count(); i++) {
      transferred += request.segments.bytes(i);
    }
    long behind = request.offset() + transferred - end;
    if (behind > 0) {
      long at = request.bufferOffset() + transferred - behind;
      request.target(at, behind).fill((byte) 0);
    }
  }
}
