package dev.diolab.benchmarks.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.diolab.results.run.Slices;
import dev.diolab.results.run.Slices.Slice;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class SliceRecorderTest {
  private static final long WARMUP_NANOS = 500_000_000;
  private static final long NANOS = 1_500_000_000;

  private final SliceRecorder slices = new SliceRecorder();

  @Test
  void countsEachOperationInTheSliceInWhichItReturned() {
    slices.begin(false, 1_000, WARMUP_NANOS);
    slices.record(1_000, 7_000);
    slices.record(1_000 + WARMUP_NANOS - 1, 7_000);
    slices.begin(true, 2 * NANOS, NANOS);
    slices.record(2 * NANOS + 150_000_000, 50_000);
    slices.record(2 * NANOS + 199_999_999, 100_000);

    Slices result = slices.result().orElseThrow();

    assertThat(result.warmup())
        .extracting(Slice::opsPerSecond)
        .containsExactly(10.0, 0.0, 0.0, 0.0, 10.0);
    assertThat(result.measured()).hasSize(SliceRecorder.MEASURED);
    assertThat(result.measured().get(1).opsPerSecond()).isEqualTo(20);
    assertThat(result.measured().get(1).p99Us()).isCloseTo(100, within(7.0));
    assertThat(result.measured().getFirst()).isEqualTo(new Slice(0, 0));
  }

  @Test
  void leavesOutWhatReturnsBeforeOrAfterTheStretch() {
    slices.begin(true, NANOS, NANOS);
    slices.record(NANOS - 1, 1);
    slices.record(2 * NANOS, 1);

    assertThat(slices.result().orElseThrow().measured())
        .extracting(Slice::opsPerSecond)
        .containsOnly(0.0);
  }

  @Test
  void addsThreads() {
    SliceRecorder other = new SliceRecorder();
    for (SliceRecorder one : new SliceRecorder[] {slices, other}) {
      one.begin(true, 0, NANOS);
      one.record(0, 1_000);
    }
    slices.add(other);

    assertThat(slices.result().orElseThrow().measured().getFirst().opsPerSecond()).isEqualTo(20);
  }

  @Test
  void hasNoResultWithoutAMeasuredTime() {
    slices.record(1);
    assertThat(slices.result()).isEmpty();
    slices.begin(false, 0, NANOS);
    assertThat(slices.result()).isEmpty();
  }

  @Test
  void recordingAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    slices.begin(true, System.nanoTime(), 60_000_000_000L);
    recordMany();
    long before = threads.getCurrentThreadAllocatedBytes();

    recordMany();

    // The bean itself may allocate a little; a million operations would allocate megabytes.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private void recordMany() {
    for (int i = 0; i < 1_000_000; i++) {
      slices.record(i * 1_000L);
    }
  }
}
