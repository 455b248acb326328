package dev.diolab.engine.file;

import dev.diolab.engine.journal.JournalAbortedException;
import dev.diolab.engine.locking.Grant;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The asynchronous direct read: {@link DirectRead} cut in two at the device. */
final class AsyncRead {
  private AsyncRead() {}

  /** Submits a request that has boarded. */
  static void submit(Inode inode, DioRequest request) {
    Flight flight = request.flight;
    try {
      boolean waits =
          !request.isPlainBuffer() || (inode.pages().hasPages() && inode.volume().isReadOnly());
      if (waits) {
        flight.waitFor();
        flight.complete(DirectRead.run(inode, request));
        return;
      }
      request.begin(inode);
      Grant grant = inode.locking().directRead(request.view);
      request.clock.lap(Phase.LOCK_WAIT);
      if (request.isNowait() && grant.isRefusal()) {
        flight.complete(DioFile.WOULD_BLOCK);
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
    long end = 0;
    boolean mapped = false;
    try {
      if (grant.mustWait()) {
        request.flight.waitFor();
      }
      end = DirectRead.submit(inode, request, grant);
      mapped = true;
    } finally {
      if (!mapped) {
        grant.ioDone();
        grant.close();
      }
    }
    request.flight.takeOff(grant, false, end);
    Throwable refused = null;
    try {
      DirectRead.transfer(inode, request);
    } catch (IOException | RuntimeException | Error e) {
      refused = e;
    }
    request.flight.sealed(refused);
  }

  /**
   * Ends a read whose transfers are over; its bytes.
   *
   * @param end first byte of the file that is not to be read
   * @param failure why one of them failed, or null
   */
  static int end(DioRequest request, Grant grant, long end, @Nullable IOException failure)
      throws IOException {
    request.clock.lap(Phase.DEVICE);
    try {
      if (failure != null) {
        throw failure;
      }
      DirectRead.clearBehind(request, end);
    } finally {
      grant.ioDone();
      grant.close();
      request.clock.lap(Phase.LOCK_WAIT);
    }
    return request.isStopped() ? DioFile.WOULD_BLOCK : (int) (end - request.offset());
  }
}
