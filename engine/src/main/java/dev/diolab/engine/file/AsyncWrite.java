package dev.diolab.engine.file;

import dev.diolab.engine.journal.JournalAbortedException;
import dev.diolab.engine.locking.Grant;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous direct write: {@link #submit} maps it and queues its transfers, {@link #end}
 * does what {@link DirectWrite} does after the device. What has to be waited for is written
 * synchronously by the submitter, as in Linux: extending writes, those whose strategy says so, and
 * those that need the page cache.
 */
final class AsyncWrite {
  private AsyncWrite() {}

  /** Submits a request that has boarded. */
  static void submit(Inode inode, DioRequest request) {
    Flight flight = request.flight;
    try {
      request.begin(inode);
      if (!request.isPlainBuffer()) {
        writeAndWait(inode, request);
        return;
      }
      Grant grant = inode.locking().directWrite(request.view);
      request.clock.lap(Phase.LOCK_WAIT);
      if (request.isNowait() && grant.isRefusal()) {
        flight.complete(DioFile.WOULD_BLOCK);
      } else if (grant.mustWait() || request.isExtending()) {
        flight.waitFor();
        boolean durable = DirectWrite.writeUnder(inode, request, grant);
        flight.complete(DirectWrite.goOn(inode, request, durable));
      } else {
        submit(inode, request, grant);
      }
    } catch (JournalAbortedException e) {
      flight.fail(inode.volume().readOnly(e));
    } catch (IOException | RuntimeException | Error e) {
      flight.fail(e);
    }
  }

  private static void submit(Inode inode, DioRequest request, Grant grant) throws IOException {
    boolean mapped = false;
    try {
      DirectWrite.submit(inode, request, grant, null);
      mapped = !request.isStopped();
    } finally {
      if (!mapped) {
        request.hasFilledUnwritten();
        grant.ioDone();
        grant.close();
      }
    }
    if (mapped) {
      queue(inode, request, grant);
    } else if (request.stop() == Stop.WOULD_BLOCK) {
      request.flight.complete(DioFile.WOULD_BLOCK);
    } else {
      writeAndWait(inode, request);
    }
  }

  private static void queue(Inode inode, DioRequest request, Grant grant) {
    boolean fua = DirectWrite.mayUseFua(inode, request);
    request.flight.takeOff(grant, fua, 0);
    Throwable refused = null;
    try {
      WriteTransfer.run(inode, request, fua);
    } catch (IOException | RuntimeException | Error e) {
      refused = e;
    }
    request.flight.sealed(refused);
  }

  /** From its beginning, as a synchronous request: nothing of it has reached the device. */
  private static void writeAndWait(Inode inode, DioRequest request) throws IOException {
    request.flight.waitFor();
    request.flight.complete(DirectWrite.run(inode, request));
  }

  /**
   * Ends a write whose transfers are over; its bytes.
   *
   * @param failure why one of them failed, or null
   * @param drops whether cached pages of the range have to go, which may have to wait for them
   */
  static int end(
      DioRequest request, Grant grant, boolean fua, @Nullable IOException failure, boolean drops)
      throws IOException {
    Inode inode = request.inode();
    boolean durable;
    request.clock.lap(Phase.DEVICE);
    try {
      durable = DirectWrite.end(inode, request, grant, fua, failure, drops);
    } catch (JournalAbortedException e) {
      throw inode.volume().readOnly(e);
    }
    return DirectWrite.goOn(inode, request, durable);
  }
}
