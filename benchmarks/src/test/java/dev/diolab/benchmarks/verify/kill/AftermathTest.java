package dev.diolab.benchmarks.verify.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import dev.diolab.engine.format.Poison;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AftermathTest {
  private static final long TRIAL = 77;
  private static final int UNITS = 8;
  private static final DioStrategy STRATEGY = Strategies.byName("i-mutex");
  private static final ConversionPolicy POLICY = Policies.byName("end-io");

  private final MemoryDevice device = new MemoryDevice(8 << 20);
  private final MemorySegment unit = device.allocateBuffer(Stamp.UNIT_BYTES);

  /** A file of eight units: the first four stamped with version 2, the others never written. */
  @BeforeEach
  void writeFile() throws IOException {
    VolumeFormatter.poison(device, (done, total) -> {});
    VolumeFormatter.format(device, VolumeOptions.defaults().withJournalBlocks(256));
    try (Volume volume = Volume.mount(device, STRATEGY, POLICY)) {
      DioFile file = volume.create();
      file.fallocate(0, (long) UNITS * Stamp.UNIT_BYTES, false);
      MemorySegment buffer = volume.allocateBuffer(4 * Stamp.UNIT_BYTES);
      Stamp.write(buffer, 0, 4 * Stamp.UNIT_BYTES, TRIAL, 0, 2);
      file.write(new DioRequest(buffer).prepare(0, 0, 4 * Stamp.UNIT_BYTES, false));
      file.fsync();
    }
  }

  @AfterEach
  void close() throws IOException {
    device.close();
  }

  @Test
  void stampsInTheirPlaceAndZerosAreClean() {
    Aftermath aftermath = examine(true);

    assertThat(aftermath.firstProblem()).isEmpty();
    assertThat(aftermath.isClean()).isTrue();
    assertThat(aftermath.findings()).isZero();
    assertThat(aftermath.contents()).isEqualTo(new Contents(4, 4, 0, 0, null));
  }

  @Test
  void poisonInAFileIsStaleData() throws IOException {
    Stamp.write(unit, 0, Stamp.UNIT_BYTES, TRIAL, 1, 2);
    unit.asSlice(2048, 8).copyFrom(poison());
    put(1);

    assertWrong("inode 1, offset 4096: poison: stale data");
  }

  @Test
  void anotherPlacesStampIsWrong() throws IOException {
    Stamp.write(unit, 0, Stamp.UNIT_BYTES, TRIAL, 3, 2);
    put(1);

    assertWrong("another write's data: found trial=000000000000004d unit=3 version=2 whole");
  }

  @Test
  void anotherBenchsStampIsWrong() throws IOException {
    Stamp.write(unit, 0, Stamp.UNIT_BYTES, TRIAL + 1, 1, 2);
    put(1);

    assertWrong("another write's data: found trial=000000000000004e unit=1");
  }

  @Test
  void anotherVersionIsWrongOnlyWhereEveryUnitIsWrittenOnce() throws IOException {
    Stamp.write(unit, 0, Stamp.UNIT_BYTES, TRIAL, 1, 5);
    put(1);

    assertWrong("another file's data: version 5 beside version 2");
    assertThat(examine(false).isClean()).isTrue();
  }

  @Test
  void twoEndsOfDifferentWritesAreTorn() throws IOException {
    Stamp.write(unit, 0, Stamp.UNIT_BYTES, TRIAL, 1, 2);
    unit.asSlice(2048).fill((byte) 0);
    put(1);

    Aftermath aftermath = examine(true);

    assertThat(aftermath.contents().torn()).isOne();
    assertThat(aftermath.isClean()).isFalse();
    assertThat(aftermath.firstProblem().orElseThrow()).contains("torn: trial=000000000000004d");
  }

  @Test
  void anImageThatCannotBeMountedIsRefusedInOneSentence() throws IOException {
    device.write(unit, 0, 0, Stamp.UNIT_BYTES);

    Aftermath aftermath = examine(true);

    assertThat(aftermath.isClean()).isFalse();
    assertThat(aftermath.mounted()).isNull();
    assertThat(aftermath.findings()).isPositive();
    assertThat(aftermath.firstProblem().orElseThrow()).startsWith("recovery failed: ");
  }

  @Test
  void theTableShowsWhatIsWrong() throws IOException {
    Stamp.write(unit, 0, Stamp.UNIT_BYTES, TRIAL, 3, 2);
    put(1);
    Kill bad = kill(examine(true));

    assertThat(KillTable.line(bad)).contains("NOT CLEAN: inode 1, offset 4096: another write's");
    assertThat(KillTable.summary(List.of(bad)))
        .contains("units: 4 zero, 3 whole, 0 torn, 1 wrong; 1 images had files")
        .contains("Verdict: 0 of 1 kills left a clean image: NOT CLEAN");
  }

  private static Kill kill(Aftermath aftermath) {
    return new Kill(1, Workload.TSO32, "i-mutex", "end-io", 4, 0.25, aftermath);
  }

  private void assertWrong(String message) {
    Aftermath aftermath = examine(true);
    assertThat(aftermath.contents().wrong()).isOne();
    assertThat(aftermath.isClean()).isFalse();
    assertThat(aftermath.firstProblem().orElseThrow()).contains(message);
  }

  private Aftermath examine(boolean oneVersion) {
    return Aftermath.of(device, STRATEGY, POLICY, TRIAL, oneVersion);
  }

  private MemorySegment poison() {
    MemorySegment word = device.allocateBuffer(8);
    Poison.fill(word);
    return word;
  }

  /** Puts the unit where the file has its unit {@code number}, past the file system. */
  private void put(long number) throws IOException {
    long physical;
    try (Volume volume = Volume.mount(device, STRATEGY, POLICY)) {
      Mapping mapping = new Mapping();
      volume.open(1).map(number * Stamp.UNIT_BYTES, 1, mapping);
      physical = mapping.physical();
    }
    device.write(unit, 0, physical * Stamp.UNIT_BYTES, Stamp.UNIT_BYTES);
  }
}
