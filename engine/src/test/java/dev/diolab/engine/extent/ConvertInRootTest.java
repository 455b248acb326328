package dev.diolab.engine.extent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversions that change the root and nothing else, or nothing. */
class ConvertInRootTest {
  private final TestVolume volume;

  ConvertInRootTest() throws IOException {
    volume = new TestVolume(4096, 200);
    volume.allocateAll(0, 100, ExtentState.UNWRITTEN);
  }

  @Test
  void doesWhatAConversionDoes() throws IOException {
    assertThat(volume.tree.convertInRoot(40, 20)).isEqualTo(20);
    assertThat(lengths()).containsExactly("U40", "W20", "U40");

    assertThat(volume.tree.convertInRoot(30, 10)).isEqualTo(10);
    assertThat(volume.tree.convertInRoot(60, 10)).isEqualTo(10);
    assertThat(lengths()).containsExactly("U30", "W40", "U30");

    assertThat(volume.tree.convertInRoot(70, 100)).isEqualTo(30);
    assertThat(volume.tree.convertInRoot(0, 30)).isEqualTo(30);
    assertThat(lengths()).containsExactly("W100");
  }

  @Test
  void takesWrittenBlocksForDone() throws IOException {
    volume.convertAll(0, 10);

    assertThat(volume.tree.convertInRoot(4, 20)).isEqualTo(6);

    assertThat(lengths()).containsExactly("W10", "U90");
  }

  @Test
  void leavesToTheCallerWhatTakesAFifthEntry() throws IOException {
    volume.convertAll(40, 20);

    assertThat(volume.tree.convertInRoot(10, 5)).isZero();

    assertThat(lengths()).containsExactly("U40", "W20", "U40");
  }

  @Test
  void leavesToTheCallerATreeOfSeveralNodes() throws IOException {
    volume.convertAll(20, 10);
    volume.convertAll(40, 10);
    volume.convertAll(60, 10);
    assertThat(volume.tree.depth()).isEqualTo(1);
    List<String> before = lengths();

    assertThat(volume.tree.convertInRoot(30, 10)).isZero();

    assertThat(lengths()).isEqualTo(before);
  }

  @Test
  void leavesToTheCallerAHole() throws IOException {
    assertThat(volume.tree.convertInRoot(100, 5)).isZero();
  }

  private List<String> lengths() throws IOException {
    List<String> lengths = new ArrayList<>();
    volume.tree.forEach(
        (logical, physical, blocks, state) ->
            lengths.add((state == ExtentState.WRITTEN ? "W" : "U") + blocks));
    return lengths;
  }
}
