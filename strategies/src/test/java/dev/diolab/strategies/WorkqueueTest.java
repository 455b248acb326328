package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.ForwardingPolicy;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code workqueue} owes while its workers are late or fail. */
class WorkqueueTest extends ContractTest {

  static Stream<DioStrategy> strategies() {
    return Strategies.all().stream().filter(strategy -> !strategy.isCeiling());
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aWriteCompletesBeforeItsConversionAndFsyncConvertsIt(DioStrategy strategy)
      throws IOException {
    Bench bench = openWithFailingWorkers(strategy);
    DioFile file = preallocated(bench);
    writeAsync(bench, file, 4096, Bench.data(1, 4096), false);
    assertThat(bench.read(file, 4096, 4096)).containsOnly(0);

    file.fsync();

    assertThat(bench.read(file, 4096, 4096)).isEqualTo(Bench.data(1, 4096));
    DioFile after = bench.crashAndReopen(file);
    assertThat(bench.read(after, 4096, 4096)).isEqualTo(Bench.data(1, 4096));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void fsyncWaitsForAConversionThatIsUnderWay(DioStrategy strategy) throws Exception {
    HeldWorkers policy = new HeldWorkers();
    Bench bench = open(new Setup(strategy, policy, 1024, Setup.Medium.MEMORY));
    DioFile file = preallocated(bench);
    writeAsync(bench, file, 0, Bench.data(1, 4096), false);
    policy.begun.await();
    assertThat(bench.read(file, 0, 4096)).containsOnly(0);
    inThreads(
        2,
        thread -> {
          if (thread == 0) {
            file.fsync();
            assertThat(policy.goOn.getCount()).isZero();
          } else {
            policy.goOn.countDown();
          }
        });
    DioFile after = bench.crashAndReopen(file);
    assertThat(bench.read(after, 0, 4096)).isEqualTo(Bench.data(1, 4096));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aDsyncWriteIsConvertedAndDurableWhenItCompletes(DioStrategy strategy) throws IOException {
    Bench bench = open(new Setup(strategy, policy(), 1024, Setup.Medium.MEMORY));
    DioFile file = preallocated(bench);
    writeAsync(bench, file, 0, Bench.data(1, 4096), true);
    DioFile after = bench.crashAndReopen(file);
    assertThat(bench.read(after, 0, 4096)).isEqualTo(Bench.data(1, 4096));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void truncatedBlocksAreNotConvertedAfterwards(DioStrategy strategy) throws IOException {
    Bench bench = openWithFailingWorkers(strategy);
    DioFile file = preallocated(bench);
    writeAsync(bench, file, 0, Bench.data(1, 16 * 1024), false);

    file.truncate(4096);
    file.fallocate(0, 64 * 1024, false);
    file.fsync();

    assertThat(bench.read(file, 0, 4096)).isEqualTo(Bench.data(1, 4096));
    assertThat(bench.read(file, 4096, 60 * 1024)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void whatATruncateCutsOffTheLastBlockIsNotSeenAfterItsConversion(DioStrategy strategy)
      throws IOException {
    Bench bench = openWithFailingWorkers(strategy);
    DioFile file = preallocated(bench);
    writeAsync(bench, file, 0, Bench.data(1, 4096), false);

    file.truncate(512);
    file.truncate(4096);
    file.fsync();

    assertThat(bench.read(file, 0, 512)).isEqualTo(Arrays.copyOf(Bench.data(1, 4096), 512));
    assertThat(bench.read(file, 512, 4096 - 512)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aZeroedRangeIsNotConvertedAfterwards(DioStrategy strategy) throws IOException {
    Bench bench = openWithFailingWorkers(strategy);
    DioFile file = preallocated(bench);
    writeAsync(bench, file, 0, Bench.data(1, 8192), false);
    writeAsync(bench, file, 16 * 1024, Bench.data(2, 8192), false);

    file.zeroRange(0, 4096, false);
    file.punchHole(16 * 1024, 4096);
    file.fallocate(16 * 1024, 4096, false);
    file.fsync();

    assertThat(bench.read(file, 0, 4096)).containsOnly(0);
    assertThat(bench.read(file, 4096, 4096)).isEqualTo(tail(Bench.data(1, 8192)));
    assertThat(bench.read(file, 16 * 1024, 4096)).containsOnly(0);
    assertThat(bench.read(file, 20 * 1024, 4096)).isEqualTo(tail(Bench.data(2, 8192)));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void anUnlinkedFileIsNotConverted(DioStrategy strategy) throws IOException {
    Bench bench = openWithFailingWorkers(strategy);
    long free = bench.volume().freeBlocks();
    DioFile second = preallocated(bench);
    writeAsync(bench, second, 0, Bench.data(1, 8192), false);

    bench.volume().unlink(second.inodeNumber());
    bench.volume().create().fsync();

    assertThat(bench.volume().freeBlocks()).isEqualTo(free);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aWriteToTheRestOfABlockDoesNotZeroWhatCompleted(DioStrategy strategy) throws IOException {
    Bench bench = openWithFailingWorkers(strategy);
    DioFile file = preallocated(bench);
    writeAsync(bench, file, 0, Bench.data(1, 1024), false);

    bench.write(file, 512, Bench.data(2, 512));

    file.fsync();
    byte[] expected = Bench.data(1, 1024);
    System.arraycopy(Bench.data(2, 512), 0, expected, 512, 512);
    assertThat(bench.read(file, 0, 1024)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void thePageCacheSeesWhatCompleted(DioStrategy strategy) throws IOException {
    Bench bench = openWithFailingWorkers(strategy);
    DioFile file = preallocated(bench);
    writeAsync(bench, file, 0, Bench.data(1, 4096), false);

    assertThat(bench.readBuffered(file, 0, 4096)).isEqualTo(Bench.data(1, 4096));
    writeAsync(bench, file, 8192, Bench.data(3, 4096), false);
    bench.writeBuffered(file, 8192 + 100, Bench.data(2, 10));
    file.fsync();

    byte[] expected = Bench.data(3, 4096);
    System.arraycopy(Bench.data(2, 10), 0, expected, 100, 10);
    assertThat(bench.read(file, 8192, 4096)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void anUnmountConverts(DioStrategy strategy) throws IOException {
    Bench bench = openWithFailingWorkers(strategy);
    DioFile file = preallocated(bench);
    writeAsync(bench, file, 0, Bench.data(1, 4096), false);
    DioFile after = bench.remountAndReopen(file);
    assertThat(bench.read(after, 0, 4096)).isEqualTo(Bench.data(1, 4096));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aConversionThatFailsIsToldByFsyncAndTriedAgain(DioStrategy strategy) throws IOException {
    FailingConversions policy = new FailingConversions();
    Bench bench = open(new Setup(strategy, policy, 1024, Setup.Medium.MEMORY));
    DioFile file = preallocated(bench);
    writeAsync(bench, file, 0, Bench.data(1, 4096), false);

    assertThatThrownBy(file::fsync).isInstanceOf(IOException.class).hasMessageContaining("as told");
    policy.fails = false;
    file.fsync();

    DioFile after = bench.crashAndReopen(file);
    assertThat(bench.read(after, 0, 4096)).isEqualTo(Bench.data(1, 4096));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aFullListIsConvertedBeforeMoreComplete(DioStrategy strategy) throws IOException {
    Bench bench = open(new Setup(strategy, policy(), 1024, Setup.Medium.MEMORY));
    DioFile file = bench.volume().create();
    int blocks = 10_000;
    file.fallocate(0, blocks * 1024L, false);
    try (AioContext context = bench.volume().openContext(32)) {
      MemorySegment buffer = bench.volume().allocateBuffer(1024);
      MemorySegment.copy(Bench.data(7, 1024), 0, buffer, ValueLayout.JAVA_BYTE, 0, 1024);
      for (int i = 0; i < 32; i++) {
        context.write(file, new DioRequest(buffer).prepare(0, i * 2048L, 1024, false));
      }
      for (int i = 32; i < blocks / 2; i++) {
        DioRequest done = context.take();
        assertThat(done.result()).isEqualTo(1024);
        context.write(file, done.prepare(0, i * 2048L, 1024, false));
      }
      while (context.inFlight() > 0) {
        assertThat(context.take().result()).isEqualTo(1024);
      }
    }
    file.fsync();
    for (int i = 0; i < blocks / 2; i += 61) {
      assertThat(bench.read(file, i * 2048L, 1024)).isEqualTo(Bench.data(7, 1024));
      assertThat(bench.read(file, i * 2048L + 1024, 1024)).containsOnly(0);
    }
  }

  private Bench openWithFailingWorkers(DioStrategy strategy) throws IOException {
    return open(new Setup(strategy, new FailingWorkers(), 1024, Setup.Medium.MEMORY));
  }

  private static DioFile preallocated(Bench bench) throws IOException {
    DioFile file = bench.volume().create();
    file.fallocate(0, 64 * 1024, false);
    file.fsync();
    return file;
  }

  private static void writeAsync(Bench bench, DioFile file, long offset, byte[] data, boolean dsync)
      throws IOException {
    MemorySegment buffer = bench.volume().allocateBuffer(data.length);
    MemorySegment.copy(data, 0, buffer, ValueLayout.JAVA_BYTE, 0, data.length);
    try (AioContext context = bench.volume().openContext(4)) {
      context.write(file, new DioRequest(buffer).prepare(0, offset, data.length, dsync));
      assertThat(context.take().result()).isEqualTo(data.length);
    }
  }

  private static byte[] tail(byte[] data) {
    return Arrays.copyOfRange(data, data.length / 2, data.length);
  }

  private static ConversionPolicy policy() {
    return Policies.byName("workqueue");
  }

  private static boolean isWorker() {
    return Thread.currentThread().getName().startsWith("diolab-dio-done");
  }

  /** No worker ever converts anything. */
  private static final class FailingWorkers extends ForwardingPolicy {
    FailingWorkers() {
      super(policy());
    }

    @Override
    public void endIo(UnwrittenWrite write) throws IOException {
      if (isWorker()) {
        throw new IOException("the worker fails as told");
      }
      super.endIo(write);
    }
  }

  /** Nobody converts anything as long as it is said so. */
  private static final class FailingConversions extends ForwardingPolicy {
    private volatile boolean fails = true;

    FailingConversions() {
      super(policy());
    }

    @Override
    public void endIo(UnwrittenWrite write) throws IOException {
      if (fails) {
        throw new IOException("the conversion fails as told");
      }
      super.endIo(write);
    }
  }

  /** The workers begin to convert, and go on when they are told to. */
  private static final class HeldWorkers extends ForwardingPolicy {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    HeldWorkers() {
      super(policy());
    }

    @Override
    public void endIo(UnwrittenWrite write) throws IOException {
      if (isWorker()) {
        begun.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      super.endIo(write);
    }
  }
}
