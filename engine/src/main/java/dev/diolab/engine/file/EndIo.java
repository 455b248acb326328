package dev.diolab.engine.file;

import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The completion of a write into unwritten blocks, as the conversion policy sees it. One per
 * request, reused.
 */
final class EndIo implements UnwrittenWrite {
  private final DioRequest request;
  private long convertedIn;

  /** Whether {@link ConversionGroup} is done with it. [the group] */
  boolean isOver;

  /** Why it could not be converted. [the group] */
  @Nullable IOException failure;

  private boolean committed;

  EndIo(DioRequest request) {
    this.request = request;
  }

  DioRequest request() {
    return request;
  }

  /** Somebody converted it in transaction {@code tid}, or one before. */
  void convertedIn(long tid) {
    convertedIn = tid;
  }

  /** Forgets the request before. */
  void begin() {
    convertedIn = 0;
    committed = false;
  }

  /**
   * Whether the conversion is durable: the policy waited for its commit, or it was in place. Either
   * came after a flush that followed all data of the request, so the whole request is durable.
   */
  boolean isCommitted() {
    return committed;
  }

  @Override
  public void convert() throws IOException {
    long coverTo = request.isExtending() ? 0 : request.end();
    convertedIn = conversion().convert(request.offset(), request.end(), coverTo, request.clock);
  }

  @Override
  public boolean isDsync() {
    return request.isDsync();
  }

  @Override
  public void convertInPlace() throws IOException {
    if (request.isExtending()) {
      convert(); // moves i_size in the journal afterwards, in the same block
      return;
    }
    Inode inode = request.inode();
    Volume volume = inode.volume();
    InPlaceConversion inPlace = conversion().inPlace();
    if (inPlace.mayWork(request.end())) {
      volume.journal().sync(0); // the data first
      request.clock.lap(Phase.DEVICE);
      if (inPlace.convert(request.offset(), request.end(), request.clock)) {
        volume.counts().conversionsInPlace.increment();
        committed = volume.journal().isDurable(inode.syncTid());
        return;
      }
    }
    volume.counts().conversionsLogged.increment();
    convertedIn = conversion().convertAndBringHome(request.offset(), request.end(), request.clock);
  }

  private Conversion conversion() {
    return request.inode().blocks().conversion();
  }

  @Override
  public void convertTogether() throws IOException {
    if (request.isExtending()) {
      convert(); // alone on its inode, and no conversion may move i_disksize before its end
    } else {
      request.inode().volume().conversionGroup().convert(this);
    }
  }

  @Override
  public void awaitCommit() throws IOException {
    request.inode().volume().journal().commit(convertedIn);
    committed = request.inode().volume().journal().isDurable(convertedIn);
    request.clock.lap(Phase.JOURNAL_WAIT);
  }
}
