package dev.diolab.engine.file;

import dev.diolab.engine.journal.JournalOptions;
import java.util.concurrent.ThreadFactory;

/**
 * What a mount may choose besides strategy and policy.
 *
 * @param journalOptions how often the commit thread commits, and whether there is one
 * @param journalled whether metadata is logged; see {@link #withoutJournal}
 * @param acceptsChecked whether an image is mounted that was not unmounted after a mount without a
 *     journal; see {@link #acceptingChecked}
 * @param pageCacheBytes most memory of all page caches of the volume in bytes
 * @param completionThreads makes the threads that end asynchronous requests which may have to wait
 * @param checksBuffers whether buffers of asynchronous requests are watched; see {@link
 *     #checkingBuffers}
 */
public record MountOptions(
    JournalOptions journalOptions,
    boolean journalled,
    boolean acceptsChecked,
    long pageCacheBytes,
    ThreadFactory completionThreads,
    boolean checksBuffers) {
  private static final long PAGE_CACHE_BYTES = 64L << 20;

  /** A journal, a commit thread that commits every 5 seconds, 64 MiB for pages. */
  public static MountOptions defaults() {
    return with(JournalOptions.DEFAULT);
  }

  /**
   * No commit thread: nothing becomes durable but by fsync, DSYNC, a full transaction or unmount,
   * in the thread of the caller. A run is then determined by its operations.
   */
  public static MountOptions withoutCommitThread() {
    return with(JournalOptions.withoutCommitThread());
  }

  /**
   * The same without a journal, as ext4 without one: a commit writes the changed metadata home and
   * flushes the device, no block twice, but not as a whole. What remains of the guarantees:
   *
   * <ul>
   *   <li>Without a crash, all of them.
   *   <li>After a crash at a moment when no metadata is being written (no commit is at work), G2
   *       and G3 hold: what a DSYNC write or an fsync made durable is there.
   *   <li>After any other crash, none: a node, bitmap or inode block may be old, new or torn, and
   *       blocks may show data that was not written to their file. Every mount is refused with
   *       {@link NotUnmountedException} until the image was checked or formatted.
   * </ul>
   *
   * <p>Nobody can tell the two kinds of crash apart afterwards, so that the refusal meets both.
   */
  public MountOptions withoutJournal() {
    return new MountOptions(
        journalOptions, false, acceptsChecked, pageCacheBytes, completionThreads, checksBuffers);
  }

  /**
   * The same, but an image that was not unmounted after a mount without a journal is mounted too.
   * The caller vouches that a check of the whole image found nothing.
   */
  public MountOptions acceptingChecked() {
    return new MountOptions(
        journalOptions, journalled, true, pageCacheBytes, completionThreads, checksBuffers);
  }

  /** The same with {@code bytes} of memory for pages, at least one MiB. */
  public MountOptions withPageCache(long bytes) {
    return new MountOptions(
        journalOptions, journalled, acceptsChecked, bytes, completionThreads, checksBuffers);
  }

  /**
   * The same with threads of {@code factory} to end asynchronous requests, and to take completions
   * while a submitter sleeps. Called under a lock, and not often; the volume starts the threads,
   * and they end after the unmount.
   */
  public MountOptions withCompletionThreads(ThreadFactory factory) {
    return new MountOptions(
        journalOptions, journalled, acceptsChecked, pageCacheBytes, factory, checksBuffers);
  }

  /**
   * The same, but misuse of the buffer of an asynchronous request is told as the outcome of that
   * request, a {@link BufferMisuseException}:
   *
   * <ul>
   *   <li>its range overlaps that of another request in flight on the volume, and one of the two is
   *       a read; two writes may share a buffer;
   *   <li>a byte of it changed in flight, of a write or of a read that was not complete;
   *   <li>its arena was closed in flight: what was read is dropped.
   * </ul>
   *
   * <p>Nothing that happens to a buffer in flight then hurts the volume or the process: the device
   * transfers from and to copies, and a write writes what its buffer held when it was submitted.
   * This costs two copies and a comparison of each request, and a look at all others in flight. For
   * tests; without it a buffer in flight is as unguarded as in C. So is, in any case, that of a
   * request while the call runs that submits it and waits for it.
   */
  public MountOptions checkingBuffers() {
    return new MountOptions(
        journalOptions, journalled, acceptsChecked, pageCacheBytes, completionThreads, true);
  }

  private static MountOptions with(JournalOptions journal) {
    return new MountOptions(
        journal,
        true,
        false,
        PAGE_CACHE_BYTES,
        Thread.ofPlatform().daemon().name("diolab-dio-done-", 0).factory(),
        false);
  }
}
