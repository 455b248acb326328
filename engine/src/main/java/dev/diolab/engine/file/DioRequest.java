package dev.diolab.engine.file;

import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.locking.DirectIo;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A direct read or write: the buffer, the range, and after the call where its time went. One object
 * serves any number of requests one after the other, so that a request allocates nothing.
 *
 * <p>Thread safety: none; one per thread. While an asynchronous request is in flight ({@link
 * AioContext}) the object and its buffer belong to the engine.
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

  /** Whether the inode counts this write among those that fill unwritten blocks. [the request] */
  private boolean fillsUnwritten;

  final PhaseClock clock = new PhaseClock();
  final View view = new View();
  final EndIo endIo = new EndIo(this);
  final Flight flight = new Flight(this);

  private final MemorySegment buffer;

  /** The pages of the user buffer when it is a mapping. */
  private final @Nullable UserPages user;

  private final @Nullable FileMapping userMapping;

  /** What was asked for. */
  private long offsetAsked;

  private int bytesAsked;

  /** The part of it that is under way. */
  private long bufferOffset;

  private long offset;
  private int bytes;

  /** Why that part ends before the request does. */
  private Stop stop = Stop.NONE;

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
    this.user = null;
    this.userMapping = null;
  }

  /**
   * A request whose user buffer is {@code mapping}: the buffer offsets of {@link #prepare} count
   * from its start. Its pages are faulted in and pinned while a direct request runs, 64 at a time
   * (get_user_pages). A buffered request copies from it before, and to it after, it holds locks.
   *
   * <p>The mapping stays open as long as the request is used.
   */
  public DioRequest(FileMapping mapping) {
    this.buffer = mapping.bounceBuffer();
    this.user = new UserPages(mapping);
    this.userMapping = mapping;
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
   * @throws IllegalStateException when the request is in flight
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
    flight.requireLanded();
    this.offsetAsked = fileOffset;
    this.bytesAsked = bytes;
    this.bufferOffset = bufferOffset;
    this.offset = fileOffset;
    this.bytes = bytes;
    this.stop = Stop.NONE;
    this.dsync = dsync;
    this.nowait = false;
    return this;
  }

  /**
   * The prepared request may not wait for a lock, for blocks or for a page (RWF_NOWAIT): the call
   * returns {@link DioFile#WOULD_BLOCK} instead. The pages of a user buffer that maps a file are
   * waited for all the same, before the request takes a lock.
   *
   * @return this
   * @throws IllegalStateException when the request is in flight
   */
  public DioRequest nowait() {
    flight.requireLanded();
    nowait = true;
    return this;
  }

  /**
   * What the last asynchronous request came to, once it is complete.
   *
   * @return as {@link DioFile#read} or {@link DioFile#write}
   * @throws IOException as these
   * @throws IllegalStateException when the request is in flight, or was never asynchronous
   * @throws AssertionError when the engine, the strategy or the policy broke
   */
  public int result() throws IOException {
    return flight.result();
  }

  /**
   * Calls {@code callback} with this request whenever it completes asynchronously, in the thread
   * that completes it, instead of handing it out by {@link AioContext#take}. It must not wait; it
   * may not submit. What it throws goes to the {@link Thread#getUncaughtExceptionHandler handler}
   * of that thread, and the request is complete all the same. Null hands out again.
   *
   * @return this
   * @throws IllegalStateException when the request is in flight
   */
  public DioRequest onCompletion(@Nullable Consumer<DioRequest> callback) {
    flight.setCallback(callback);
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
    bufferOffset = bufferOffsetAsked();
    offset = offsetAsked;
    bytes = bytesAsked;
    beginPart();
    clock.start();
  }

  private void beginPart() {
    stop = Stop.NONE;
    segments.clear();
    endIo.begin();
    extendingKnown = false;
  }

  /** The part under way ends at {@code position}, because of {@code reason}. */
  void stopAt(long position, Stop reason) {
    bytes = (int) (position - offset);
    stop = reason;
    if (bytes == 0) {
      segments.clear();
    }
  }

  /** Begins the part of the request after the one that was stopped. */
  void goOn() {
    bufferOffset += bytes;
    offset += bytes;
    bytes = (int) (offsetAsked + bytesAsked - offset);
    beginPart();
  }

  Stop stop() {
    return stop;
  }

  boolean isStopped() {
    return stop != Stop.NONE;
  }

  int bytesAsked() {
    return bytesAsked;
  }

  /** Pins the batch of the user buffer that serves {@code position} of the file. */
  void pinUser(long position, boolean stores) throws IOException {
    if (user != null) {
      user.pin(bufferOffset + position - offset, bufferOffset + bytes, stores);
    }
  }

  /**
   * Pins the whole user buffer, for strategies that want no fault under their locks, and for NOWAIT
   * requests, which hold i_data_sem while they map: a fault would take it once more.
   */
  void pinUserFirst(boolean stores) throws IOException {
    if (user != null && (nowait || inode().volume().rules().pinsFirst())) {
      user.pinAll(bufferOffset, bufferOffset + bytes, stores);
    }
  }

  /** The end of what is pinned, as a position in the file, but not more than {@code most}. */
  long pinnedEnd(long most) {
    return user == null ? most : Math.min(most, offset + user.end() - bufferOffset);
  }

  void unpinUser() {
    if (user != null) {
      user.unpin();
    }
  }

  /** Brings what a direct write writes from the pinned pages to the buffer. */
  void loadFromPinned() {
    if (user != null && bytes > 0) {
      user.load(bufferOffset, bytes, buffer);
    }
  }

  /** Brings what a direct read has read to the pinned pages; the caller holds no lock. */
  void storeToPinned(int count) throws IOException {
    if (user != null && count > 0) {
      user.store(bufferOffset, count, buffer);
      clock.lap(Phase.DEVICE);
    }
  }

  /** Brings what a buffered write writes to the buffer; the caller holds no lock. */
  void loadFromUser() throws IOException {
    if (userMapping != null) {
      userMapping.load(bufferOffset, buffer, bufferOffset, bytes);
    }
  }

  /** Brings what a buffered read has read to the user's mapping; the caller holds no lock. */
  void storeToUser(int count) throws IOException {
    if (userMapping != null) {
      userMapping.store(bufferOffset, buffer, bufferOffset, count);
    }
  }

  /** Has mapped unwritten blocks that nobody may zero until they are converted. */
  void fillsUnwritten() {
    if (!fillsUnwritten) {
      fillsUnwritten = true;
      inode().fillsUnwritten(1);
    }
  }

  /** The blocks are converted, or the write has failed; nothing where there were none. */
  void hasFilledUnwritten() {
    if (fillsUnwritten) {
      fillsUnwritten = false;
      inode().fillsUnwritten(-1);
    }
  }

  Inode inode() {
    if (inode == null) {
      throw new AssertionError("the request has not begun");
    }
    return inode;
  }

  /** The buffer given to the constructor, or the one that stands in for a mapping. */
  public MemorySegment buffer() {
    return buffer;
  }

  /** {@code length} bytes, from byte {@code at} of the buffer on, where a read stores them. */
  MemorySegment target(long at, long length) {
    return flight.transferBuffer().asSlice(flight.placeOf(at), length);
  }

  long bufferOffset() {
    return bufferOffset;
  }

  /** The first byte of the buffer for the whole request. */
  long bufferOffsetAsked() {
    return bufferOffset - (offset - offsetAsked);
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

  /** Whether the part under way is submitted and not waited for. */
  boolean isAsync() {
    return flight.isAsync();
  }

  /** Whether the request is complete before its blocks are converted. */
  boolean isConvertedLater() {
    return isAsync() && !dsync && inode().volume().policy().completesFirst();
  }

  /** Whether the user buffer is memory of its own, which needs no pinning. */
  boolean isPlainBuffer() {
    return user == null;
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

  @Override
  public String toString() {
    return "request of "
        + bytesAsked
        + " bytes at file offset "
        + offsetAsked
        + ", buffer offset "
        + bufferOffsetAsked();
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
    public boolean isAsync() {
      return DioRequest.this.isAsync();
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
