package dev.diolab.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaultyDeviceTest {
  private static final int SECTOR = 512;
  private static final int BYTES = 64 * SECTOR;

  private final MemoryDevice memory = new MemoryDevice(BYTES);
  private final FaultyDevice device = new FaultyDevice(memory);
  private final MemorySegment buffer = filled(BYTES);

  private MemorySegment filled(int bytes) {
    MemorySegment segment = device.allocateBuffer(bytes);
    segment.fill((byte) 7);
    return segment;
  }

  /** Which sectors hold what was written. */
  private List<Integer> written() throws IOException {
    byte[] contents = new byte[BYTES];
    memory.read(MemorySegment.ofArray(contents), 0, 0, BYTES);
    List<Integer> sectors = new ArrayList<>();
    for (int sector = 0; sector < BYTES / SECTOR; sector++) {
      boolean isNew = contents[sector * SECTOR] == 7;
      for (int i = 0; i < SECTOR; i++) {
        assertThat(contents[sector * SECTOR + i]).isEqualTo((byte) (isNew ? 7 : 0));
      }
      if (isNew) {
        sectors.add(sector);
      }
    }
    return sectors;
  }

  @Test
  void aCallThatIsMeantFailsWithItsPlaceAndErrorAndTransfersNothing() throws IOException {
    device.inject(Fault.eio(call -> call.isWrite() && call.touches(1024, 2048)));

    device.write(buffer, 0, 0, 1024);
    device.writeFua(buffer, 0, 2048, 512);
    assertThatThrownBy(() -> device.write(buffer, 0, 512, 1024))
        .isInstanceOf(InjectedException.class)
        .hasMessage("write of 1024 bytes at offset 512 fails as told: EIO");
    assertThatThrownBy(() -> device.writeFua(buffer, 0, 1536, 512))
        .hasMessage("FUA write of 512 bytes at offset 1536 fails as told: EIO");

    assertThat(written()).containsExactly(0, 1, 4);
    assertThat(device.failures()).isEqualTo(2);
  }

  @Test
  void aReadThatFailsLeavesTheBuffer() throws IOException {
    device.inject(Fault.enospc(call -> call.kind() == DeviceCall.Kind.READ));

    assertThatThrownBy(() -> device.read(buffer, 0, 0, 512))
        .isInstanceOfSatisfying(
            InjectedException.class,
            failure -> assertThat(failure.errno()).isEqualTo(Fault.Errno.ENOSPC));

    assertThat(buffer.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 7);
  }

  @Test
  void aFlushThatFailsDoesNotReachTheDeviceBelow() throws IOException {
    device.inject(Fault.eio(call -> call.kind() == DeviceCall.Kind.FLUSH).times(1));

    assertThatThrownBy(device::flush).hasMessage("flush fails as told: EIO");
    assertThat(memory.counters().flushes()).isZero();

    device.flush();
    assertThat(memory.counters().flushes()).isOne();
  }

  @Test
  void aFaultLetsSomePassAndThenHitsAsManyAsItSays() throws IOException {
    device.inject(Fault.eio(DeviceCall::isWrite).afterPassing(2).times(3));
    StringBuilder calls = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      calls.append(fails(i) ? 'x' : '.');
      device.read(buffer, 0, 0, SECTOR); // is not counted
    }
    assertThat(calls).hasToString("..xxx...");
  }

  @Test
  void afterHealingNothingFails() {
    device.inject(Fault.eio(call -> true));
    assertThatThrownBy(device::flush).isInstanceOf(InjectedException.class);
    device.heal();
    assertThatCode(device::flush).doesNotThrowAnyException();
  }

  @Test
  void aShortWriteLeavesItsBeginningInWholeSectors() throws IOException {
    device.inject(Fault.eio(DeviceCall::isWrite).transferring(3 * SECTOR + 100));

    assertThatThrownBy(() -> device.write(buffer, 0, 8 * SECTOR, 8 * SECTOR))
        .isInstanceOf(InjectedException.class);

    assertThat(written()).containsExactly(8, 9, 10);
  }

  @Test
  void aTornWriteLeavesSomeSectorsWhichItsSeedChooses() throws IOException {
    device.inject(Fault.eio(DeviceCall::isWrite).tearing(5));
    assertThatThrownBy(() -> device.write(buffer, 0, 0, BYTES))
        .isInstanceOf(InjectedException.class);
    List<Integer> first = written();
    assertThat(first).hasSizeBetween(8, 56);

    memory.write(MemorySegment.ofArray(new byte[BYTES]), 0, 0, BYTES);
    device.heal();
    device.inject(Fault.eio(DeviceCall::isWrite).tearing(5));
    assertThatThrownBy(() -> device.writeFua(buffer, 0, 0, BYTES))
        .isInstanceOf(InjectedException.class);
    assertThat(written()).isEqualTo(first);

    memory.write(MemorySegment.ofArray(new byte[BYTES]), 0, 0, BYTES);
    device.heal();
    device.inject(Fault.eio(DeviceCall::isWrite).tearing(6));
    assertThatThrownBy(() -> device.write(buffer, 0, 0, BYTES))
        .isInstanceOf(InjectedException.class);
    assertThat(written()).isNotEqualTo(first);
  }

  @Test
  void oneInSomeCallsFailsAsTheSeedChooses() {
    String first = run(3);
    assertThat(run(3)).isEqualTo(first);
    assertThat(run(4)).isNotEqualTo(first);
    assertThat(first.chars().filter(each -> each == 'x').count()).isBetween(20L, 80L);
  }

  private String run(long seed) {
    device.heal();
    device.inject(Fault.eio(DeviceCall::isWrite).oneIn(4, seed));
    StringBuilder calls = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      calls.append(fails(i) ? 'x' : '.');
    }
    return calls.toString();
  }

  private boolean fails(int sector) {
    try {
      device.write(buffer, 0, (long) sector % 64 * SECTOR, SECTOR);
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aDelayedCallIsDoneLaterAndDoesNotFail() throws IOException {
    device.inject(Fault.delay(DeviceCall::isWrite, 2_000_000));
    long begin = System.nanoTime();
    device.write(buffer, 0, 0, SECTOR);
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(2_000_000);
    assertThat(written()).containsExactly(0);
    assertThat(device.failures()).isZero();
  }

  @Test
  void aDelayDoesNotHideAFault() {
    device.inject(Fault.delay(DeviceCall::isWrite, 1));
    device.inject(Fault.eio(DeviceCall::isWrite));
    assertThat(fails(0)).isTrue();
  }

  @Test
  void transfersOfAQueueMeetTheFaultsToo() throws IOException {
    device.inject(Fault.eio(call -> call.touches(0, SECTOR)));
    List<@Nullable IOException> failures = new ArrayList<>();
    try (IoQueue queue = device.openQueue(4)) {
      queue.write(failures::add, buffer, 0, 0, SECTOR, false);
      queue.reap(1);
      queue.write(failures::add, buffer, 0, SECTOR, SECTOR, true);
      queue.reap(1);
      queue.read(failures::add, buffer, 0, 0, SECTOR);
      queue.reap(1);
    }
    assertThat(failures).hasSize(3);
    assertThat(failures.get(0)).isInstanceOf(InjectedException.class);
    assertThat(failures.get(1)).isNull();
    assertThat(failures.get(2)).isInstanceOf(InjectedException.class);
  }

  @Test
  void refusesNumbersThatMeanNothing() {
    Fault fault = Fault.eio(call -> true);
    assertThatThrownBy(() -> fault.times(-1)).hasMessage("calls to hit: -1");
    assertThatThrownBy(() -> fault.afterPassing(-1)).hasMessage("calls to pass: -1");
    assertThatThrownBy(() -> fault.transferring(-1)).hasMessage("bytes to transfer: -1");
    assertThatThrownBy(() -> fault.oneIn(0, 1)).hasMessage("one in 0 calls");
    assertThatThrownBy(() -> Fault.delay(call -> true, -1)).hasMessage("delay: -1");
  }
}
