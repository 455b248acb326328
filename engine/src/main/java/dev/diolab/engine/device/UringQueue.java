package dev.diolab.engine.device;

import dev.diolab.engine.device.TransferSlots.Kind;
import dev.diolab.engine.os.Errno;
import dev.diolab.engine.os.NativeFile;
import dev.diolab.engine.os.OsException;
import dev.diolab.engine.os.Uring;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A queue on a ring of its own (io_uring): {@link #submit} is one system call for all that is
 * queued, {@link #reap} by the owner one that also waits.
 *
 * <p>Assumptions and guarantees: those of {@link IoQueue} and {@link FileDevice}. What the kernel
 * left undone, the reaping thread finishes with a synchronous transfer: that is rare on a disk, and
 * so the submission side of the ring stays with the owner. A buffer whose arena was closed while
 * its transfer was in flight makes this fail.
 */
final class UringQueue extends SlotQueue {
  private final NativeFile file;
  private final Uring ring;

  /** Transfers ever submitted: [owner]. */
  private final AtomicLong submitted = new AtomicLong();

  /** Transfers that the owner queued: [owner]. */
  private long queued;

  /** Transfers ever completed: [reaping]. */
  private long completed;

  /**
   * A queue on {@code ring}.
   *
   * @param onlyThread who alone uses it, or null when others may reap
   */
  UringQueue(
      UringDevice device, NativeFile file, Uring ring, int depth, @Nullable Thread onlyThread) {
    super(device, depth, onlyThread);
    this.file = file;
    this.ring = ring;
  }

  @Override
  void check(Kind kind, MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    if (!buffer.isNative()) {
      throw new IllegalArgumentException("a direct transfer needs a native buffer, not " + buffer);
    }
    super.check(kind, buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  void enqueue(int slot) {
    long offset = slots().deviceOffset(slot);
    int bytes = slots().bytes(slot);
    switch (slots().kind(slot)) {
      case READ -> ring.prepareRead(address(slot), bytes, offset, slot);
      case WRITE -> ring.prepareWrite(address(slot), bytes, offset, false, slot);
      case WRITE_FUA -> ring.prepareWrite(address(slot), bytes, offset, true, slot);
    }
    queued++;
  }

  private long address(int slot) {
    return slots().buffer(slot).address() + slots().bufferOffset(slot);
  }

  @Override
  void start() throws IOException {
    try {
      ring.submit();
    } finally {
      submitted.setRelease(queued - ring.prepared());
    }
  }

  @Override
  int collect(int atLeast, boolean starts) throws IOException {
    int count = takeReady();
    long open = starts ? inFlight() : submitted.getAcquire() - completed;
    int wanted = (int) Math.min(atLeast, count + open);
    if (count >= wanted) {
      if (starts) {
        start();
      }
      if (count == 0) {
        ring.poll();
        count = takeReady();
      }
    }
    while (count < wanted) {
      await(wanted - count, starts);
      count += takeReady();
    }
    return count;
  }

  private void await(int completions, boolean starts) throws IOException {
    if (!starts) {
      ring.await(completions);
      return;
    }
    try {
      ring.submitAndWait(completions);
    } finally {
      submitted.setRelease(queued - ring.prepared());
    }
  }

  private int takeReady() {
    int count = 0;
    while (ring.hasCompletion()) {
      slots().acquire();
      int slot = (int) ring.completedUserData();
      int result = ring.completedResult();
      ring.consume();
      completed++;
      count++;
      complete(slot, result);
    }
    return count;
  }

  private void complete(int slot, int result) {
    Kind kind = slots().kind(slot);
    int bytes = slots().bytes(slot);
    IOException failure = result == bytes ? null : finishRest(slot, result);
    if (!slots().buffer(slot).scope().isAlive()) {
      failure =
          new IOException(
              "the arena of the buffer was closed while a transfer was in flight: deviceOffset="
                  + slots().deviceOffset(slot)
                  + " bytes="
                  + bytes);
    }
    if (failure == null) {
      if (kind == Kind.READ) {
        device().counters().countRead(bytes);
      } else {
        device().counters().countWrite(bytes);
      }
    }
    finish(slot, failure);
  }

  private @Nullable IOException finishRest(int slot, int result) {
    return finishRest(
        file,
        slots().kind(slot),
        address(slot),
        slots().deviceOffset(slot),
        slots().bytes(slot),
        result,
        device().offsetAlignment());
  }

  /**
   * Finishes a transfer of which the kernel said {@code result}: moves what is missing, from the
   * last whole unit on.
   *
   * @return why not, if it failed
   */
  static @Nullable IOException finishRest(
      NativeFile file, Kind kind, long address, long offset, int bytes, int result, int unitBytes) {
    if (result > bytes) {
      throw new AssertionError("io_uring moved " + result + " of " + bytes + " bytes");
    }
    if (result < 0 && result != -Errno.EINTR && result != -Errno.EAGAIN) {
      String call = kind == Kind.READ ? "io_uring read" : "io_uring write";
      return OsException.of(call, file.path(), offset, bytes, -result);
    }
    int moved = Math.max(0, result);
    int done = moved - moved % unitBytes;
    try {
      switch (kind) {
        case READ -> file.pread(address + done, bytes - done, offset + done);
        case WRITE -> file.pwrite(address + done, bytes - done, offset + done);
        case WRITE_FUA -> file.pwriteDsync(address + done, bytes - done, offset + done);
      }
      return null;
    } catch (IOException failure) {
      return failure;
    }
  }

  @Override
  void release() {
    ring.close();
  }
}
