package dev.diolab.benchmarks.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.results.run.Phase;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class PhaseRecorderTest {
  private final PhaseRecorder recorder = new PhaseRecorder();

  @Test
  void keepsPercentilesToThreeDigits() {
    for (long i = 1; i <= 100_000; i++) {
      recorder.recordMapping(i * 1000);
    }

    assertThat(recorder.of(Phase.TOTAL).getValueAtPercentile(50) / 50e6)
        .isCloseTo(1, within(0.002));
    assertThat(recorder.of(Phase.MAPPING).getValueAtPercentile(99.9) / 99.9e6)
        .isCloseTo(1, within(0.002));
    assertThat(recorder.operations()).isEqualTo(100_000);
    assertThat(recorder.of(Phase.LOCK_WAIT).getMaxValue()).isZero();
  }

  @Test
  void clampsAndCountsWhatIsLongerThanAMinute() {
    recorder.recordMapping(PhaseRecorder.HIGHEST_NANOS + 1);

    assertThat(recorder.clamped()).isEqualTo(2); // mapping and total
    assertThat(recorder.of(Phase.TOTAL).getTotalCount()).isEqualTo(1);
    assertThat(recorder.of(Phase.TOTAL).getMaxValue() / (double) PhaseRecorder.HIGHEST_NANOS)
        .isCloseTo(1, within(0.002));
  }

  @Test
  void addsUpWhatSeveralThreadsRecorded() {
    PhaseRecorder other = new PhaseRecorder();
    recorder.recordMapping(1000);
    other.recordMapping(3000);
    other.recordSync(5000);

    recorder.add(other);

    assertThat(recorder.operations()).isEqualTo(2);
    assertThat(recorder.of(Phase.TOTAL).getMinValue()).isEqualTo(1000);
    assertThat(recorder.of(Phase.SYNC).getTotalCount()).isEqualTo(1);
  }

  @Test
  void forgetsEverythingOnReset() {
    DioRequest request = new DioRequest(MemorySegment.ofArray(new byte[8]));
    recorder.record(request, 4096);
    recorder.recordSync(1);
    recorder.recordMapping(Long.MAX_VALUE);

    recorder.reset();

    assertThat(recorder.operations()).isZero();
    assertThat(recorder.bytes()).isZero();
    assertThat(recorder.clamped()).isZero();
    assertThat(recorder.of(Phase.SYNC).getTotalCount()).isZero();
  }

  @Test
  void allocatesNothingWhileRecording() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    DioRequest request = new DioRequest(MemorySegment.ofArray(new byte[8]));
    recordMany(request);
    long before = threads.getCurrentThreadAllocatedBytes();

    recordMany(request);

    // The bean itself may allocate a little; a million operations would allocate megabytes.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private void recordMany(DioRequest request) {
    for (int i = 0; i < 1_000_000; i++) {
      recorder.record(request, 4096);
      recorder.recordSync(i);
      recorder.recordMapping(i);
    }
  }
}
