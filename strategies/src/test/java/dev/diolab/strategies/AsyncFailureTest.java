package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
}
