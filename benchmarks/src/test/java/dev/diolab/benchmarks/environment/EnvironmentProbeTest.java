package dev.diolab.benchmarks.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.Failure;
import dev.diolab.engine.device.DiskModels;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentProbeTest {
  @TempDir private Path directory;

  @Test
  void namesMachineKernelDiskAndJvm() {
    assertThat(EnvironmentProbe.capture(directory))
        .containsKeys(
            "os",
            "kernel",
            "cpuModel",
            "cpus",
            "memoryBytes",
            "jvm",
            "fileSystem",
            "mountOptions",
            "device",
            "scheduler",
            "writeCache")
        .allSatisfy((key, value) -> assertThat(value.toString()).isNotBlank());
  }

  @Test
  void leavesTheDiskOutWhereNoneIsUsed() {
    assertThat(EnvironmentProbe.capture(null)).containsKey("cpus").doesNotContainKey("device");
  }

  @Test
  void showsTheModelOfAnEmulatedDiskAndNoDiskOfThisMachine() {
    assertThat(EnvironmentProbe.captureEmulated(DiskModels.HDD))
        .containsEntry("device", "EMULATED hdd")
        .containsEntry("deviceModel", "EMULATED: 7200 rpm hard disk, write cache on")
        .containsEntry("emulated", true)
        .containsEntry("rotational", true)
        .containsEntry("writeCache", "write back")
        .containsEntry("emulatedRevolutionUs", 8330.0)
        .containsEntry("emulatedCacheBytes", 2_000_000L)
        .containsKey("cpus")
        .doesNotContainKeys("scheduler", "mountOptions", "dioMemAlign");
    assertThat(EnvironmentProbe.captureEmulated(DiskModels.NVME_PLP))
        .containsEntry("writeCache", "write through")
        .containsEntry("emulatedWriteUs", 20.0)
        .doesNotContainKeys("emulatedCacheBytes", "emulatedTrackSeekUs");
  }

  @Test
  void stopsTheRunWhenItCannotSeeTheDisk() {
    assertThatThrownBy(() -> EnvironmentProbe.capture(directory.resolve("missing")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot be recorded");
  }

  @Test
  void knowsTheCommitOfAWorkTreeAndNothingOutsideOne() throws IOException {
    assertThat(GitState.of(directory).commit()).isEqualTo("unknown");
    assertThat(GitState.of(Path.of(".")).commit()).matches("[0-9a-f]{40,64}|unknown");
  }
}
