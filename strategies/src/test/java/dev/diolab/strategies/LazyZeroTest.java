package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.ExtentSummary;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.file.VolumeCounters;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code lazy-zero} does to preallocated blocks, before and beside the writes. */
@Timeout(60)
class LazyZeroTest extends ContractTest {
  private static final int FILE_BYTES = 6 << 20;

  /** Lets the threads of the volume begin; they are made before. */
  private final CountDownLatch released = new CountDownLatch(1);

  static Stream<Setup> setups() {
    return Setup.all().filter(setup -> setup.policy().lazyZeroBlocks() > 0);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void whatFallocateGaveBecomesWrittenZerosByItself(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();

    file.fallocate(0, FILE_BYTES, false);

    awaitNothingUnwritten(file);
    assertThat(file.extents().writtenBlocks()).isEqualTo(FILE_BYTES / setup.blockSize());
    assertThat(bench.volume().counters().bytesZeroedAhead()).isEqualTo(FILE_BYTES);
    assertThat(bench.volume().counters().bytesZeroed()).isEqualTo(FILE_BYTES);
    assertThat(bench.readAll(file)).containsOnly(0);
    file.fsync();
    DioFile after = bench.crashedOpen(file);
    assertThat(after.extents().unwrittenBlocks()).isZero();
    assertThat(bench.readAll(after)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void laterWritesAreOverwritesWithoutTheJournal(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, FILE_BYTES, false);
    awaitNothingUnwritten(file);
    file.fsync();
    VolumeCounters before = bench.volume().counters();

    bench.write(file, 1 << 20, Bench.data(1, 32 * 1024), true);
    bench.write(file, 5 << 20, Bench.data(2, 32 * 1024), true);

    assertThat(bench.volume().counters()).isEqualTo(before);
    DioFile after = bench.crashedOpen(file);
    assertThat(bench.read(after, 1 << 20, 32 * 1024)).isEqualTo(Bench.data(1, 32 * 1024));
    assertThat(bench.read(after, 5 << 20, 32 * 1024)).isEqualTo(Bench.data(2, 32 * 1024));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void dataThatCameBeforeTheThreadStays(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = heldFile(bench);
    file.fallocate(0, 256 * 1024, false);
    bench.write(file, 4096, Bench.data(1, 8192));
    bench.writeBuffered(file, 64 * 1024, Bench.data(2, 4096));
    bench.write(file, 200 * 1024, Bench.data(3, 512), true);
    byte[] expected = bench.readAll(file);

    released.countDown();
    awaitNothingUnwritten(file);

    assertThat(bench.readAll(file)).isEqualTo(expected);
    assertThat(Arrays.copyOfRange(expected, 4096, 12288)).isEqualTo(Bench.data(1, 8192));
    file.fsync();
    assertThat(bench.readAll(bench.crashedOpen(file))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void dataOfAWriteInFlightIsNotZeroed(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile file = heldFile(bench);
    file.fallocate(0, 256 * 1024, false);

    try (AioContext context = bench.volume().openContext(4)) {
      context.write(file, request(bench, 64 * 1024, Bench.data(1, 8192)));
      context.flush(); // its data is on the device, its blocks are unwritten
      released.countDown();
      while (file.extents().writtenBlocks() == 0 && bench.volume().counters().bytesZeroed() == 0) {
        context.poll();
        Thread.onSpinWait();
      }
    }
    awaitNothingUnwritten(file);

    assertThat(bench.read(file, 64 * 1024, 8192)).isEqualTo(Bench.data(1, 8192));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void blocksBehindTheSizeAndOfATruncateAreLeftAlone(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = heldFile(bench);
    file.fallocate(0, 64 * 1024, false);
    file.truncate(16 * 1024);
    file.fallocate(0, 32 * 1024, true);
    int blockSize = setup.blockSize();

    released.countDown();
    while (file.extents().writtenBlocks() < 16 * 1024 / blockSize) {
      Thread.onSpinWait();
    }
    bench.remountAndReopen(file);

    assertThat(file.size()).isEqualTo(16 * 1024);
    DioFile after = bench.volume().open(file.inodeNumber());
    assertThat(after.extents())
        .isEqualTo(new ExtentSummary(2, 16 * 1024 / blockSize, 16 * 1024 / blockSize));
    assertThat(bench.volume().counters().bytesZeroed()).isZero();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void whatCannotBeZeroedIsConvertedByItsWrites(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = heldFile(bench);
    file.fallocate(0, 128 * 1024, false);
    file.fsync();
    AtomicInteger failed = new AtomicInteger();
    bench
        .device()
        .failWrites(offset -> !bench.isInJournal(offset) && failed.incrementAndGet() == 1);
    released.countDown();
    while (failed.get() == 0) {
      Thread.onSpinWait();
    }

    DioFile after = bench.remountAndReopen(file);

    assertThat(after.extents().writtenBlocks()).isZero();
    bench.write(after, 4096, Bench.data(1, 4096));
    assertThat(bench.read(after, 4096, 4096)).isEqualTo(Bench.data(1, 4096));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void writersPunchesAndTruncatesBesideTheThreadSeeTheirOwnData(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    int piece = 8 * 1024;
    int piecesOfThread = 64;

    inThreads(
        4,
        thread -> {
          Random random = new Random(thread);
          long base = (long) thread * piece * piecesOfThread;
          for (int i = 0; i < piecesOfThread; i++) {
            long at = base + (long) i * piece;
            file.fallocate(at, piece, false);
            byte[] data = Bench.data(random.nextInt(1, 100), piece);
            bench.write(file, at, data, random.nextBoolean());
            assertThat(bench.read(file, at, piece)).isEqualTo(data);
            if (random.nextInt(4) == 0) {
              file.punchHole(at, piece);
              file.fallocate(at, piece, false);
              assertThat(bench.read(file, at, piece)).containsOnly(0);
            }
          }
        });

    byte[] before = bench.readAll(file);
    file.fsync();
    assertThat(bench.readAll(bench.crashedOpen(file))).isEqualTo(before);
  }

  @Test
  void aStrategyThatLocksNoPagesIsRefused() {
    DioStrategy strategy = Strategies.byName("iomap-endio");
    Setup setup = new Setup(strategy, Policies.byName("lazy-zero"), 4096, Setup.Medium.MEMORY);
    assertThatThrownBy(() -> open(setup))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iomap-endio")
        .hasMessageContaining("lazy-zero");
  }

  /** An empty file of a volume whose threads begin when {@link #released} says so. */
  private DioFile heldFile(Bench bench) throws IOException {
    DioFile file = bench.volume().create();
    return bench.remountAndReopen(
        file, MountOptions.defaults().withCompletionThreads(this::heldThread));
  }

  private Thread heldThread(Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                released.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              work.run();
            });
    thread.setDaemon(true);
    return thread;
  }

  private static void awaitNothingUnwritten(DioFile file) throws IOException {
    while (file.extents().unwrittenBlocks() > 0) {
      Thread.onSpinWait();
    }
  }

  private static DioRequest request(Bench bench, long offset, byte[] data) {
    MemorySegment buffer = bench.volume().allocateBuffer(data.length);
    MemorySegment.copy(data, 0, buffer, ValueLayout.JAVA_BYTE, 0, data.length);
    return new DioRequest(buffer).prepare(0, offset, data.length, false);
  }
}
