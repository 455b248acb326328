package dev.diolab.engine.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteCacheTest {
  @TempDir Path disk;

  private void describe(String writeCache) throws IOException {
    Files.createDirectory(disk.resolve("queue"));
    Files.writeString(disk.resolve("queue/write_cache"), writeCache + "\n");
  }

  @ParameterizedTest
  @CsvSource({"write through, false", "write back, true", "something new, true"})
  void onlyWriteThroughIsNotVolatile(String writeCache, boolean expected) throws IOException {
    describe(writeCache);
    assertThat(WriteCache.isVolatile(disk)).isEqualTo(expected);
  }

  @Test
  void partitionHasTheCacheOfItsDisk() throws IOException {
    describe("write through");
    Path partition = Files.createDirectory(disk.resolve("disk1"));
    Path link = Files.createSymbolicLink(disk.resolve("link"), partition);
    assertThat(WriteCache.isVolatile(link)).isFalse();
  }

  @Test
  void storageWithoutADescriptionCountsAsVolatile() {
    assertThat(WriteCache.isVolatile(disk.resolve("missing"))).isTrue();
    assertThat(WriteCache.isVolatile(disk)).isTrue();
  }
}
