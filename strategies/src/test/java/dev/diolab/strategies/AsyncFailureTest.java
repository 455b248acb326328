package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FilterDevice;
import dev.diolab.engine.device.IoDone;
import dev.diolab.engine.device.IoQueue;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.ForwardingPolicy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asynchronous requests complete, also when it is not the device that fails. */
class AsyncFailureTest extends ContractTest {
  private static final String STRATEGIES = "dev.diolab.strategies.Setup#eachStrategyOnceAndOnFile";

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aCompletionThatBreaksEndsItsRequestAndHoldsNothing(Setup setup) throws IOException {
    Bench bench = open(with(setup, new BreakingPolicy()));
    DioFile file = bench.volume().create();
    file.fallocate(0, 8192, false);
    try (AioContext context = bench.volume().openContext(4)) {
      DioRequest request = new DioRequest(bench.volume().allocateBuffer(4096));
      context.write(file, request.prepare(0, 0, 4096, false));

      DioRequest done = context.take();

      assertThat(done).isSameAs(request);
      assertThatThrownBy(done::result)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("breaks as told");
      assertThat(context.inFlight()).isZero();
    }
    file.truncate(0); // whoever holds something still would hang this
  }

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aWaitedForWriteThatBreaksIsCompleteToo(Setup setup) throws IOException {
    Bench bench = open(with(setup, new BreakingPolicy()));
    DioFile file = bench.volume().create();
    file.fallocate(0, 8192, true);
    try (AioContext context = bench.volume().openContext(4)) {
      DioRequest request = new DioRequest(bench.volume().allocateBuffer(4096));
      context.write(file, request.prepare(0, 0, 4096, false));

      assertThatThrownBy(context.take()::result)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("breaks as told");
    }
    file.truncate(0);
  }

