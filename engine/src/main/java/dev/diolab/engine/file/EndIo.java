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
  private boolean committed;

  EndIo(DioRequest request) {
    this.request = request;
  }

  /** Forgets the request before. */
  void begin() {
    convertedIn = 0;
    committed = false;
  }

  /**
   * Whether the policy waited for the commit of the conversion. That commit flushed the device
   * after all data of the request was written, so the whole request is durable.
   */
  boolean isCommitted() {
    return committed;
  }

  @Override
  public void convert() throws IOException {
    long coverTo = request.isExtending() ? 0 : request.end();
    convertedIn =
        request.inode().blocks().convert(request.offset(), request.end(), coverTo, request.clock);
  }

  @Override
  public void awaitCommit() throws IOException {
    request.inode().volume().journal().commit(convertedIn);
    committed = request.inode().volume().journal().isDurable(convertedIn);
    request.clock.lap(Phase.JOURNAL_WAIT);
  }
}
