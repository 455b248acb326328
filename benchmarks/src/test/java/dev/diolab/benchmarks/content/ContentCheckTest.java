package dev.diolab.benchmarks.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.check.Checker;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContentCheckTest {
  private static final long TRIAL = 77;
  private static final int UNITS = 1024;
  private static final long FILE_BYTES = (long) UNITS * Stamp.UNIT_BYTES;

  private final MemoryDevice device = new MemoryDevice(64 << 20);
  private Volume volume;
  private DioFile file;
  private MemorySegment buffer;

  @BeforeEach
  void makeFileWithEveryUnitInVersionOne() throws IOException {
    VolumeFormatter.format(device, new VolumeOptions(4096, 1024, 16));
    volume = Volume.mount(device, Strategies.byName("i-mutex"), Policies.byName("end-io"));
    file = volume.create();
    buffer = volume.allocateBuffer(ContentCheck.WINDOW_BYTES);
    for (int unit = 0; unit < UNITS; unit++) {
      write(unit, unit, 1);
    }
  }

  @AfterEach
  void unmountAndCheck() throws IOException {
    volume.close();
    assertThat(Checker.check(device).findings()).isEmpty();
  }

  @Test
  void passesWhenEveryUnitHoldsItsLastVersion() throws IOException {
    write(5, 5, 2);

    assertThat(check().check(unit -> unit == 5 ? 2 : 1, FILE_BYTES, 3)).isEqualTo(FILE_BYTES);
  }

  @Test
  void findsALostWrite() {
    assertWrong(unit -> unit == 9 ? 2 : 1, "wrong content at offset " + 9 * 4096, "version=1");
  }

  @Test
  void findsAMisplacedWrite() throws IOException {
    write(100, 101, 1);

    assertWrong(unit -> 1, "wrong content at offset " + 100 * 4096, "unit=101");
  }

  @Test
  void findsAWriteToAUnitThatWasNeverWritten() {
    assertWrong(
        unit -> unit == 1023 ? Expectation.NEVER_WRITTEN : 1,
        "wrong content at offset " + 1023 * 4096,
        "expected nothing of this trial");
  }

  @Test
  void checksNoMoreThanItIsAllowedTo() throws IOException {
    assertThat(check().check(unit -> 1, 2 * ContentCheck.WINDOW_BYTES, 3))
        .isEqualTo(2 * ContentCheck.WINDOW_BYTES);
  }

  private void assertWrong(Expectation expectation, String... parts) {
    assertThatThrownBy(() -> check().check(expectation, FILE_BYTES, 3))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(parts);
  }

  private ContentCheck check() {
    return new ContentCheck(file, buffer, TRIAL);
  }

  private void write(int place, int markedAs, int version) throws IOException {
    Stamp.write(buffer, 0, Stamp.UNIT_BYTES, TRIAL, markedAs, version);
    DioRequest request = new DioRequest(buffer);
    file.write(request.prepare(0, (long) place * Stamp.UNIT_BYTES, Stamp.UNIT_BYTES, false));
  }
}
