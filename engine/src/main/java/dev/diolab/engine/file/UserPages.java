package dev.diolab.engine.file;

import dev.diolab.engine.cache.Page;
import dev.diolab.engine.locking.Placeholders;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The user buffer of a direct request when it is a mapping of a file (get_user_pages): its pages
 * are faulted in and pinned {@value #BATCH} at a time, each batch just before the bytes that it
 * covers are mapped, and stay pinned until the transfer is over. So a request that keeps others out
 * of pages of the file, and has one of them in a later batch, waits for itself: Linus's deadlock
 * (seeds/003). A strategy whose rules say so has all pinned before it takes its first lock.
 *
 * <p>Thread safety: none; one per request.
 */
final class UserPages {
  /** DIO_PAGES of fs/direct-io.c. */
  static final int BATCH = 64;

  private static final int PAGE_SIZE = Placeholders.PAGE_SIZE;

  private final FileMapping mapping;
  private final List<Page> pinned = new ArrayList<>();

  /** First byte of the first pinned page in the mapped file. */
  private long start;

  UserPages(FileMapping mapping) {
    this.mapping = mapping;
  }

  /**
   * Pins the batch that begins at byte {@code at} of the mapping, unless that byte is pinned.
   *
   * @param end end of the buffer in the mapping, for this request
   * @param stores whether the request stores into the buffer
   */
  void pin(long at, long end, boolean stores) throws IOException {
    long byteOfFile = mapping.offset() + at;
    if (pinned.isEmpty()) {
      start = byteOfFile / PAGE_SIZE * PAGE_SIZE;
    }
    if (byteOfFile < pinnedUpTo()) {
      return;
    }
    for (int i = 0; i < BATCH && pinnedUpTo() < mapping.offset() + end; i++) {
      pinned.add(mapping.fault(pinnedUpTo() / PAGE_SIZE, stores));
    }
  }

  /**
   * Pins all bytes from {@code at} to {@code end} of the mapping; none of them stays pinned when it
   * fails.
   *
   * @param stores whether the request stores into the buffer
   */
  void pinAll(long at, long end, boolean stores) throws IOException {
    try {
      pin(at, end, stores);
      while (end() < end) {
        pin(end(), end, stores);
      }
    } catch (IOException | RuntimeException e) {
      unpin();
      throw e;
    }
  }

  /** First byte of the mapping that is not pinned. */
  long end() {
    return pinnedUpTo() - mapping.offset();
  }

  private long pinnedUpTo() {
    return start + (long) pinned.size() * PAGE_SIZE;
  }

  /** Copies bytes of the pinned pages to the same place of {@code buffer}. */
  void load(long at, long bytes, MemorySegment buffer) {
    long position = at;
    while (position < at + bytes) {
      int within = (int) ((mapping.offset() + position) % PAGE_SIZE);
      int count = (int) Math.min(PAGE_SIZE - within, at + bytes - position);
      pageOf(position).read(within, buffer, position, count);
      position += count;
    }
  }

  /**
   * Copies bytes of {@code buffer} to the same place of the pinned pages, which become dirty
   * (set_page_dirty_lock). The caller holds no grant and no page lock.
   *
   * @throws IOException when blocks that were punched since are to be given again, and that fails
   */
  void store(long at, long bytes, MemorySegment buffer) throws IOException {
    long position = at;
    while (position < at + bytes) {
      int within = (int) ((mapping.offset() + position) % PAGE_SIZE);
      int count = (int) Math.min(PAGE_SIZE - within, at + bytes - position);
      mapping.storePinned(pageOf(position), position, buffer, count);
      position += count;
    }
  }

  private Page pageOf(long at) {
    return pinned.get((int) ((mapping.offset() + at - start) / PAGE_SIZE));
  }

  void unpin() {
    pinned.forEach(Page::unpin);
    pinned.clear();
  }
}
