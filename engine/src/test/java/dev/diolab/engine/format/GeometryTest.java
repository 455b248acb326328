package dev.diolab.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryTest {

  @Test
  void areasFollowEachOther() {
    Geometry geometry = Geometry.of(4096, 1L << 30, 1024, 100);

    assertThat(geometry.blocks()).isEqualTo(262144);
    assertThat(geometry.journalStart()).isEqualTo(1);
    assertThat(geometry.inodeTableStart()).isEqualTo(1025);
    assertThat(geometry.inodeTableBlocks()).isEqualTo(7);
    assertThat(geometry.groupsStart()).isEqualTo(1032);
    assertThat(geometry.groupCount()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096})
  void everyBlockOfAGroupKnowsItsGroup(int blockSize) {
    Geometry geometry = Geometry.of(blockSize, 100L << 20, 64, 16);
    long next = geometry.groupsStart();
    for (int group = 0; group < geometry.groupCount(); group++) {
      assertThat(geometry.groupFirst(group)).isEqualTo(next);
      assertThat(geometry.bitmapBlock(group)).isEqualTo(next);
      assertThat(geometry.groupOf(next)).isEqualTo(group);
      next += geometry.groupBlocks(group);
      assertThat(geometry.groupOf(next - 1)).isEqualTo(group);
    }
    assertThat(next).isEqualTo(geometry.blocks());
  }

  @Test
  void restOfOneBlockIsNotUsed() {
    long overhead = 1 + 8 + 1;
    Geometry geometry = Geometry.of(1024, (overhead + 8064 + 1) * 1024, 8, 1);

    assertThat(geometry.groupCount()).isEqualTo(1);
    assertThat(geometry.inGroups(geometry.blocks() - 2)).isTrue();
    assertThat(geometry.inGroups(geometry.blocks() - 1)).isFalse();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> geometry.groupOf(geometry.blocks() - 1));
  }

  @Test
  void metadataIsInNoGroup() {
    Geometry geometry = Geometry.of(1024, 1 << 20, 8, 1);

    assertThat(geometry.inGroups(geometry.groupsStart() - 1)).isFalse();
    assertThat(geometry.inGroups(-1)).isFalse();
    assertThat(geometry.inGroups(geometry.blocks())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "512, 1048576, 8, 1, blockSize=512",
    "3000, 1048576, 8, 1, blockSize=3000",
    "8192, 1048576, 8, 1, blockSize=8192",
    "0, 1048576, 8, 1, blockSize=0",
    "1024, 1048576, 0, 1, journalBlocks=0",
    "1024, 1048576, 8, 0, inodes=0",
    "1024, 11264, 8, 1, too small",
  })
  void impossibleValuesAreNamed(
      int blockSize, long bytes, int journalBlocks, int inodes, String message) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Geometry.of(blockSize, bytes, journalBlocks, inodes))
        .withMessageContaining(message);
  }

  @Test
  void areasThatDoNotFollowEachOtherAreRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Geometry(1024, 1000, 1, 8, 10, 1, 11, 1))
        .withMessageContaining("inodeTableStart=10, expected 9");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Geometry(1024, 1000, 1, 8, 9, 1, 10, 2))
        .withMessageContaining("groupCount=2, expected 1");
  }
}
