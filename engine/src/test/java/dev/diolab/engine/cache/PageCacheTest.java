package dev.diolab.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.locking.Contender;
import dev.diolab.engine.locking.Placeholders.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageCacheTest {
  private static final int PAGE = Page.SIZE;
  private static final int PAGES = 100;

  private final FakeFile file = new FakeFile(PAGES);
  private final PagePool pool = new PagePool(new MemoryDevice(1 << 20), 1 << 20, false);
  private final PageCache cache = new PageCache(pool, file);

  @Test
  void anEmptyCacheHasNoPagesAndNoMemory() {
    assertThat(cache.hasPages()).isFalse();
    assertThat(cache.isDirty(0, Long.MAX_VALUE)).isFalse();
    assertThat(cache.invalidate(0, Long.MAX_VALUE)).isTrue();
    cache.truncate(0);
    cache.punchLocked(0, Long.MAX_VALUE);
    assertThat(pool.frames()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 4096", "4095, 2", "1000, 20000", "0, 409600", "409599, 1"})
  void aReadReturnsTheBytesOfTheFile(int offset, int bytes) throws IOException {
    assertThat(read(offset, bytes)).isEqualTo(file.copyOf(offset, offset + bytes));
    assertThat(cache.hasPages()).isTrue();
  }

  @Test
  void aSecondReadComesFromTheCache() throws IOException {
    read(0, 3 * PAGE);
    int reads = file.reads.get();
    assertThat(read(100, 2 * PAGE)).isEqualTo(file.copyOf(100, 100 + 2 * PAGE));
    assertThat(file.reads).hasValue(reads);
  }

  @Test
  void oneReadOfManyPagesIsReadFromTheDeviceAtOnce() throws IOException {
    read(10 * PAGE, 20 * PAGE);
    assertThat(file.reads).hasValue(1);
    assertThat(file.pagesRead).hasValue(20);
  }

  @Test
  void readsThatFollowEachOtherReadAhead() throws IOException {
    for (int page = 0; page < PAGES; page++) {
      read(page * PAGE, PAGE);
    }
    assertThat(file.reads.get()).isLessThan(PAGES / 10);
    assertThat(file.pagesRead).hasValue(PAGES);
  }

  @Test
  void readsAtRandomReadNothingAhead() throws IOException {
    for (int page : new int[] {50, 7, 90, 33, 61}) {
      read(page * PAGE, PAGE);
    }
    assertThat(file.pagesRead).hasValue(5);
  }

  @Test
  void readAheadLeavesOutPagesThatAreLocked() throws IOException {
    Claim claim = new Claim();
    cache.placeholders().acquire(claim, 2 * PAGE, PAGE);
    read(0, PAGE);
    assertThat(file.pagesRead).hasValue(1);
    cache.placeholders().release(claim);
  }

  @Test
  void aReadWithoutWaitingStopsAtTheFirstPageThatIsNotThere() throws IOException {
    read(5 * PAGE, 2 * PAGE);
    MemorySegment into = MemorySegment.ofArray(new byte[4 * PAGE]);
    assertThat(cache.read(5 * PAGE + 10, into, 0, 4 * PAGE, true)).isEqualTo(2 * PAGE - 10);
    assertThat(cache.read(0, into, 0, PAGE, true)).isZero();
    assertThat(file.pagesRead).hasValue(2);
  }

  @Test
  void aFailedReadIsReportedAndLeavesNoPage() throws IOException {
    file.broken = true;
    assertThatThrownBy(() -> read(0, PAGE)).isInstanceOf(IOException.class);
    assertThat(cache.hasPages()).isFalse();
    file.broken = false;
    assertThat(read(0, PAGE)).isEqualTo(file.copyOf(0, PAGE));
  }

  @Test
  void aNewPageIsNotSeenBeforeAllItsBytesAreIn() throws IOException {
    int[] seen = {-1};
    file.inExtend =
        () -> {
          try {
            seen[0] = cache.read(0, MemorySegment.ofArray(new byte[10]), 0, 10, true);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    write(0, PAGE, 99);

    assertThat(seen[0]).as("bytes that could be read during the write").isZero();
    assertThat(cache.read(0, MemorySegment.ofArray(new byte[10]), 0, 10, true)).isEqualTo(10);
  }

  @Test
  void aPageIsDirtyBeforeTheSizeOfTheFileCoversIt() throws IOException {
    boolean[] dirty = {false};
    file.inExtend = () -> dirty[0] = cache.isDirty(0, PAGE);
    write(0, 100, 99);

    assertThat(dirty[0]).isTrue();
  }

  @Test
  void aPageThatCannotBeFilledIsNotLeftBehind() throws IOException {
    file.inExtend =
        () -> {
          throw new IllegalStateException("no");
        };
    assertThatThrownBy(() -> write(0, PAGE, 99)).hasMessage("no");
    file.inExtend = null;

    assertThat(cache.hasPages()).isFalse();
    assertThat(read(0, PAGE)).isEqualTo(file.copyOf(0, PAGE));
  }

  @Test
  void aWriteOutLeavesSectorsAloneThatAreClean() throws IOException {
    write(Page.SECTOR, 100, 99);
    file.bytes[0] = 77;
    file.bytes[2 * Page.SECTOR] = 78;

    cache.writeAll();

    assertThat(file.copyOf(0, 1)).containsExactly(77);
    assertThat(file.copyOf(Page.SECTOR, Page.SECTOR + 100)).isEqualTo(read(Page.SECTOR, 100));
    assertThat(file.copyOf(2 * Page.SECTOR, 2 * Page.SECTOR + 1)).containsExactly(78);
  }

  @Test
  void sectorsThatCouldNotBeWrittenAreWrittenTheNextTime() throws IOException {
    write(0, 10, 99);
    file.broken = true;
    assertThatThrownBy(cache::writeAll).isInstanceOf(IOException.class);
    file.broken = false;
    write(Page.SECTOR, 10, 98);

    cache.writeAll();

    assertThat(file.copyOf(0, PAGE)).isEqualTo(read(0, PAGE));
    assertThat(cache.isDirty(0, PAGE)).isFalse();
  }

  @Test
  void aPageThatCannotBeReadAheadDoesNotFailTheReadBeforeIt() throws IOException {
    file.brokenPage = 2;
    assertThat(read(0, 2 * PAGE)).isEqualTo(file.copyOf(0, 2 * PAGE));
    assertThatThrownBy(() -> read(2 * PAGE, 1)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 4096", "4095, 2", "1000, 20000", "0, 409600", "409599, 1"})
  void whatWasWrittenIsReadAndReachesTheDeviceWithWriteOut(int offset, int bytes)
      throws IOException {
    byte[] before = file.copyOf(0, PAGES * PAGE);
    write(offset, bytes, 99);
    assertThat(cache.isDirty(offset, bytes)).isTrue();
    byte[] expected = before.clone();
    Arrays.fill(expected, offset, offset + bytes, (byte) 99);
    assertThat(read(0, PAGES * PAGE)).isEqualTo(expected);
    cache.writeAll();
    assertThat(file.bytes).isEqualTo(expected);
    assertThat(cache.isDirty(0, Long.MAX_VALUE)).isFalse();
    assertThat(pool.dirtyPages()).isZero();
  }

  @Test
  void aWholePageIsWrittenWithoutBeingRead() throws IOException {
    write(PAGE, 2 * PAGE, 9);
    assertThat(file.reads).hasValue(0);
  }

  @Test
  void aPageBehindTheEndIsWrittenWithoutBeingReadAndItsRestIsZero() throws IOException {
    file.size = PAGE;
    write(PAGE + 100, 50, 9);
    assertThat(file.reads).hasValue(0);
    assertThat(file.size).isEqualTo(PAGE + 150);
    file.size = 2 * PAGE;
    byte[] expected = new byte[PAGE];
    Arrays.fill(expected, 100, 150, (byte) 9);
    assertThat(read(PAGE, PAGE)).isEqualTo(expected);
  }

  @Test
  void theSizeMovesBeforeAPageCanBeWrittenOut() throws IOException {
    file.size = 0;
    write(0, 3 * PAGE, 9);
    assertThat(file.size).isEqualTo(3 * PAGE);
    cache.writeAll();
    byte[] nines = new byte[3 * PAGE];
    Arrays.fill(nines, (byte) 9);
    assertThat(file.copyOf(0, 3 * PAGE)).isEqualTo(nines);
  }

  @Test
  void neighboursAreWrittenOutTogether() throws IOException {
    write(3 * PAGE, 70 * PAGE, 9);
    write(80 * PAGE, PAGE, 9);
    cache.writeAll();
    assertThat(file.writes).hasValue(3);
    assertThat(file.pagesWritten).hasValue(71);
  }

  @Test
  void writeAndWaitWritesItsRangeOnly() throws IOException {
    write(0, 10 * PAGE, 9);
    cache.writeAndWait(2 * PAGE + 1, 3 * PAGE);
    assertThat(file.pagesWritten).hasValue(4);
    assertThat(cache.isDirty(2 * PAGE, 4 * PAGE)).isFalse();
    assertThat(cache.isDirty(0, 2 * PAGE)).isTrue();
    assertThat(cache.isDirty(6 * PAGE, 1)).isTrue();
    assertThat(cache.dirtyPages()).isEqualTo(6);
  }

  @Test
  void aPageThatIsWrittenOutCountsAsDirtyUntilItsBlocksAreConverted() throws IOException {
    write(0, PAGE, 9);
    boolean[] seen = new boolean[1];
    file.inWrite = () -> seen[0] = cache.isDirty(0, 1);
    cache.writeAll();
    assertThat(seen).containsExactly(true);
  }

  @Test
  void aPageThatIsDirtiedDuringItsWriteOutStaysDirty() throws IOException {
    Page page = cache.pin(0);
    page.markDirty();
    file.inWrite =
        () -> {
          page.write(0, MemorySegment.ofArray(new byte[] {77}), 0, 1);
          page.markDirty();
        };
    cache.writeAll();
    file.inWrite = null;
    assertThat(cache.isDirty(0, 1)).isTrue();
    cache.writeAll();
    assertThat(file.bytes[0]).isEqualTo((byte) 77);
    assertThat(cache.isDirty(0, 1)).isFalse();
    page.unpin();
  }

  @Test
  void aFailedWriteOutIsReportedAndLeavesThePagesDirty() throws IOException {
    write(0, 5 * PAGE, 9);
    file.broken = true;
    assertThatThrownBy(cache::writeAll).isInstanceOf(IOException.class);
    assertThat(cache.dirtyPages()).isEqualTo(5);
    file.broken = false;
    cache.writeAll();
    assertThat(file.bytes[5 * PAGE - 1]).isEqualTo((byte) 9);
    assertThat(pool.dirtyPages()).isZero();
  }

  @Test
  void invalidatedPagesAreReadAgain() throws IOException {
    read(0, 10 * PAGE);
    file.put(3 * PAGE, 123);
    assertThat(cache.invalidate(3 * PAGE, 1)).isTrue();
    assertThat(read(3 * PAGE, 1)).containsExactly(123);
    assertThat(file.pagesRead).hasValue(11);
    assertThat(cache.invalidate(0, Long.MAX_VALUE)).isTrue();
    assertThat(cache.hasPages()).isFalse();
  }

  @Test
  void invalidationLeavesDirtyPagesAndDropsTheOthers() throws IOException {
    read(0, 3 * PAGE);
    write(PAGE, 1, 9);
    file.put(2 * PAGE, 123);
    assertThat(cache.invalidate(0, 3 * PAGE)).isFalse();
    assertThat(read(PAGE, 1)).containsExactly(9);
    assertThat(read(2 * PAGE, 1)).containsExactly(123);
  }

  @Test
  void invalidationLeavesPagesThatAUserBufferHasPinned() throws IOException {
    Page page = cache.pin(50);
    assertThat(cache.invalidate(50 * PAGE, 1)).isFalse();
    page.unpin();
    assertThat(cache.invalidate(50 * PAGE, 1)).isTrue();
    assertThat(cache.hasPages()).isFalse();
  }

  @Test
  void invalidationWaitsForAPageThatIsBeingFilled() throws IOException {
    Claim claim = new Claim();
    Contender[] invalidating = new Contender[1];
    file.inRead =
        () -> {
          file.inRead = null;
          assertThat(cache.hasPages()).isTrue();
          invalidating[0] =
              Contender.startAndAwaitWaiting(() -> assertThat(cache.invalidate(0, PAGE)).isTrue());
        };
    assertThat(read(0, PAGE)).hasSize(PAGE);
    invalidating[0].awaitEnd();
    assertThat(cache.placeholders().tryAcquire(claim, 0, PAGE)).isTrue();
  }

  @Test
  void aFillWaitsForAPlaceholder() throws IOException {
    Claim claim = new Claim();
    cache.placeholders().acquire(claim, 0, 2 * PAGE);
    Contender reader =
        Contender.startAndAwaitWaiting(
            () -> assertThat(readUnchecked(PAGE, 1)).containsExactly(45));
    file.put(PAGE, 45);
    cache.placeholders().release(claim);
    reader.awaitEnd();
  }

  @Test
  void aReadOfACachedPageTakesNoPageLock() throws IOException {
    read(0, PAGE);
    Claim claim = new Claim();
    cache.placeholders().acquire(claim, 0, PAGE);
    Contender.start(() -> assertThat(readUnchecked(0, 1)).hasSize(1)).awaitEnd();
    cache.placeholders().release(claim);
  }

  @Test
  void truncateDropsPagesDirtyOrNotAndZeroesTheTail() throws IOException {
    write(0, 4 * PAGE, 9);
    read(0, 6 * PAGE);
    file.size = PAGE + 10;
    cache.truncate(PAGE + 10);
    assertThat(cache.dirtyPages()).isEqualTo(2);
    file.size = 6L * PAGE;
    Arrays.fill(file.bytes, 2 * PAGE, 6 * PAGE, (byte) 0);
    byte[] expected = new byte[6 * PAGE];
    Arrays.fill(expected, 0, PAGE + 10, (byte) 9);
    assertThat(read(0, 6 * PAGE)).isEqualTo(expected);
  }

  @Test
  void truncateDropsPagesThatArePinned() throws IOException {
    Page page = cache.pin(3);
    page.write(0, MemorySegment.ofArray(new byte[] {1}), 0, 1);
    page.markDirty();
    cache.truncate(0);
    assertThat(cache.hasPages()).isFalse();
    assertThat(pool.dirtyPages()).isZero();
    page.markDirty();
    assertThat(pool.dirtyPages()).isZero();
    page.unpin();
    assertThatThrownBy(page::unpin).isInstanceOf(AssertionError.class);
  }

  @Test
  void truncateWaitsForWriteOut() throws IOException {
    write(0, PAGE, 9);
    Contender[] truncating = new Contender[1];
    file.inWrite = () -> truncating[0] = Contender.startAndAwaitWaiting(() -> cache.truncate(0));
    cache.writeAll();
    truncating[0].awaitEnd();
    assertThat(cache.hasPages()).isFalse();
  }

  @Test
  void truncateWaitsForTheLockOfAPageThatIsNotCached() {
    Claim claim = new Claim();
    cache.placeholders().acquire(claim, 5 * PAGE, PAGE);
    Contender truncating = Contender.startAndAwaitWaiting(() -> cache.truncate(5 * PAGE + 1));
    cache.placeholders().release(claim);
    truncating.awaitEnd();
  }

  @Test
  void aPunchDropsWholePagesAndZeroesPartsOfOthers() throws IOException {
    write(PAGE, PAGE, 9);
    write(2 * PAGE, PAGE, 9);
    read(0, 4 * PAGE);
    Claim claim = new Claim();
    cache.placeholders().acquire(claim, 100, 3 * PAGE);
    cache.punchLocked(100, 2 * PAGE + 50);
    cache.placeholders().release(claim);
    assertThat(cache.dirtyPages()).isEqualTo(1);
    Arrays.fill(file.bytes, PAGE, 2 * PAGE, (byte) 0);
    byte[] expected = file.copyOf(0, 4 * PAGE);
    Arrays.fill(expected, 100, 2 * PAGE + 50, (byte) 0);
    Arrays.fill(expected, 2 * PAGE + 50, 3 * PAGE, (byte) 9);
    assertThat(read(0, 4 * PAGE)).isEqualTo(expected);
  }

  @Test
  void zeroingTouchesCachedPagesOnlyAndDirtiesNone() throws IOException {
    read(PAGE, PAGE);
    int reads = file.reads.get();
    cache.zeroLocked(PAGE + 4000, 3 * PAGE);
    assertThat(file.reads).hasValue(reads);
    assertThat(cache.dirtyPages()).isZero();
    byte[] expected = file.copyOf(PAGE, 2 * PAGE);
    Arrays.fill(expected, 4000, PAGE, (byte) 0);
    assertThat(read(PAGE, PAGE)).isEqualTo(expected);
  }

  @Test
  void aPinnedPageIsReadAndWrittenInPlace() throws IOException {
    Page page = cache.pin(2);
    byte[] seen = new byte[10];
    page.read(PAGE - 10, MemorySegment.ofArray(seen), 0, 10);
    assertThat(seen).isEqualTo(file.copyOf(3 * PAGE - 10, 3 * PAGE));
    page.write(5, MemorySegment.ofArray(new byte[] {1, 2, 3}), 1, 2);
    page.markDirty();
    page.unpin();
    assertThat(read(2 * PAGE + 5, 2)).containsExactly(2, 3);
    cache.writeAll();
    assertThat(file.copyOf(2 * PAGE + 5, 2 * PAGE + 7)).containsExactly(2, 3);
    assertThatThrownBy(() -> page.read(PAGE - 1, MemorySegment.ofArray(seen), 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void mappingsAreCounted() {
    assertThat(cache.isMapped()).isFalse();
    cache.mapped();
    cache.mapped();
    cache.unmapped();
    assertThat(cache.isMapped()).isTrue();
    cache.unmapped();
    assertThat(cache.isMapped()).isFalse();
  }

  private byte[] readUnchecked(int offset, int bytes) {
    try {
      return read(offset, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] read(int offset, int bytes) throws IOException {
    byte[] into = new byte[bytes];
    assertThat(cache.read(offset, MemorySegment.ofArray(into), 0, bytes, false)).isEqualTo(bytes);
    return into;
  }

  private void write(int offset, int bytes, int value) throws IOException {
    byte[] from = new byte[bytes];
    Arrays.fill(from, (byte) value);
    cache.write(offset, MemorySegment.ofArray(from), 0, bytes);
  }
}
