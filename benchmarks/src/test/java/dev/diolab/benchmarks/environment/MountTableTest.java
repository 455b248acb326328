package dev.diolab.benchmarks.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
  private static final MountTable TABLE =
      MountTable.parse(
          List.of(
              "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard",
              "30 27 0:26 / /data rw,noatime shared:1 master:2 - xfs /dev/nvme0n1p1 rw,attr2",
              "31 30 0:27 / /data/with\\040blank rw - btrfs /dev/sdb rw,space_cache",
              "not a mount"));

  @Test
  void findsTheDeepestMountAboveAPath() {
    assertThat(TABLE.of(Path.of("/data/a/b")))
        .contains(
            new MountTable.Mount(Path.of("/data"), "xfs", "rw,noatime;rw,attr2", "/dev/nvme0n1p1"));
    assertThat(TABLE.of(Path.of("/database"))).get().extracting("type").isEqualTo("ext4");
  }

  @Test
  void understandsBlanksInNames() {
    assertThat(TABLE.of(Path.of("/data/with blank/file")))
        .get()
        .extracting("type")
        .isEqualTo("btrfs");
  }

  @Test
  void skipsLinesThatAreNoMounts() {
    assertThat(MountTable.parse(List.of("", "1 2 3 - x")).of(Path.of("/"))).isEmpty();
  }
}
