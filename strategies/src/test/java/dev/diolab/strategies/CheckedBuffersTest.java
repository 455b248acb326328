package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.BufferMisuseException;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.MountOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a volume that checks buffers tells of their misuse, and that it works as others do. */
class CheckedBuffersTest extends ContractTest {
  private static final String STRATEGIES = "dev.diolab.strategies.Setup#eachStrategyOnceAndOnFile";
  private static final int PAGE = 4096;
  private static final int PAGES = 16;

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  void aWriteWhoseBufferChangesIsToldAndWritesWhatItWasGiven(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = checkedFile(setup, bench);
    try (AioContext context = bench.volume().openContext(4)) {
      DioRequest request = request(bench, 2 * PAGE);
      request.buffer().fill((byte) 5);
      context.write(file, request.prepare(PAGE, 0, PAGE, false));
      request.buffer().set(ValueLayout.JAVA_BYTE, PAGE - 1, (byte) 6); // in front of the range
      request.buffer().set(ValueLayout.JAVA_BYTE, PAGE + 17, (byte) 6);

      assertThatThrownBy(context.take()::result)
          .isInstanceOf(BufferMisuseException.class)
          .hasMessage(
              "byte 4113 of the buffer was changed while a write: request of 4096 bytes at file"
                  + " offset 0, buffer offset 4096 was in flight");

      context.write(file, request.prepare(0, PAGE, PAGE, false));
      assertThat(context.take().result()).isEqualTo(PAGE);
    }
    assertThat(bench.read(file, 0, PAGE)).containsOnly(5);
  }

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  void aReadWhoseBufferIsStoredIntoIsTold(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = checkedFile(setup, bench);
    try (AioContext context = bench.volume().openContext(4)) {
      DioRequest request = request(bench, PAGE);
      context.read(file, request.prepare(0, 0, PAGE, false));
      request.buffer().set(ValueLayout.JAVA_BYTE, 0, (byte) 6);

      assertThatThrownBy(context.take()::result)
          .isInstanceOf(BufferMisuseException.class)
          .hasMessageStartingWith("byte 0 of the buffer was changed while a read");
    }
  }

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  void aRangeThatSomebodyStoresIntoIsGivenToOneRequestOnly(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = checkedFile(setup, bench);
    MemorySegment buffer = bench.volume().allocateBuffer(4 * PAGE);
    DioRequest first = new DioRequest(buffer);
    DioRequest second = new DioRequest(buffer);
    try (AioContext context = bench.volume().openContext(4);
        AioContext other = bench.volume().openContext(4)) {
      context.read(file, first.prepare(0, 0, 2 * PAGE, false));
      other.write(file, second.prepare(PAGE, PAGE, 2 * PAGE, false));
      assertThatThrownBy(other.take()::result)
          .isInstanceOf(BufferMisuseException.class)
          .hasMessageContaining("overlaps that of a read: request of 8192 bytes at file offset 0");
      other.write(file, second.prepare(2 * PAGE, 2 * PAGE, 2 * PAGE, false));
      assertThat(context.take().result()).isEqualTo(2 * PAGE);
      assertThat(other.take().result()).isEqualTo(2 * PAGE);

      context.write(file, first.prepare(0, 0, PAGE, false));
      other.read(file, second.prepare(0, PAGE, PAGE, false));
      assertThatThrownBy(other.take()::result)
          .isInstanceOf(BufferMisuseException.class)
          .hasMessageContaining("overlaps that of a write");
      other.write(file, second.prepare(0, PAGE, PAGE, false));
      assertThat(context.take().result()).isEqualTo(PAGE);
      assertThat(other.take().result()).isEqualTo(PAGE);
    }
  }

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  void anArenaClosedInFlightIsToldAndItsMemoryIsNotTouched(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = checkedFile(setup, bench);
    try (AioContext context = bench.volume().openContext(4)) {
      Arena arena = Arena.ofShared();
      MemorySegment buffer = arena.allocate(2 * PAGE, PAGE);
      buffer.fill((byte) 5);
      context.write(file, new DioRequest(buffer).prepare(0, 0, PAGE, false));
      context.read(file, new DioRequest(buffer).prepare(PAGE, PAGE, PAGE, false));
      arena.close();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(context.take()::result)
            .isInstanceOf(BufferMisuseException.class)
            .hasMessageContaining("arena of the buffer was closed");
      }
    }
    assertThat(bench.read(file, 0, PAGE)).containsOnly(5);
  }

  @ParameterizedTest
  @MethodSource(STRATEGIES)
  void withoutTheCheckNothingIsCompared(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, PAGE));
    try (AioContext context = bench.volume().openContext(4)) {
      DioRequest request = request(bench, PAGE);
      context.write(file, request.prepare(0, 0, PAGE, false));
      request.buffer().set(ValueLayout.JAVA_BYTE, 0, (byte) 6);
      assertThat(context.take().result()).isEqualTo(PAGE);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#functionalAndOnFile")
  void requestsThatBehaveComeToTheSameAsWithoutTheCheck(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = checked(setup, bench, bench.volume().create());
    file.fallocate(0, PAGES * PAGE / 2, false);
    byte[] expected = new byte[PAGES * PAGE];
    SplittableRandom random = new SplittableRandom(7);
    try (AioContext context = bench.volume().openContext(4)) {
      DioRequest request = request(bench, 3 * PAGE);
      for (int i = 0; i < 100; i++) {
        int at = random.nextInt(PAGES - 1) * PAGE + random.nextInt(2) * 1024;
        int bytes = (1 + random.nextInt(4)) * 1024;
        int place = random.nextInt(8) * 1024;
        if (random.nextBoolean()) {
          byte[] data = Bench.data(i, bytes);
          MemorySegment.copy(data, 0, request.buffer(), ValueLayout.JAVA_BYTE, place, bytes);
          context.write(file, request.prepare(place, at, bytes, i % 7 == 0));
          assertThat(context.take().result()).isEqualTo(bytes);
          System.arraycopy(data, 0, expected, at, bytes);
          if (setup.policy().completesFirst()) {
            file.fsync();
          }
        } else {
          context.read(file, request.prepare(place, at, bytes, false));
          int moved = context.take().result();
          assertThat(moved).isEqualTo(Math.clamp(file.size() - at, 0, bytes));
          byte[] read = request.buffer().asSlice(place, moved).toArray(ValueLayout.JAVA_BYTE);
          for (int b = 0; b < moved; b++) {
            assertThat(read[b]).as("byte %d", at + b).isEqualTo(expected[at + b]);
          }
        }
      }
    }
    file.truncate(0);
  }

  /** A file of {@link #PAGES} written pages on a volume that checks. */
  private static DioFile checkedFile(Setup setup, Bench bench) throws IOException {
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, PAGES * PAGE));
    return checked(setup, bench, file);
  }

  private static DioFile checked(Setup setup, Bench bench, DioFile file) throws IOException {
    MountOptions options = MountOptions.defaults().checkingBuffers();
    return bench.remountAndReopen(file, setup.journalled() ? options : options.withoutJournal());
  }

  private static DioRequest request(Bench bench, int bytes) {
    return new DioRequest(bench.volume().allocateBuffer(bytes));
  }
}
