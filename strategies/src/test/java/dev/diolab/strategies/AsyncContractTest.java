package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every strategy and policy owes to asynchronous requests. */
class AsyncContractTest extends ContractTest {
  private static final String SETUPS = "dev.diolab.strategies.Setup#functionalAndOnFile";
  private static final int DEPTH = 16;
  private static final int BYTES = 256 * 1024;

  @ParameterizedTest
  @MethodSource(SETUPS)
  void firstWritesInAnyOrderAreAllThere(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, BYTES, false);
    int pieces = BYTES / 8192;
    try (AioContext context = bench.volume().openContext(DEPTH)) {
      Deque<DioRequest> free = requests(bench, DEPTH, 8192);
      for (int piece : shuffled(pieces)) {
        DioRequest request = free.isEmpty() ? taken(context, 8192) : free.remove();
        fill(request, Bench.data(piece, 8192));
        context.write(file, request.prepare(0, piece * 8192L, 8192, piece % 5 == 0));
      }
      while (context.inFlight() > 0) {
        taken(context, 8192);
      }
    }
    showToReaders(setup, file);
    for (int piece = 0; piece < pieces; piece++) {
      assertThat(bench.read(file, piece * 8192L, 8192)).isEqualTo(Bench.data(piece, 8192));
    }
    file.fsync();
    DioFile after = setup.journalled() ? bench.crashAndReopen(file) : file;
    assertThat(bench.read(after, 0, 8192)).isEqualTo(Bench.data(0, 8192));
    assertThat(bench.read(after, BYTES - 8192, 8192)).isEqualTo(Bench.data(pieces - 1, 8192));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void aCompletedWriteIsSeenByEveryLaterRead(Setup setup) throws IOException {
    if (setup.policy().completesFirst()) {
      return; // does not declare G4
    }
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, BYTES, false);
    try (AioContext context = bench.volume().openContext(DEPTH)) {
      DioRequest write = request(bench, 4096);
      DioRequest read = request(bench, 4096);
      for (int i = 0; i < 40; i++) {
        long offset = i % 20 * 4096L;
        fill(write, Bench.data(i, 4096));
        context.write(file, write.prepare(0, offset, 4096, i % 3 == 0));
        taken(context, 4096);
        context.read(file, read.prepare(0, offset, 4096, false));
        taken(context, 4096);
        assertThat(bytes(read)).isEqualTo(Bench.data(i, 4096));
        assertThat(bench.read(file, offset, 4096)).isEqualTo(Bench.data(i, 4096));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void aSynchronousWriteOfAPartOfABlockZeroesNoDataInFlight(Setup setup) throws IOException {
    if (setup.strategy().isCeiling()) {
      return; // promises nothing
    }
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, BYTES, false);
    byte[] data = Bench.data(1, 8192);
    try (AioContext context = bench.volume().openContext(DEPTH)) {
      DioRequest inFlight = request(bench, 8192);
      fill(inFlight, data);
      context.write(file, inFlight.prepare(0, 8192, 8192, false));
      context.flush();

      bench.write(file, 8192 - 512, Bench.data(2, 1024));

      taken(context, 8192);
    }
    showToReaders(setup, file);
    assertThat(bench.read(file, 8192 + 512, 8192 - 512))
        .isEqualTo(Arrays.copyOfRange(data, 512, 8192));
    assertThat(bench.read(file, 8192 - 512, 512))
        .isEqualTo(Arrays.copyOf(Bench.data(2, 1024), 512));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void aReadEndsWhereTheFileDoes(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4096));
    file.truncate(5000);
    try (AioContext context = bench.volume().openContext(DEPTH)) {
      DioRequest read = request(bench, 8192);
      context.read(file, read.prepare(0, 0, 8192, false));
      taken(context, 5000);
      assertThat(Arrays.copyOf(bytes(read), 4096)).isEqualTo(Bench.data(1, 4096));
      assertThat(Arrays.copyOfRange(bytes(read), 4096, 5000)).containsOnly(0);
      context.read(file, read.prepare(0, 8192, 4096, false));
      taken(context, 0);
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void appendsAndPartsOfBlocksAreAllThere(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    int pieces = 64;
    try (AioContext context = bench.volume().openContext(DEPTH)) {
      List<DioRequest> all = new ArrayList<>();
      for (int piece = 0; piece < pieces; piece++) {
        DioRequest request = request(bench, 512);
        fill(request, Bench.data(piece, 512));
        all.add(request);
      }
      for (int piece = 0; piece < pieces; piece++) {
        context.write(file, all.get(piece).prepare(0, piece * 512L, 512, false));
      }
      for (int piece = 0; piece < pieces; piece++) {
        taken(context, 512);
      }
    }
    assertThat(file.size()).isEqualTo(pieces * 512L);
    for (int piece = 0; piece < pieces; piece++) {
      assertThat(bench.read(file, piece * 512L, 512)).isEqualTo(Bench.data(piece, 512));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#all")
  void partsOfUnwrittenBlocksInFlightTogetherDoNotZeroEachOther(Setup setup) throws IOException {
    if (setup.strategy().isCeiling()) {
      return; // it has no lock against this
    }
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 64 * 1024, false);
    int pieces = 64 * 1024 / 512;
    try (AioContext context = bench.volume().openContext(pieces)) {
      Deque<DioRequest> free = requests(bench, pieces, 512);
      for (int piece : shuffled(pieces)) {
        DioRequest request = free.remove();
        fill(request, Bench.data(piece, 512));
        context.write(file, request.prepare(0, piece * 512L, 512, false));
      }
      while (context.inFlight() > 0) {
        taken(context, 512);
      }
    }
    showToReaders(setup, file);
    for (int piece = 0; piece < pieces; piece++) {
      assertThat(bench.read(file, piece * 512L, 512)).isEqualTo(Bench.data(piece, 512));
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void aFailedTransferFailsItsRequestAndNoOther(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, BYTES, false);
    bench.write(file, 0, Bench.data(9, BYTES));
    file.fsync();
    AtomicInteger writes = new AtomicInteger();
    int failed = 0;
    try (AioContext context = bench.volume().openContext(DEPTH)) {
      bench.device().failWrites(at -> !bench.isInJournal(at) && writes.incrementAndGet() == 5);
      Deque<DioRequest> free = requests(bench, DEPTH, 4096);
      for (int i = 0; i < DEPTH; i++) {
        DioRequest request = free.remove();
        fill(request, Bench.data(i, 4096));
        context.write(file, request.prepare(0, i * 4096L, 4096, false));
      }
      for (int i = 0; i < DEPTH; i++) {
        DioRequest done = context.take();
        try {
          assertThat(done.result()).isEqualTo(4096);
        } catch (IOException e) {
          assertThat(e).hasMessageContaining("fails as told");
          failed++;
        }
      }
      bench.device().failWrites(at -> false);
      assertThat(failed).isEqualTo(1);
      DioRequest again = request(bench, 4096);
      context.write(file, again.prepare(0, 0, 4096, true));
      taken(context, 4096);
    }
    file.truncate(0); // whoever is in flight still would hang this
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void whoSubmitsMayWaitForWhatHisOwnRequestsHold(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 64 * 1024));
    try (AioContext context = bench.volume().openContext(DEPTH)) {
      Deque<DioRequest> free = requests(bench, 6, 16 * 1024);
      for (int i = 0; i < 3; i++) {
        context.write(file, free.remove().prepare(0, 8192, 16 * 1024, false));
        context.read(file, free.remove().prepare(0, 8192, 16 * 1024, false));
      }
      file.fallocate(64 * 1024, 8192, true);
      file.punchHole(4096, 8192);
      file.truncate(8192);
      for (int i = 0; i < 6; i++) {
        context.take().result();
      }
      assertThat(context.inFlight()).isZero();
    }
    assertThat(file.size()).isEqualTo(8192);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void truncateAndRewriteBesideRequestsInFlightKeepsTheVolumeSound(Setup setup) throws Exception {
    if (setup.strategy().isCeiling()) {
      return; // frees blocks under requests in flight
    }
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, BYTES));
    inThreads(
        3,
        thread -> {
          if (thread == 0) {
            for (int i = 0; i < 30; i++) {
              file.truncate(i % 2 == 0 ? 10_000 : 0);
              file.fallocate(0, BYTES, false);
            }
            return;
          }
          SplittableRandom random = new SplittableRandom(thread);
          try (AioContext context = bench.volume().openContext(DEPTH)) {
            Deque<DioRequest> free = requests(bench, DEPTH, 8192);
            for (int i = 0; i < 300; i++) {
              DioRequest request = free.isEmpty() ? context.take() : free.remove();
              request.prepare(0, random.nextInt(BYTES / 4096 - 1) * 4096L, 8192, false);
              if (random.nextBoolean()) {
                context.write(file, request);
              } else {
                context.read(file, request);
              }
            }
            while (context.inFlight() > 0) {
              context.take().result();
            }
          }
        });
    file.fsync();
    assertThat(bench.readAll(file)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void aCallbackIsCalledOnceInsteadOfTaking(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, BYTES, false);
    CountDownLatch called = new CountDownLatch(DEPTH);
    AtomicInteger calls = new AtomicInteger();
    try (AioContext context = bench.volume().openContext(DEPTH)) {
      for (DioRequest request : requests(bench, DEPTH, 4096)) {
        request.onCompletion(
            done -> {
              calls.incrementAndGet();
              called.countDown();
            });
        context.write(file, request.prepare(0, called.getCount() * 4096L, 4096, false));
      }
    }
    assertThat(called.getCount()).isZero();
    assertThat(calls).hasValue(DEPTH);
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#eachStrategyOnceAndOnFile")
  void aRequestInFlightCannotBeUsedOtherwise(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 8192));
    DioRequest request = request(bench, 4096);
    AioContext context = bench.volume().openContext(DEPTH);
    assertThatThrownBy(context::take).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(request::result).isInstanceOf(IllegalStateException.class);
    context.write(file, request.prepare(0, 0, 4096, false));
    assertThatThrownBy(() -> request.prepare(0, 0, 4096, false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in flight");
    assertThatThrownBy(() -> context.read(file, request)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> bench.volume().close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 contexts");
    context.close();
    context.close();
    assertThatThrownBy(() -> context.write(file, request.prepare(0, 0, 4096, false)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#eachStrategyOnceAndOnFile")
  void nowaitWritesOfWrittenBlocksGoAndOthersAreRefused(Setup setup) throws IOException {
    if (!setup.strategy().rules().knowsNowait()) {
      return;
    }
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 8192));
    try (AioContext context = bench.volume().openContext(DEPTH)) {
      DioRequest request = request(bench, 4096);
      fill(request, Bench.data(2, 4096));
      context.write(file, request.prepare(0, 4096, 4096, false).nowait());
      taken(context, 4096);
      context.write(file, request.prepare(0, 8192, 4096, false).nowait());
      taken(context, DioFile.WOULD_BLOCK);
      context.read(file, request.prepare(0, 4096, 4096, false).nowait());
      taken(context, 4096);
      assertThat(bytes(request)).isEqualTo(Bench.data(2, 4096));
    }
    assertThat(file.size()).isEqualTo(8192);
  }

  /** What completed before its conversion is shown by the conversion only. */
  private static void showToReaders(Setup setup, DioFile file) throws IOException {
    if (setup.policy().completesFirst()) {
      file.fsync();
    }
  }

  private static DioRequest taken(AioContext context, int expected) throws IOException {
    DioRequest done = context.take();
    assertThat(done.result()).isEqualTo(expected);
    return done;
  }

  private static Deque<DioRequest> requests(Bench bench, int count, int bytes) {
    Deque<DioRequest> all = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      all.add(request(bench, bytes));
    }
    return all;
  }

  private static DioRequest request(Bench bench, int bytes) {
    return new DioRequest(bench.volume().allocateBuffer(bytes));
  }

  private static void fill(DioRequest request, byte[] data) {
    MemorySegment.copy(data, 0, request.buffer(), ValueLayout.JAVA_BYTE, 0, data.length);
  }

  private static byte[] bytes(DioRequest request) {
    return request.buffer().toArray(ValueLayout.JAVA_BYTE);
  }

  private static int[] shuffled(int count) {
    int[] order = new int[count];
    SplittableRandom random = new SplittableRandom(count);
    for (int i = 0; i < count; i++) {
      int at = random.nextInt(i + 1);
      order[i] = order[at];
      order[at] = i;
    }
    return order;
  }
}