  /**
   * A page that comes after the transfer is over holds what was written, and whoever has it locked
   * may need this queue to go on.
   */
  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoReapsDoesNotWaitForPagesThatCameMeanwhile() throws Exception {
    HookedStrategy strategy = new HookedStrategy(Strategies.byName("placeholder"));
    Bench bench = open(new Setup(strategy, Policies.byName("end-io"), 4096, Setup.Medium.MEMORY));
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 8192));
    try (ExecutorService other = Executors.newSingleThreadExecutor();
        AioContext context = bench.volume().openContext(4)) {
      AioContext theirs = other.submit(() -> bench.volume().openContext(4)).get();
      DioRequest read = new DioRequest(bench.volume().allocateBuffer(4096));
      DioRequest cached = new DioRequest(bench.volume().allocateBuffer(4096));
      strategy.afterNextWriteIsReleased(
          () ->
              other
                  .submit(
                      () -> {
                        file.readBuffered(cached.prepare(0, 0, 4096, false));
                        theirs.read(file, read.prepare(0, 0, 4096, false)); // holds its page
                        return null;
                      })
                  .get());
      DioRequest write = new DioRequest(bench.volume().allocateBuffer(4096));
      context.write(file, write.prepare(0, 0, 4096, false));

      assertThat(context.take().result()).isEqualTo(4096);
      assertThat(other.submit(() -> theirs.take().result()).get()).isEqualTo(4096);
      other
          .submit(
              () -> {
                theirs.close();
                return null;
              })
          .get();
    }
  }

  /** A first part of the range may be written: a page of it would hide that for ever. */
  @ParameterizedTest
  @MethodSource(STRATEGIES)
  @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aConversionThatFailsDropsThePagesOfItsRange(Setup setup) throws IOException {
    if (setup.strategy().name().startsWith("placeholder")) {
      return; // no page comes into its range
    }
    FailingAfterwards policy = new FailingAfterwards();
    Bench bench = open(with(setup, policy));
    DioFile file = bench.volume().create();
    file.fallocate(0, 8192, false);
    policy.first = () -> assertThat(bench.readBuffered(file, 0, 4096)).containsOnly(0);
    try (AioContext context = bench.volume().openContext(4)) {
      DioRequest request = new DioRequest(bench.volume().allocateBuffer(4096));
      request.buffer().fill((byte) 5);
      context.write(file, request.prepare(0, 0, 4096, false));

      assertThatThrownBy(context.take()::result).hasMessageContaining("fails as told");
    }
    assertThat(bench.read(file, 0, 4096)).containsOnly(5);
    assertThat(bench.readBuffered(file, 0, 4096)).containsOnly(5);
  }

  /** Under no-lock nothing keeps a punch from the blocks of a write in flight. */
  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLateConversionOfFreedBlocksIsToldByFsyncAndHarmsNobody() throws Exception {
    Bench bench =
        open(
            new Setup(
                Strategies.byName("no-lock"),
                Policies.byName("workqueue"),
                4096,
                Setup.Medium.MEMORY));
    DioFile file = bench.volume().create();
    file.fallocate(0, 4 * 4096, false);
    file.fsync();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    bench
        .device()
        .failWrites(
            at -> {
              if (!bench.isInJournal(at) && Thread.currentThread().getName().contains("-io-")) {
                begun.countDown();
                awaitUninterruptibly(goOn);
              }
              return false;
            });
    try (AioContext context = bench.volume().openContext(4)) {
      DioRequest request = new DioRequest(bench.volume().allocateBuffer(4 * 4096));
      request.buffer().fill((byte) 5);
      context.write(file, request.prepare(0, 0, 4 * 4096, false));
      context.flush();
      begun.await();
      file.punchHole(4096, 4096);
      goOn.countDown();
      assertThat(context.take().result()).isEqualTo(4 * 4096);

      assertThatThrownBy(file::fsync)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("conversion of inode")
          .hasMessageContaining("at byte 4096")
          .hasMessageContaining("hole");

      file.fsync();
      assertThat(bench.read(file, 0, 4096)).containsOnly(5);
      assertThat(bench.read(file, 4096, 4096)).containsOnly(0);
      assertThat(bench.read(file, 8192, 8192)).containsOnly(5);
      context.write(file, request.prepare(0, 0, 4096, false));
      assertThat(context.take().result()).isEqualTo(4096);
    }
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aQueueThatFailsTheRescuerIsToldToTheWaitingOwner() throws Exception {
    HeldPolicy policy = new HeldPolicy();
    RescueFailingDevice device = new RescueFailingDevice(new MemoryDevice(Bench.DEVICE_BYTES));
    VolumeFormatter.format(device, new VolumeOptions(4096, 256, 32));
    try (Volume volume = Volume.mount(device, Strategies.byName("iomap-endio"), policy)) {
      DioFile file = volume.create();
      file.fallocate(0, 8192, false);
      try (AioContext context = volume.openContext(4)) {
        DioRequest write = new DioRequest(volume.allocateBuffer(4096));
        DioRequest read = new DioRequest(volume.allocateBuffer(4096));
        context.write(file, write.prepare(0, 0, 4096, true));
        while (policy.begun.getCount() > 0) {
          assertThat(context.poll()).isNull();
        }
        device.failuresLeft.set(Integer.MAX_VALUE);
        file.write(new DioRequest(volume.allocateBuffer(4096)).prepare(0, 8192, 4096, false));
        context.read(file, read.prepare(0, 8192, 4096, false));

        assertThatThrownBy(context::take)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("the rescuer fails as told");

        device.failuresLeft.set(0);
        policy.goOn.countDown();
        assertThat(context.take().result()).isEqualTo(4096);
        assertThat(context.take().result()).isEqualTo(4096);
      }
    }
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void theRescuerOfASleepingOwnerTriesAgain() throws Exception {
    RescueFailingDevice device = new RescueFailingDevice(new MemoryDevice(Bench.DEVICE_BYTES));
    VolumeFormatter.format(device, new VolumeOptions(4096, 256, 32));
    try (Volume volume =
        Volume.mount(device, Strategies.byName("iomap-endio"), Policies.byName("end-io"))) {
      DioFile file = volume.create();
      file.write(new DioRequest(volume.allocateBuffer(4096)).prepare(0, 0, 4096, false));
      try (AioContext context = volume.openContext(4)) {
        DioRequest read = new DioRequest(volume.allocateBuffer(4096));
        context.read(file, read.prepare(0, 0, 4096, false));
        device.failuresLeft.set(3);

        file.truncate(0); // waits for the read, which only the rescuer can complete

        assertThat(device.failuresLeft.get()).isLessThanOrEqualTo(0);
        assertThat(context.take().result()).isEqualTo(4096);
      }
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Setup with(Setup setup, ConversionPolicy policy) {
    DioStrategy strategy = setup.strategy();
    return new Setup(strategy, policy, setup.blockSize(), setup.medium());
  }

  /** Cannot convert. */
  private static final class BreakingPolicy implements ConversionPolicy {
    @Override
    public String name() {
      return "breaking";
    }

    @Override
    public String origin() {
      return "tests";
    }

    @Override
    public String summary() {
      return "breaks";
    }

    @Override
    public Set<Guarantee> guarantees() {
      return Set.of();
    }

    @Override
    public boolean allowsDirectConversion() {
      return true;
    }

    @Override
    public void endIo(UnwrittenWrite write) {
      throw new AssertionError("breaks as told");
    }
  }

  /** Converts, and says that it failed. */
  private static final class FailingAfterwards extends ForwardingPolicy {
    private volatile Action first = () -> {};

    FailingAfterwards() {
      super(Policies.byName("end-io"));
    }

    interface Action {
      void run() throws IOException;
    }

    @Override
    public void endIo(UnwrittenWrite write) throws IOException {
      first.run();
      super.endIo(write);
      throw new IOException("the conversion fails as told");
    }
  }

  /** Conversions of workers wait. */
  private static final class HeldPolicy extends ForwardingPolicy {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    HeldPolicy() {
      super(Policies.byName("end-io"));
    }

    @Override
    public void endIo(UnwrittenWrite write) throws IOException {
      if (Thread.currentThread().getName().startsWith("diolab-dio-done")) {
        begun.countDown();
        awaitUninterruptibly(goOn);
      }
      super.endIo(write);
    }
  }

  /** A device whose queues can be made to fail whoever is not their owner. */
  private static final class RescueFailingDevice extends FilterDevice {
    private final AtomicInteger failuresLeft = new AtomicInteger();

    RescueFailingDevice(BlockDevice below) {
      super(below);
    }

    @Override
    public IoQueue openQueue(int depth) throws IOException {
      return new RescueFailingQueue(super.openQueue(depth), failuresLeft);
    }
  }

  private record RescueFailingQueue(IoQueue below, AtomicInteger failuresLeft) implements IoQueue {
    @Override
    public int depth() {
      return below.depth();
    }

    @Override
    public int inFlight() {
      return below.inFlight();
    }

    @Override
    public boolean isFull() {
      return below.isFull();
    }

    @Override
    public void read(
        IoDone done, MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
      below.read(done, buffer, bufferOffset, deviceOffset, bytes);
    }

    @Override
    public void write(
        IoDone done,
        MemorySegment buffer,
        long bufferOffset,
        long deviceOffset,
        int bytes,
        boolean fua) {
      below.write(done, buffer, bufferOffset, deviceOffset, bytes, fua);
    }

    @Override
    public void submit() throws IOException {
      below.submit();
    }

    @Override
    public int reap(int atLeast) throws IOException {
      boolean isRescuer = Thread.currentThread().getName().startsWith("diolab-dio-done");
      if (isRescuer && failuresLeft.getAndDecrement() > 0) {
        throw new IOException("the rescuer fails as told");
      }
      return below.reap(atLeast);
    }

    @Override
    public void close() {
      below.close();
    }
  }
}
