package dev.diolab.benchmarks.verify.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void everySectorNamesItsWriteAndPlace() {
    MemorySegment buffer = MemorySegment.ofArray(new byte[1024]);
    Words.fill(buffer, 1024, 7, 1, 4096);

    long[] words = Words.read(buffer, 1024);

    assertThat(words).containsExactly(Words.of(7, 1, 8), Words.of(7, 1, 9));
    assertThat(Words.isData(words[1])).isTrue();
    assertThat(Words.id(words[1])).isEqualTo(7);
    assertThat(Words.isAt(words[1], 1, 9)).isTrue();
    assertThat(Words.isAt(words[1], 0, 9)).isFalse();
    assertThat(Words.isAt(words[1], 1, 8)).isFalse();
  }

  @Test
  void aSectorWithOneOtherByteIsMixed() {
    byte[] bytes = new byte[512];
    bytes[511] = 1;

    assertThat(Words.read(MemorySegment.ofArray(bytes), 512)).containsExactly(Words.MIXED);
  }

  @Test
  void zerosAreNoData() {
    assertThat(Words.read(MemorySegment.ofArray(new byte[512]), 512)).containsExactly(Words.ZERO);
    assertThat(Words.isData(Words.ZERO)).isFalse();
    assertThat(Words.isData(Words.MIXED)).isFalse();
  }
}
