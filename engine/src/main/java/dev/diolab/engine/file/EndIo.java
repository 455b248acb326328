package dev.diolab.engine.file;

import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;

/**
 * The completion of a write into unwritten blocks, as the conversion policy sees it. One per
 * request, reused.
 */
final class EndIo implements UnwrittenWrite {
  private final DioRequest request;
  private long convertedIn;

  EndIo(DioRequest request) {
    this.request = request;
  }

  @Override
  public void convert() throws IOException {
    convertedIn = request.inode().convert(request.offset(), request.end(), request.clock);
  }

  @Override
  public void awaitCommit() throws IOException {
    request.inode().volume().journal().commit(convertedIn);
    request.clock.lap(Phase.JOURNAL_WAIT);
  }
}
