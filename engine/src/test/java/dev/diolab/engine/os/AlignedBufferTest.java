package dev.diolab.engine.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlignedBufferTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 512, 4096, 1 << 20})
  void isAlignedZeroedAndOfTheAskedSize(long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = AlignedBuffer.allocate(arena, bytes);
      assertThat(buffer.address() % AlignedBuffer.ALIGNMENT_BYTES).isZero();
      assertThat(buffer.toArray(ValueLayout.JAVA_BYTE)).hasSize((int) bytes).containsOnly(0);
    }
  }

  @Test
  void negativeSizeIsRefused() {
    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> AlignedBuffer.allocate(arena, -1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
