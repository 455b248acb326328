package dev.diolab.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.locking.Contender;
import dev.diolab.engine.locking.Placeholders.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PagePoolTest {
  private static final int PAGE = Page.SIZE;
  private static final int LIMIT = 256;
  private static final int PAGES = 600;

  private final MemoryDevice device = new MemoryDevice(1 << 20);
  private final AtomicLong clock = new AtomicLong();
  private final PagePool pool =
      new PagePool(device, LIMIT * PAGE, false, clock::get, PagePool.SLAB_PAGES);
  private final FakeFile file = new FakeFile(PAGES);
  private final PageCache cache = new PageCache(pool, file);

  @Test
  void aLimitBelowOneMebibyteIsRefused() {
    assertThatThrownBy(() -> new PagePool(device, (1 << 20) - 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1048575");
  }

  @Test
  void aFileLargerThanTheLimitIsReadWithinIt() throws IOException {
    for (int page = 0; page < PAGES; page++) {
      assertThat(readByte(cache, page * PAGE)).isEqualTo(file.bytes[page * PAGE]);
    }
    assertThat(pool.frames()).isEqualTo(LIMIT);
    assertThat(pool.timesBeyondLimit()).isZero();
  }

  @Test
  void aPageThatIsUsedAgainAndAgainStays() throws IOException {
    FakeFile hot = new FakeFile(1);
    PageCache hotCache = new PageCache(pool, hot);
    for (int page = 0; page < PAGES; page++) {
      readByte(hotCache, 0);
      readByte(cache, page * PAGE);
    }
    assertThat(hot.reads.get()).isLessThan(5);
  }

  @Test
  void theFramesOfOneFileGoToAnother() throws IOException {
    readAll(cache);
    PageCache other = new PageCache(pool, new FakeFile(LIMIT));
    for (int page = 0; page < LIMIT; page++) {
      readByte(other, page * PAGE);
    }
    readAll(other);
    assertThat(cache.hasPages()).isFalse();
    assertThat(pool.timesBeyondLimit()).isZero();
  }

  @Test
  void aFileLargerThanTheLimitIsWrittenWithinItAndNothingIsLost() throws IOException {
    for (int page = 0; page < PAGES; page++) {
      write(cache, page * PAGE + 5, 1, 100);
    }
    assertThat(pool.frames()).isEqualTo(LIMIT);
    assertThat(pool.timesBeyondLimit()).isZero();
    cache.writeAll();
    for (int page = 0; page < PAGES; page++) {
      assertThat(file.bytes[page * PAGE + 5]).isEqualTo((byte) 100);
    }
  }

  @Test
  void whoMakesTooMuchDirtyWritesSomeOutHimself() throws IOException {
    write(cache, 0, 100 * PAGE, 9);
    assertThat(file.writes).hasValue(0);
    write(cache, 100 * PAGE, 100 * PAGE, 9);
    assertThat(file.pagesWritten.get()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void aPageThatCannotBeWrittenDoesNotKeepTheOthersDirty() throws IOException {
    file.brokenPage = 0;
    for (int page = 0; page < LIMIT; page++) {
      write(cache, page * PAGE, PAGE, 9);
    }
    assertThat(pool.dirtyPages()).isLessThan(LIMIT * 3 / 4);
    assertThat(cache.isDirty(0, 1)).isTrue();
  }

  @Test
  void aFileWhosePagesWereTruncatedIsForgotten() throws IOException {
    write(cache, 0, 3 * PAGE, 9);
    assertThat(pool.dirtyFiles().size()).isEqualTo(1);
    cache.truncate(0);
    assertThat(pool.dirtyFiles().size()).isZero();
  }

  @Test
  void aThreadWithAPageLockWritesOnlyPagesOutWhoseLocksAreFree() throws IOException {
    dirtyWithPins(LIMIT);
    Claim claim = new Claim();
    cache.placeholders().acquire(claim, 0, 100 * PAGE);
    Contender.start(() -> readUnchecked(new PageCache(pool, new FakeFile(1)))).awaitEnd();
    cache.placeholders().release(claim);
    assertThat(file.pagesWritten.get()).isPositive();
    assertThat(cache.isDirty(0, 100 * PAGE)).isTrue();
    assertThat(pool.timesBeyondLimit()).isZero();
  }

  @Test
  void theLimitIsExceededWhenAllPagesArePinnedAndKeptAgainAfterwards() throws IOException {
    List<Page> pinned = new ArrayList<>();
    for (int i = 0; i < LIMIT + 10; i++) {
      pinned.add(cache.pin(i * 2 % PAGES + i * 2 / PAGES));
    }
    assertThat(pool.timesBeyondLimit()).isEqualTo(10);
    assertThat(pool.frames()).isEqualTo(LIMIT + 10);
    pinned.forEach(Page::unpin);
    cache.invalidate(0, Long.MAX_VALUE);
    assertThat(pool.frames()).isEqualTo(LIMIT);
  }

  @Test
  void aReadFailsWhenAllPagesAreDirtyAndCannotBeWritten() throws IOException {
    dirtyWithPins(LIMIT);
    file.broken = true;
    PageCache other = new PageCache(pool, new FakeFile(1));
    assertThatThrownBy(() -> readByte(other, 0)).hasMessageContaining("broken");
    assertThat(other.hasPages()).isFalse();
    file.broken = false;
    assertThat(readByte(other, 0)).isEqualTo(FakeFile.initial(0));
  }

  @Test
  void aFailureOfAnotherThreadsWriteOutIsToldToTheNextFsyncOnce() throws IOException {
    dirtyWithPins(LIMIT);
    file.broken = true;
    assertThatThrownBy(() -> readByte(new PageCache(pool, new FakeFile(1)), 0))
        .isInstanceOf(IOException.class);
    file.broken = false;
    assertThatThrownBy(cache::writeAll).hasMessageContaining("earlier write-out");
    cache.writeAll();
    assertThat(pool.dirtyPages()).isZero();
  }

  @Test
  void theWriterLeavesYoungPagesAndWritesOldOnes() throws IOException {
    BackgroundWriter writer = new BackgroundWriter(pool);
    write(cache, 0, 1, 9);
    clock.set(BackgroundWriter.EXPIRY_NANOS - 1);
    assertThat(writer.pass()).isEqualTo(1);
    assertThat(file.writes).hasValue(0);
    clock.set(BackgroundWriter.EXPIRY_NANOS);
    assertThat(writer.pass()).isEqualTo(BackgroundWriter.EXPIRY_NANOS);
    assertThat(file.bytes[0]).isEqualTo((byte) 9);
    assertThat(pool.dirtyFiles().size()).isZero();
  }

  @Test
  void theWriterWritesYoungPagesWhenThereAreMany() throws IOException {
    BackgroundWriter writer = new BackgroundWriter(pool);
    write(cache, 0, LIMIT / 10 * PAGE, 9);
    writer.pass();
    assertThat(file.writes).hasValue(0);
    write(cache, 200 * PAGE, PAGE, 9);
    writer.pass();
    assertThat(pool.dirtyPages()).isZero();
  }

  @Test
  void aFailureOfTheWriterIsToldToTheNextFsyncOnceAndThePageStaysDirty() throws IOException {
    BackgroundWriter writer = new BackgroundWriter(pool);
    write(cache, 0, 1, 9);
    file.broken = true;
    clock.set(BackgroundWriter.EXPIRY_NANOS);
    assertThat(writer.pass()).isEqualTo(BackgroundWriter.EXPIRY_NANOS);
    assertThat(cache.dirtyPages()).isEqualTo(1);
    file.broken = false;
    assertThatThrownBy(cache::writeAll).hasMessageContaining("earlier write-out");
    cache.writeAll();
    assertThat(file.bytes[0]).isEqualTo((byte) 9);
  }

  @Test
  void aBrokenInvariantInTheWriterIsToldToTheNextFsync() throws IOException {
    BackgroundWriter writer = new BackgroundWriter(pool);
    write(cache, 0, 1, 9);
    file.inWrite =
        () -> {
          throw new AssertionError("broken");
        };
    clock.set(BackgroundWriter.EXPIRY_NANOS);
    writer.pass();
    file.inWrite = null;
    assertThatThrownBy(cache::writeAll)
        .hasStackTraceContaining("broke down")
        .hasStackTraceContaining("AssertionError: broken");
  }

  @Test
  @Timeout(60)
  void theWritersThreadStartsWithTheFirstDirtyPageAndEndsWithThePool() throws IOException {
    PagePool withThread = new PagePool(device, LIMIT * PAGE, true, clock::get, PagePool.SLAB_PAGES);
    PageCache written = new PageCache(withThread, file);
    readByte(written, 0);
    assertThat(writerThreads()).isEmpty();
    write(written, 0, 1, 9);
    assertThat(writerThreads()).hasSize(1);
    write(written, 0, (LIMIT / 10 + 1) * PAGE, 9);
    // the page written last may still be locked when the thread comes to it
    Contender.await(() -> withThread.dirtyPages() <= 1);
    withThread.close();
    withThread.close();
    assertThat(writerThreads()).isEmpty();
  }

  @Test
  @Timeout(120)
  void manyThreadsUnderALimitThatIsTooSmallLoseNothing() {
    int threads = 4;
    PagePool small = new PagePool(device, LIMIT * PAGE, true);
    List<FakeFile> files = new ArrayList<>();
    List<Contender> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      FakeFile own = new FakeFile(200);
      PageCache ownCache = new PageCache(small, own);
      SplittableRandom random = new SplittableRandom(i);
      files.add(own);
      workers.add(Contender.start(() -> churn(ownCache, own, random)));
    }
    workers.forEach(Contender::join);
    small.close();
    assertThat(small.dirtyPages()).isZero();
    assertThat(files).allSatisfy(own -> assertThat(own.pagesWritten.get()).isPositive());
  }

  /** Random writes, reads, invalidations and fsyncs of one file, against an array. */
  private static void churn(PageCache cache, FakeFile file, SplittableRandom random) {
    byte[] expected = file.bytes.clone();
    try {
      for (int i = 0; i < 20_000; i++) {
        int bytes = random.nextInt(1, 3 * PAGE);
        int offset = random.nextInt(expected.length - bytes);
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> {
            byte value = (byte) random.nextInt();
            write(cache, offset, bytes, value);
            Arrays.fill(expected, offset, offset + bytes, value);
          }
          case 3 -> cache.writeAndWait(offset, bytes);
          case 4 -> cache.invalidate(offset, bytes);
          default -> {
            byte[] into = new byte[bytes];
            cache.read(offset, MemorySegment.ofArray(into), 0, bytes, false);
            assertThat(into).isEqualTo(Arrays.copyOfRange(expected, offset, offset + bytes));
          }
        }
      }
      cache.writeAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(file.bytes).isEqualTo(expected);
  }

  private static List<Thread> writerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("diolab-page-writer"))
        .toList();
  }

  /** Makes pages dirty without the balancing of a buffered write. */
  private void dirtyWithPins(int pages) throws IOException {
    for (int i = 0; i < pages; i++) {
      Page page = cache.pin(i);
      page.markDirty();
      page.unpin();
    }
    assertThat(pool.dirtyPages()).isEqualTo(pages);
  }

  private static void readAll(PageCache cache) throws IOException {
    for (int page = 0; page < LIMIT; page++) {
      readByte(cache, page * PAGE);
    }
  }

  private static void readUnchecked(PageCache cache) {
    try {
      readByte(cache, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte readByte(PageCache cache, int offset) throws IOException {
    byte[] into = new byte[1];
    cache.read(offset, MemorySegment.ofArray(into), 0, 1, false);
    return into[0];
  }

  private static void write(PageCache cache, int offset, int bytes, int value) throws IOException {
    byte[] from = new byte[bytes];
    Arrays.fill(from, (byte) value);
    cache.write(offset, MemorySegment.ofArray(from), 0, bytes);
  }
}
