package dev.diolab.benchmarks.verify.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.record.OverlayDevice;
import dev.diolab.engine.device.DeviceLog;
import dev.diolab.engine.device.RecordedFlush;
import dev.diolab.engine.device.RecordedWrite;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashTimelineTest {
  private final OverlayDevice durable = new OverlayDevice(new byte[4096]);

  @Test
  void aFlushMakesDurableWhatEndedBeforeItBegan() {
    RecordedWrite before = write(1, 2, 0, 'a', false);
    RecordedWrite beside = write(3, 5, 512, 'b', false);
    CrashTimeline timeline = timeline(List.of(before, beside), new RecordedFlush(4, 6));

    assertThat(timeline.goTo(5).loose()).containsExactly(before, beside);
    assertThat(timeline.goTo(6).loose()).containsExactly(beside);
    assertThat(durable.contents()[0]).isEqualTo((byte) 'a');
    assertThat(durable.contents()[512]).isZero();
  }

  @Test
  void aFuaWriteIsDurableAtItsEndWithoutAFlush() {
    RecordedWrite plain = write(1, 2, 0, 'a', false);
    RecordedWrite fua = write(3, 4, 512, 'b', true);
    CrashTimeline timeline = timeline(List.of(plain, fua));

    assertThat(timeline.goTo(3).loose()).containsExactly(plain, fua);
    assertThat(timeline.goTo(4).loose()).containsExactly(plain);
    assertThat(durable.contents()[512]).isEqualTo((byte) 'b');
  }

  @Test
  void anOlderWriteInTheCacheDoesNotComeOverAFuaWrite() {
    RecordedWrite older = write(1, 2, 0, 'a', false);
    RecordedWrite fua = write(3, 4, 0, 'b', true);
    CrashTimeline timeline = timeline(List.of(older, fua));
    CrashPoint point = timeline.goTo(4);

    assertThat(point.loose()).containsExactly(older);
    assertThat(image(timeline, new Applied(older, Applied.WHOLE))[0]).isEqualTo((byte) 'b');
  }

  @Test
  void ofATornWriteOnlyTheNamedSectorsAreThere() {
    RecordedWrite write = new RecordedWrite(1, 2, 0, filled(1536, 'a'), false);
    CrashTimeline timeline = timeline(List.of(write));
    timeline.goTo(2);

    byte[] image = image(timeline, new Applied(write, 0b101));

    assertThat(image[0]).isEqualTo((byte) 'a');
    assertThat(image[512]).isZero();
    assertThat(image[1024]).isEqualTo((byte) 'a');
  }

  @Test
  void writesReachTheImageInTheOrderOfTheState() {
    RecordedWrite first = write(1, 4, 0, 'a', false);
    RecordedWrite second = write(2, 3, 0, 'b', false);
    CrashTimeline timeline = timeline(List.of(first, second));
    timeline.goTo(4);
    Applied a = new Applied(first, Applied.WHOLE);
    Applied b = new Applied(second, Applied.WHOLE);

    assertThat(image(timeline, a, b)[0]).isEqualTo((byte) 'b');
    assertThat(image(timeline, b, a)[0]).isEqualTo((byte) 'a');
  }

  private byte[] image(CrashTimeline timeline, Applied... applied) {
    OverlayDevice device = durable.copy();
    timeline.build(new CrashState(0, List.of(applied)), device);
    return device.contents();
  }

  private CrashTimeline timeline(List<RecordedWrite> writes, RecordedFlush... flushes) {
    DeviceLog log = new DeviceLog(writes, List.of(flushes), 10);
    return CrashTimeline.ofRecovery(log, durable);
  }

  private static RecordedWrite write(long begin, long end, long offset, char fill, boolean fua) {
    return new RecordedWrite(begin, end, offset, filled(512, fill), fua);
  }

  private static byte[] filled(int bytes, char fill) {
    byte[] data = new byte[bytes];
    Arrays.fill(data, (byte) fill);
    return data;
  }
}
