package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DeviceCounters;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A heap device that remembers every write and flush in order, can show what a crash after any of
 * them leaves, and can be told to fail.
 *
 * <p>Fault model: writes that no flush and no FUA made durable, and the one under way, are lost in
 * any combination or torn between sectors of 512 bytes; those that stay keep their order.
 *
 * <p>Thread safety: all methods may be called at once; each is atomic.
 */
final class TestDevice implements BlockDevice {
  /** What a command was. */
  enum Kind {
    WRITE,
    WRITE_FUA,
    FLUSH
  }

  /** A command, with the bytes that it wrote. */
  static final class Event {
    private final Kind kind;
    private final long offset;
    private final byte[] bytes;

    Event(Kind kind, long offset, byte[] bytes) {
      this.kind = kind;
      this.offset = offset;
      this.bytes = bytes;
    }

    Kind kind() {
      return kind;
    }

    long offset() {
      return offset;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public String toString() {
      return kind + (kind == Kind.FLUSH ? "" : "@" + offset + "+" + bytes.length);
    }
  }

  private static final int ALIGNMENT = 512;

  private final byte[] initial;
  private final byte[] contents;
  private final boolean recording;
  private final List<Event> events = new ArrayList<>();
  private final DeviceCounters counters = new DeviceCounters();
  private long commandsUntilFailure = Long.MAX_VALUE;
  private Runnable beforeFlush = () -> {};

  TestDevice(int bytes) {
    this(new byte[bytes], true);
  }

  /** A device that holds {@code image}; it keeps the events for crashes only when recording. */
  TestDevice(byte[] image, boolean recording) {
    this.initial = recording ? image.clone() : new byte[0];
    this.contents = image;
    this.recording = recording;
  }

  /** Lets {@code commands} more writes and flushes pass, then fails every one. */
  synchronized void failAfter(long commands) {
    commandsUntilFailure = commands;
  }

  /** Runs {@code action} at each flush, before it takes effect and without any lock. */
  synchronized void beforeFlush(Runnable action) {
    beforeFlush = action;
  }

  synchronized List<Event> events() {
    return List.copyOf(events);
  }

  synchronized int eventCount() {
    return events.size();
  }

  synchronized byte[] image() {
    return contents.clone();
  }

  /** Walks the states that a crash can leave, from before the first event on. */
  synchronized CrashWalk crashWalk() {
    return new CrashWalk(initial, List.copyOf(events));
  }

  @Override
  public long sizeBytes() {
    return contents.length;
  }

  @Override
  public int offsetAlignment() {
    return ALIGNMENT;
  }

  @Override
  public int memoryAlignment() {
    return 1;
  }

  @Override
  public boolean hasVolatileCache() {
    return true;
  }

  @Override
  public MemorySegment allocateBuffer(long bytes) {
    return MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]);
  }

  @Override
  public synchronized void read(
      MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    check(deviceOffset, bytes);
    MemorySegment.copy(
        contents, (int) deviceOffset, buffer, ValueLayout.JAVA_BYTE, bufferOffset, bytes);
    counters.countRead(bytes);
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    store(Kind.WRITE, buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    store(Kind.WRITE_FUA, buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void flush() throws IOException {
    Runnable action;
    synchronized (this) {
      action = beforeFlush;
    }
    action.run();
    synchronized (this) {
      passOrFail("flush");
      record(new Event(Kind.FLUSH, 0, new byte[0]));
      counters.countFlush();
    }
  }

  @Override
  public DeviceCounters counters() {
    return counters;
  }

  @Override
  public void close() {}

  private synchronized void store(
      Kind kind, MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    check(deviceOffset, bytes);
    passOrFail(kind + " of " + bytes + " bytes at " + deviceOffset);
    MemorySegment.copy(
        buffer, ValueLayout.JAVA_BYTE, bufferOffset, contents, (int) deviceOffset, bytes);
    if (recording) {
      byte[] copy = new byte[bytes];
      System.arraycopy(contents, (int) deviceOffset, copy, 0, bytes);
      record(new Event(kind, deviceOffset, copy));
    }
    counters.countWrite(bytes);
  }

  private void record(Event event) {
    if (recording) {
      events.add(event);
    }
  }

  private void passOrFail(String command) throws IOException {
    if (commandsUntilFailure == 0) {
      throw new IOException(command + " failed: injected EIO");
    }
    commandsUntilFailure--;
  }

  private void check(long offset, int bytes) {
    if (offset % ALIGNMENT != 0 || bytes % ALIGNMENT != 0 || offset + bytes > contents.length) {
      throw new IllegalArgumentException("transfer of " + bytes + " bytes at " + offset);
    }
  }

  /** A crash between two events: what is durable, and what may be. Walks forward only. */
  static final class CrashWalk {
    private final byte[] durable;
    private final List<Event> events;
    private final List<Event> unflushed = new ArrayList<>();
    private int next;

    CrashWalk(byte[] initial, List<Event> events) {
      this.durable = initial.clone();
      this.events = events;
    }

    boolean hasNext() {
      return next < events.size();
    }

    /** Lets the next event happen; returns how many have. */
    int advance() {
      Event event = events.get(next++);
      switch (event.kind()) {
        case WRITE -> unflushed.add(event);
        case WRITE_FUA -> {
          apply(durable, event);
          unflushed.replaceAll(earlier -> without(earlier, event));
        }
        case FLUSH -> {
          unflushed.forEach(earlier -> apply(durable, earlier));
          unflushed.clear();
        }
      }
      return next;
    }

    int unflushedWrites() {
      return unflushed.size();
    }

    /** The image when every write that was not flushed is lost. */
    byte[] losingAll() {
      return durable.clone();
    }

    /** The image when every write that was not flushed is there. */
    byte[] losingNone() {
      byte[] image = durable.clone();
      unflushed.forEach(event -> apply(image, event));
      return image;
    }

    /**
     * The image when {@code random} chooses what is there of the unflushed writes and of the one
     * that was under way.
     */
    byte[] losingSome(Random random) {
      byte[] image = durable.clone();
      unflushed.forEach(event -> applyPart(image, event, random));
      if (hasNext()) {
        applyPart(image, events.get(next), random);
      }
      return image;
    }

    private static void applyPart(byte[] image, Event event, Random random) {
      int choice = random.nextInt(3);
      for (int sector = 0; sector < event.bytes().length; sector += ALIGNMENT) {
        if (choice == 0 || (choice == 1 && random.nextBoolean())) {
          System.arraycopy(event.bytes(), sector, image, (int) event.offset() + sector, ALIGNMENT);
        }
      }
    }

    private static void apply(byte[] image, Event event) {
      System.arraycopy(event.bytes(), 0, image, (int) event.offset(), event.bytes().length);
    }

    /** An earlier cached write that a later FUA write of the same range cannot fall behind. */
    private static Event without(Event earlier, Event fua) {
      long from = Math.max(earlier.offset(), fua.offset());
      long to =
          Math.min(earlier.offset() + earlier.bytes().length, fua.offset() + fua.bytes().length);
      if (from >= to) {
        return earlier;
      }
      byte[] bytes = earlier.bytes().clone();
      System.arraycopy(
          fua.bytes(),
          (int) (from - fua.offset()),
          bytes,
          (int) (from - earlier.offset()),
          (int) (to - from));
      return new Event(earlier.kind(), earlier.offset(), bytes);
    }
  }
}
