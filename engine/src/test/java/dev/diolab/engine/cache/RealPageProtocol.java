package dev.diolab.engine.cache;

import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.locking.Placeholders.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;

/** The page cache itself, over a device of numbers. */
final class RealPageProtocol implements PageProtocol {
  /** Few: the model checker takes a long loop for a hang. */
  private static final int SLAB_PAGES = 2;

  private final Numbers numbers = new Numbers();
  private final PageCache cache =
      new PageCache(
          new PagePool(new MemoryDevice(1 << 20), 1 << 20, false, () -> 0, SLAB_PAGES), numbers);

  /** Whether a direct write claims its page while it changes the device (placeholders). */
  private final boolean claims;

  RealPageProtocol(boolean claims) {
    this.claims = claims;
  }

  @Override
  public int read(int page) {
    byte[] into = new byte[1];
    try {
      cache.read((long) page * Page.SIZE, MemorySegment.ofArray(into), 0, 1, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return into[0];
  }

  @Override
  public void write(int page, int value) {
    try {
      cache.write((long) page * Page.SIZE, MemorySegment.ofArray(new byte[] {(byte) value}), 0, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void writeOut() {
    try {
      cache.writeAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void directWrite(int page, int value) {
    long offset = (long) page * Page.SIZE;
    Claim claim = new Claim();
    if (claims) {
      cache.placeholders().acquire(claim, offset, Page.SIZE);
    }
    numbers.on[page] = value;
    cache.placeholders().release(claim);
    if (cache.hasPages() && !cache.invalidate(offset, Page.SIZE)) {
      throw new AssertionError("page " + page + " had to stay");
    }
  }

  @Override
  public void invalidate(int page) {
    cache.invalidate((long) page * Page.SIZE, Page.SIZE);
  }

  @Override
  public int onDevice(int page) {
    return numbers.on[page];
  }

  /** Two pages, of which the first byte counts. */
  private static final class Numbers implements PageIo {
    private final int[] on = new int[2];

    @Override
    public long size() {
      return 2L * Page.SIZE;
    }

    @Override
    public void extend(long end) {}

    @Override
    public void read(long firstPage, int pages, MemorySegment into) {
      byte[] first = new byte[1];
      for (int i = 0; i < pages; i++) {
        first[0] = (byte) on[(int) firstPage + i];
        MemorySegment.copy(MemorySegment.ofArray(first), 0, into, (long) i * Page.SIZE, 1);
      }
    }

    @Override
    public void write(long firstPage, int pages, MemorySegment from, byte[] dirtySectors) {
      byte[] first = new byte[1];
      for (int i = 0; i < pages; i++) {
        MemorySegment.copy(from, (long) i * Page.SIZE, MemorySegment.ofArray(first), 0, 1);
        on[(int) firstPage + i] = first[0];
      }
    }
  }
}
