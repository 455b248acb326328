package dev.diolab.benchmarks.verify.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OverlayDeviceTest {
  private final byte[] image = new byte[12_288];
  private final OverlayDevice device = new OverlayDevice(image);

  @Test
  void writesAreReadBackAndLeaveTheImageAsItIs() {
    byte[] data = filled(5120, 3);
    device.write(MemorySegment.ofArray(data), 0, 3584, data.length);

    byte[] read = new byte[6144];
    device.read(MemorySegment.ofArray(read), 0, 3072, read.length);

    assertThat(Arrays.copyOfRange(read, 512, 5632)).isEqualTo(data);
    assertThat(Arrays.copyOf(read, 512)).containsOnly(0);
    assertThat(Arrays.copyOfRange(read, 5632, 6144)).containsOnly(0);
    assertThat(image).containsOnly(0);
  }

  @Test
  void aResetForgetsAllWrites() {
    device.put(filled(512, 3), 0, 4096, 512);
    device.reset();
    device.put(filled(512, 4), 0, 0, 512);

    byte[] contents = device.contents();

    assertThat(Arrays.copyOf(contents, 512)).containsOnly(4);
    assertThat(Arrays.copyOfRange(contents, 512, contents.length)).containsOnly(0);
  }

  @Test
  void transfersBeyondTheEndOrOffTheSectorsAreRefused() {
    MemorySegment buffer = MemorySegment.ofArray(new byte[1024]);

    assertThatThrownBy(() -> device.read(buffer, 0, image.length, 512))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> device.write(buffer, 0, 100, 512))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] filled(int bytes, int fill) {
    byte[] data = new byte[bytes];
    Arrays.fill(data, (byte) fill);
    return data;
  }
}
