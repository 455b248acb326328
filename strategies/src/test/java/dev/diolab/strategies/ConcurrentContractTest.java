package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.ExtentSummary;
import dev.diolab.engine.file.FileMapping;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.locking.Guarantee;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every strategy and policy owes to many threads. */
class ConcurrentContractTest extends ContractTest {
  private static final String SETUPS = "dev.diolab.strategies.Setup#functionalAndOnFile";
  private static final int THREADS = 8;
  private static final int PIECE = 8192;
  private static final int PIECES = 512;

  @ParameterizedTest
  @MethodSource(SETUPS)
  void disjointFirstWritesFromManyThreadsAreAllThere(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, (long) PIECE * PIECES, false);
    inThreads(
        THREADS,
        thread -> {
          for (int piece = thread; piece < PIECES; piece += THREADS) {
            bench.write(file, (long) piece * PIECE, Bench.data(piece, PIECE));
          }
        });
    for (int piece = 0; piece < PIECES; piece++) {
      assertThat(bench.read(file, (long) piece * PIECE, PIECE)).isEqualTo(Bench.data(piece, PIECE));
    }
    assertThat(file.extents())
        .isEqualTo(new ExtentSummary(1, (long) PIECE * PIECES / bench.blockSize(), 0));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void filesOfTheirOwnDoNotDisturbEachOther(Setup setup) throws Exception {
    Bench bench = open(setup);
    List<DioFile> files = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      files.add(bench.volume().create());
    }
    long free = bench.volume().freeBlocks();
    inThreads(
        THREADS,
        thread -> {
          DioFile file = files.get(thread);
          for (int round = 0; round < 6; round++) {
            file.fallocate(0, 64 * 1024, round % 2 == 0);
            bench.write(file, 4096L * round, Bench.data(thread + round, 48 * 1024));
            assertThat(bench.read(file, 4096L * round, 48 * 1024))
                .isEqualTo(Bench.data(thread + round, 48 * 1024));
            file.fsync();
            file.truncate(0);
          }
        });
    for (DioFile file : files) {
      file.fsync();
    }
    assertThat(bench.volume().freeBlocks()).isEqualTo(free);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void readersNeverSeePoisonWhileTheFileIsFilled(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.truncate((long) PIECE * PIECES);
    inThreads(
        THREADS,
        thread -> {
          SplittableRandom random = new SplittableRandom(thread);
          for (int i = 0; i < PIECES / 2; i++) {
            int piece = random.nextInt(PIECES / THREADS) * THREADS + thread;
            if (thread % 2 == 0) {
              bench.write(file, (long) piece * PIECE, Bench.data(piece, PIECE));
            }
            byte[] seen = bench.read(file, (long) random.nextInt(PIECES) * PIECE, PIECE);
            assertThat(seen[0]).isBetween((byte) 0, (byte) 96);
          }
        });
    assertThat(file.extents().unwrittenBlocks()).isZero();
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void appendsOneAfterTheOtherGrowTheFileWithoutLoss(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    Object turn = new Object();
    inThreads(
        THREADS,
        thread -> {
          for (int i = 0; i < 20; i++) {
            synchronized (turn) {
              long end = file.size();
              bench.write(file, end, Bench.data((int) (end / PIECE), PIECE));
            }
          }
        });
    assertThat(file.size()).isEqualTo(20L * THREADS * PIECE);
    for (int piece = 0; piece < 20 * THREADS; piece++) {
      assertThat(bench.read(file, (long) piece * PIECE, PIECE)).isEqualTo(Bench.data(piece, PIECE));
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void truncateAndRewriteBesideReadersAndWritersKeepsTheVolumeSound(Setup setup) throws Exception {
    if (setup.strategy().isCeiling()) {
      return; // nothing is promised: a write in flight may land in blocks that truncate just freed
    }
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    DioFile victim = bench.volume().create();
    long free = bench.volume().freeBlocks();
    inThreads(
        THREADS,
        thread -> {
          SplittableRandom random = new SplittableRandom(thread);
          for (int i = 0; i < 60; i++) {
            if (thread == 0) {
              file.truncate(random.nextInt(128 * 1024));
              bench.write(victim, 0, Bench.data(7, 64 * 1024));
              assertThat(bench.read(victim, 0, 64 * 1024)).isEqualTo(Bench.data(7, 64 * 1024));
              victim.truncate(0);
            } else if (thread % 2 == 0) {
              bench.write(file, random.nextInt(32) * 4096L, Bench.data(thread, 4096));
            } else {
              for (byte b : bench.read(file, random.nextInt(32) * 4096L, 4096)) {
                assertThat(b).isBetween((byte) 0, (byte) 96);
              }
            }
          }
        });
    file.truncate(0);
    victim.truncate(0);
    file.fsync();
    assertThat(bench.volume().freeBlocks()).isEqualTo(free);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void overlappingWritesAreAtomicWhereThatIsDeclared(Setup setup) throws Exception {
    if (!setup.strategy().guarantees().contains(Guarantee.G7)) {
      return;
    }
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    int bytes = 64 * 1024;
    bench.write(file, 0, filled(1, bytes));
    inThreads(
        THREADS,
        thread -> {
          for (int i = 0; i < 40; i++) {
            if (thread % 2 == 0) {
              bench.write(file, 0, filled(thread + 1, bytes));
            } else {
              byte[] seen = bench.read(file, 0, bytes);
              assertThat(seen).containsOnly(seen[0]);
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#eachStrategyOnceAndOnFile")
  void loadsFromAMappingLeaveNoStalePageBehindADirectWrite(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(0, 4096));
    AtomicBoolean over = new AtomicBoolean();
    inThreads(
        2,
        thread -> {
          if (thread == 0) {
            try (FileMapping mapping = file.mmap(0, 4096)) {
              MemorySegment into = MemorySegment.ofArray(new byte[4096]);
              while (!over.get()) {
                mapping.load(0, into, 0, 4096);
              }
            }
            return;
          }
          try {
            for (int i = 1; i <= 2000; i++) {
              bench.write(file, 0, Bench.data(i, 4096));
              assertThat(bench.readBuffered(file, 0, 4096)).isEqualTo(Bench.data(i, 4096));
            }
          } finally {
            over.set(true);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#eachStrategyOnceAndOnFile")
  void overwriteAndReadAllocateNoHeap(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 1 << 20));
    MemorySegment buffer = bench.volume().allocateBuffer(4096);
    buffer.set(ValueLayout.JAVA_BYTE, 0, (byte) 5);
    DioRequest request = new DioRequest(buffer);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    overwriteAndRead(file, request, 20_000);
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    overwriteAndRead(file, request, 20_000);
    long after = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    assertThat((after - before) / 40_000.0).isLessThan(1.0);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void readAndOverwriteOfCachedPagesAllocateNoHeap(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile file =
        bench.remountAndReopen(bench.volume().create(), MountOptions.withoutCommitThread());
    bench.writeBuffered(file, 0, Bench.data(1, 1 << 20));
    DioRequest request = new DioRequest(bench.volume().allocateBuffer(4096));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    readAndOverwriteBuffered(file, request, 20_000);
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    readAndOverwriteBuffered(file, request, 20_000);
    long after = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    assertThat((after - before) / 40_000.0).isLessThan(1.0);
  }

  private static void readAndOverwriteBuffered(DioFile file, DioRequest request, int count)
      throws IOException {
    for (int i = 0; i < count; i++) {
      long offset = i % 256 * 4096L;
      file.readBuffered(request.prepare(0, offset, 4096, false));
      file.writeBuffered(request.prepare(0, offset, 4096, false));
    }
  }

  private static void overwriteAndRead(DioFile file, DioRequest request, int count)
      throws IOException {
    for (int i = 0; i < count; i++) {
      long offset = i % 256 * 4096L;
      file.write(request.prepare(0, offset, 4096, false));
      file.read(request.prepare(0, offset, 4096, false));
    }
  }

  private static byte[] filled(int value, int bytes) {
    byte[] data = new byte[bytes];
    Arrays.fill(data, (byte) value);
    return data;
  }
}
