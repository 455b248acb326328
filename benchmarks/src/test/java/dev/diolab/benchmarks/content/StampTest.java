package dev.diolab.benchmarks.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class StampTest {
  private static final long TRIAL = 0x1234_5678_9ABC_DEF0L;

  private final MemorySegment buffer = MemorySegment.ofArray(new byte[4 * Stamp.UNIT_BYTES]);

  @Test
  void marksEveryUnitOfAWriteWithItsOwnPlace() {
    Stamp.write(buffer, 0, 4 * Stamp.UNIT_BYTES, TRIAL, 40, 7);

    for (int unit = 0; unit < 4; unit++) {
      assertThat(Stamp.matches(buffer, (long) unit * Stamp.UNIT_BYTES, TRIAL, 40 + unit, 7))
          .isTrue();
    }
  }

  @Test
  void tellsTrialsPlacesAndVersionsApart() {
    Stamp.write(buffer, 0, Stamp.UNIT_BYTES, TRIAL, 40, 7);

    assertThat(Stamp.matches(buffer, 0, TRIAL + 1, 40, 7)).isFalse();
    assertThat(Stamp.matches(buffer, 0, TRIAL, 41, 7)).isFalse();
    assertThat(Stamp.matches(buffer, 0, TRIAL, 40, 6)).isFalse();
  }

  @Test
  void seesAUnitWhoseEndsAreOfDifferentWrites() {
    Stamp.write(buffer, 0, Stamp.UNIT_BYTES, TRIAL, 40, 7);
    Stamp.write(buffer, Stamp.UNIT_BYTES, Stamp.UNIT_BYTES, TRIAL, 40, 8);
    MemorySegment.copy(buffer, Stamp.UNIT_BYTES, buffer, 0, 512);

    assertThat(Stamp.matches(buffer, 0, TRIAL, 40, 7)).isFalse();
    assertThat(Stamp.matches(buffer, 0, TRIAL, 40, 8)).isFalse();
    assertThat(Stamp.describe(buffer, 0)).endsWith("torn");
  }

  @Test
  void doesNotTakeZerosForAStamp() {
    assertThat(Stamp.matches(buffer, 0, 0, 0, 0)).isFalse();
    assertThat(buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, 0)).isZero();
  }
}
