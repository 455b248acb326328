package dev.diolab.benchmarks.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeShapeTest {

  @ParameterizedTest
  @CsvSource({"64, 4096", "64, 1024", "256, 4096", "512, 1024", "5120, 4096"})
  void leavesRoomForTheLargestFile(long mib, int blockBytes) throws IOException {
    MemoryDevice device = new MemoryDevice(mib * Sizes.MIB);
    long bytes = VolumeShape.largestFileBytes(device.sizeBytes());
    VolumeFormatter.format(device, VolumeShape.options(device.sizeBytes(), blockBytes));
    try (Volume volume =
        Volume.mount(device, Strategies.byName("i-mutex"), Policies.byName("end-io"))) {
      DioFile file = volume.create();
      file.fallocate(0, bytes, false);

      assertThat(file.extents().unwrittenBlocks()).isEqualTo(bytes / blockBytes);
      assertThat(bytes).isGreaterThan(mib * Sizes.MIB * 3 / 4);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 8, 32, 1000, 100_000})
  void findsADeviceForAFile(long mib) {
    long device = VolumeShape.deviceBytes(mib * Sizes.MIB);

    assertThat(VolumeShape.largestFileBytes(device)).isGreaterThanOrEqualTo(mib * Sizes.MIB);
    assertThat(device % Sizes.MIB).isZero();
  }
}
