package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asynchronous requests that make no sense are refused, and those in flight are not disturbed. */
class AsyncMisuseTest extends ContractTest {
  private static final String STRATEGIES = "dev.diolab.strategies.Setup#eachStrategyOnceAndOnFile";
  private static final int PAGE = 4096;

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  void aRequestInFlightServesNoSynchronousCallEither(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench, 2 * PAGE);
    DioRequest request = request(bench, PAGE);
    try (AioContext context = bench.volume().openContext(4)) {
      context.read(file, request.prepare(0, 0, PAGE, false));
      assertThatIllegalStateException()
          .isThrownBy(() -> file.read(request))
          .withMessageContaining("in flight");
      assertThatIllegalStateException().isThrownBy(() -> file.write(request));
      assertThatIllegalStateException().isThrownBy(() -> file.writeBuffered(request));
      assertThatIllegalStateException().isThrownBy(request::nowait);
      assertThatIllegalStateException().isThrownBy(() -> request.onCompletion(done -> {}));
      assertThat(context.take().result()).isEqualTo(PAGE);
      assertThat(file.read(request)).isEqualTo(PAGE);
    }
  }

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  void aRequestIsInFlightInOneContextOnly(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench, 2 * PAGE);
    DioRequest request = request(bench, PAGE);
    try (AioContext context = bench.volume().openContext(4);
        AioContext other = bench.volume().openContext(4)) {
      context.read(file, request.prepare(0, 0, PAGE, false));
      assertThatIllegalStateException()
          .isThrownBy(() -> other.write(file, request))
          .withMessageContaining("in flight");
      assertThat(other.inFlight()).isZero();
      assertThat(context.take()).isSameAs(request);
    }
  }

  @Test
  void theOwnerOfAContextAloneUsesIt() throws Exception {
    Bench bench = open(setup());
    DioFile file = written(bench, PAGE);
    DioRequest request = request(bench, PAGE).prepare(0, 0, PAGE, false);
    try (ExecutorService other = Executors.newSingleThreadExecutor();
        AioContext context = bench.volume().openContext(4)) {
      for (ContextCall call :
          List.<ContextCall>of(
              () -> context.read(file, request),
              () -> context.write(file, request),
              context::flush,
              context::poll,
              context::take,
              context::close)) {
        assertThatThrownBy(() -> other.submit(call.asCallable()).get())
            .cause()
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("owned by");
      }
      context.read(file, request);
      assertThat(context.take().result()).isEqualTo(PAGE);
    }
  }

  @Test
  void filesOfOtherVolumesAreRefused() throws IOException {
    Bench bench = open(setup());
    Bench another = open(setup());
    DioFile foreign = written(another, PAGE);
    DioFile own = written(bench, PAGE);
    DioRequest request = request(bench, PAGE).prepare(0, 0, PAGE, false);
    DioFile again = bench.remountAndReopen(own);
    try (AioContext context = bench.volume().openContext(4)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> context.write(foreign, request))
          .withMessageContaining("another volume");
      assertThatIllegalArgumentException().isThrownBy(() -> context.read(own, request));
      context.read(again, request);
      assertThat(context.take().result()).isEqualTo(PAGE);
    }
  }

  @Test
  void aClosedVolumeGivesNoContext() throws IOException {
    Bench bench = open(setup());
    bench.volume().close();
    assertThatIllegalStateException()
        .isThrownBy(() -> bench.volume().openContext(4))
        .withMessage("the volume is closed");
  }

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  void anUnlinkedFileFailsItsRequests(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench, PAGE);
    bench.volume().unlink(file.inodeNumber());
    try (AioContext context = bench.volume().openContext(4)) {
      context.read(file, request(bench, PAGE).prepare(0, 0, PAGE, false));
      context.write(file, request(bench, PAGE).prepare(0, 0, PAGE, false));
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(context.take()::result)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("was unlinked");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  void buffersThatCannotServeAreRefusedBeforeBlocksAreAllocated(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench, PAGE);
    file.truncate(0);
    file.fsync();
    long free = bench.volume().freeBlocks();
    Arena closed = Arena.ofShared();
    DioRequest freed = new DioRequest(closed.allocate(PAGE, PAGE)).prepare(0, 0, PAGE, false);
    closed.close();
    try (AioContext context = bench.volume().openContext(4);
        Arena confined = Arena.ofConfined()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> context.write(file, freed))
          .withMessageContaining("arena of the buffer is closed");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  context.write(
                      file,
                      new DioRequest(confined.allocate(PAGE, PAGE)).prepare(0, 0, PAGE, false)))
          .withMessageContaining("confined");
      MemorySegment readOnly = bench.volume().allocateBuffer(PAGE).asReadOnly();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> context.read(file, new DioRequest(readOnly).prepare(0, 0, PAGE, false)))
          .withMessageContaining("read-only");
      if (setup.medium() == Setup.Medium.FILE) {
        MemorySegment odd = Arena.ofAuto().allocate(2 * PAGE, PAGE).asSlice(1, PAGE);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> context.write(file, new DioRequest(odd).prepare(0, 0, PAGE, false)))
            .withMessageContaining("aligned");
        MemorySegment heap = MemorySegment.ofArray(new byte[PAGE]);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> context.write(file, new DioRequest(heap).prepare(0, 0, PAGE, false)))
            .withMessageContaining("native");
      }
      assertThat(context.inFlight()).isZero();
    }
    assertThat(bench.volume().freeBlocks()).isEqualTo(free);
  }

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  void moreRequestsThanTheDepthAreHeldBackAndAllComplete(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench, 64 * PAGE);
    List<DioRequest> all = new ArrayList<>();
    try (AioContext context = bench.volume().openContext(2)) {
      for (int i = 0; i < 64; i++) {
        DioRequest request = request(bench, PAGE).prepare(0, i * (long) PAGE, PAGE, false);
        context.read(file, request);
        all.add(request);
      }
      for (int i = 0; i < 64; i++) {
        assertThat(all.remove(context.take())).isTrue();
      }
      assertThat(context.poll()).isNull();
    }
    assertThat(all).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  void closeWaitsForWhatIsInFlightAndItsOutcomeIsKept(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = written(bench, 16 * PAGE);
    List<DioRequest> all = new ArrayList<>();
    AioContext context = bench.volume().openContext(16);
    for (int i = 0; i < 16; i++) {
      DioRequest request = request(bench, PAGE).prepare(0, i * (long) PAGE, PAGE, false);
      request.buffer().fill((byte) (i + 1));
      context.write(file, request);
      all.add(request);
    }
    context.close();
    for (DioRequest request : all) {
      assertThat(request.result()).isEqualTo(PAGE);
    }
    for (int i = 0; i < 16; i++) {
      assertThat(bench.read(file, i * (long) PAGE, PAGE)).containsOnly(i + 1);
    }
    file.truncate(0);
  }

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  void aCallbackThatThrowsDoesNoHarm(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile file = written(bench, PAGE);
    AtomicReference<Throwable> told = new AtomicReference<>();
    try (ExecutorService owner =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "owner");
              thread.setUncaughtExceptionHandler((who, what) -> told.set(what));
              return thread;
            })) {
      owner
          .submit(
              () -> {
                try (AioContext context = bench.volume().openContext(4)) {
                  DioRequest request = request(bench, PAGE);
                  request.onCompletion(
                      done -> {
                        throw new IllegalStateException("throws as told");
                      });
                  context.read(file, request.prepare(0, 0, PAGE, false));
                  while (context.inFlight() > 0) {
                    context.poll();
                  }
                  assertThat(request.result()).isEqualTo(PAGE);
                }
                return null;
              })
          .get();
    }
    assertThat(told.get()).hasMessage("throws as told");
    file.truncate(0);
  }

  @Test
  void closeMayMeetTheLastCallback() throws IOException {
    Bench bench = open(setup());
    DioFile file = written(bench, PAGE);
    AtomicInteger calls = new AtomicInteger();
    DioRequest request = request(bench, PAGE).onCompletion(done -> calls.incrementAndGet());
    int rounds = 1000;
    for (int i = 0; i < rounds; i++) {
      file.readBuffered(request.prepare(0, 0, PAGE, false)); // so that a worker completes
      try (AioContext context = bench.volume().openContext(4)) {
        context.write(file, request.prepare(0, 0, PAGE, true));
        context.flush();
      }
      assertThat(request.result()).isEqualTo(PAGE);
    }
    assertThat(calls).hasValue(rounds);
  }

  private interface ContextCall {
    void run() throws IOException;

    default Callable<Void> asCallable() {
      return () -> {
        run();
        return null;
      };
    }
  }

  private static Setup setup() {
    return new Setup(
        Strategies.byName("iomap-endio"), Policies.byName("end-io"), PAGE, Setup.Medium.MEMORY);
  }

  private static DioFile written(Bench bench, int bytes) throws IOException {
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, bytes));
    return file;
  }

  private static DioRequest request(Bench bench, int bytes) {
    return new DioRequest(bench.volume().allocateBuffer(bytes));
  }
}
