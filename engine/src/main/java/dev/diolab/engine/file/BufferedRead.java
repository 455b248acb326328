package dev.diolab.engine.file;

import dev.diolab.engine.locking.Grant;
import java.io.IOException;

/** The read through the page cache. */
final class BufferedRead {
  private BufferedRead() {}

  /**
   * Reads what {@code request} asks for; bytes read, less than asked at the end of the file, 0
   * behind it, {@link DioFile#WOULD_BLOCK} when a NOWAIT request would have to wait at once.
   */
  static int run(Inode inode, DioRequest request) throws IOException {
    request.begin(inode);
    Grant grant =
        inode.locking().bufferedRead(request.offset(), request.bytes(), request.isNowait());
    request.clock.lap(Phase.LOCK_WAIT);
    if (request.isNowait() && grant.isRefusal()) {
      return DioFile.WOULD_BLOCK;
    }
    int done;
    try {
      done = underGrant(inode, request);
    } finally {
      request.clock.lap(Phase.DEVICE);
      grant.close();
      request.clock.lap(Phase.LOCK_WAIT);
    }
    if (done > 0) {
      request.storeToUser(done);
    }
    return done;
  }

  private static int underGrant(Inode inode, DioRequest request) throws IOException {
    inode.requireLinked();
    int bytes = (int) Math.min(request.bytes(), inode.size() - request.offset());
    if (bytes <= 0) {
      return 0;
    }
    int done =
        inode
            .pages()
            .read(
                request.offset(),
                request.buffer(),
                request.bufferOffset(),
                bytes,
                request.isNowait());
    return done == 0 ? DioFile.WOULD_BLOCK : insideSize(inode, request, done);
  }

  /**
   * i_size is looked at again: what a truncate has cut off meanwhile reads as zeros, which the file
   * never held.
   */
  private static int insideSize(Inode inode, DioRequest request, int done) {
    return Math.clamp(inode.size() - request.offset(), 0, done);
  }
}
