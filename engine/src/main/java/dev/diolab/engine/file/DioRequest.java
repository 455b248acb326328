package dev.diolab.engine.file;

import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.locking.DirectIo;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A direct read or write: the buffer, the range, and after the call where its time went. One object
 * serves any number of requests one after the other, so that a request allocates nothing.
 *
 * <p>Thread safety: none; one per thread.
 *
 * <pre>{@code
 * DioRequest request = new DioRequest(volume.allocateBuffer(4096));
 * file.write(request.prepare(0, 8192, 4096, false));
 * long waited = request.nanos(Phase.LOCK_WAIT);
 * }</pre>
 */
public final class DioRequest {
  /** Filled by the look-ups of this request. */
  final Mapping mapping = new Mapping();

  final Segments segments = new Segments();
  final PhaseClock clock = new PhaseClock();
  final View view = new View();
  final EndIo endIo = new EndIo(this);

  private final MemorySegment buffer;
  private long bufferOffset;
  private long offset;
  private int bytes;
  private boolean dsync;
  private boolean nowait;

  /** Whether {@link #extending} has been decided for the present request. */
  private boolean extendingKnown;

  private boolean extending;
  private @Nullable Inode inode;
  private @Nullable Object kept;

  /**
   * A request that transfers to and from {@code buffer}, which the volume's device must accept. It
   * is used after {@link #prepare} said what for.
   */
  public DioRequest(MemorySegment buffer) {
    this.buffer = buffer;
  }

  /**
   * A request whose user buffer is {@code mapping}: the buffer offsets of {@link #prepare} count
   * from its start. Its pages are faulted in and pinned while a direct request runs, 64 at a time
   * (get_user_pages).
   */
  public DioRequest(FileMapping mapping) {
    this(mapping.bounceBuffer());
  }

  /**
   * Sets what the next read or write transfers.
   *
   * @param bufferOffset first byte in the buffer
   * @param fileOffset first byte in the file
   * @param bytes length, at least 1
   * @param dsync whether a write is durable when it returns; no meaning for a read
   * @return this
   * @throws IllegalArgumentException when the range is negative, empty, or outside the buffer
   */
  public DioRequest prepare(long bufferOffset, long fileOffset, int bytes, boolean dsync) {
    if (bytes < 1 || fileOffset < 0 || fileOffset > Long.MAX_VALUE - bytes) {
      throw new IllegalArgumentException(
          "request of " + bytes + " bytes at file offset " + fileOffset + " is not a range");
    }
    if (bufferOffset < 0 || bufferOffset > buffer.byteSize() - bytes) {
      throw new IllegalArgumentException(
          "request of "
              + bytes
              + " bytes at buffer offset "
              + bufferOffset
              + " does not fit a buffer of "
              + buffer.byteSize());
    }
    this.bufferOffset = bufferOffset;
    this.offset = fileOffset;
    this.bytes = bytes;
    this.dsync = dsync;
    this.nowait = false;
    return this;
  }

  /**
   * The prepared request may not wait for a lock, for blocks or for a page (RWF_NOWAIT): the call
   * returns {@link DioFile#WOULD_BLOCK} instead.
   *
   * @return this
   */
  public DioRequest nowait() {
    nowait = true;
    return this;
  }

  /** Nanoseconds that the last request spent in {@code phase}. */
  public long nanos(Phase phase) {
    return clock.nanos(phase);
  }

  /** Nanoseconds that the last request took in all; at least the sum of its phases. */
  public long totalNanos() {
    return clock.totalNanos();
  }

  void begin(Inode target) {
    inode = target;
    segments.clear();
    endIo.begin();
    extendingKnown = false;
    clock.start();
  }

  Inode inode() {
    if (inode == null) {
      throw new AssertionError("the request has not begun");
    }
    return inode;
  }

  MemorySegment buffer() {
    return buffer;
  }

  long bufferOffset() {
    return bufferOffset;
  }

  long offset() {
    return offset;
  }

  int bytes() {
    return bytes;
  }

  long end() {
    return offset + bytes;
  }

  boolean isNowait() {
    return nowait;
  }

  boolean isDsync() {
    return dsync;
  }

  /**
   * Whether the request passes i_size, decided once: were i_size looked at again after the strategy
   * chose its lock, a truncate that moved it back meanwhile would turn a write that may not extend
   * into one that does.
   */
  boolean isExtending() {
    if (!extendingKnown) {
      extending = end() > inode().size();
      extendingKnown = true;
    }
    return extending;
  }

  /** What the strategy sees of the request. */
  final class View implements DirectIo {
    @Override
    public long offset() {
      return offset;
    }

    @Override
    public int bytes() {
      return bytes;
    }

    @Override
    public boolean isExtending() {
      return DioRequest.this.isExtending();
    }

    @Override
    public boolean isNowait() {
      return nowait;
    }

    @Override
    public boolean isOverwrite() {
      return inode().isOverwrite(DioRequest.this);
    }

    @Override
    public @Nullable Object kept() {
      return kept;
    }

    @Override
    public void keep(Object object) {
      kept = object;
    }
  }
}
