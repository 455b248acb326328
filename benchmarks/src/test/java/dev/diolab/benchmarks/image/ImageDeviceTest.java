package dev.diolab.benchmarks.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DiskModel;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.device.UnusableDeviceException;
import dev.diolab.engine.device.UringDevice;
import dev.diolab.engine.os.Uring;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDeviceTest {
  @TempDir private Path directory;
  private Path image = Path.of("");

  @BeforeEach
  void makeImage() throws IOException {
    image = directory.resolve("a.img");
    FileDevice.create(image, 1 << 20).close();
  }

  @Test
  void servesAsynchronousRequestsByThreads() throws IOException {
    try (BlockDevice device = ImageDevice.FILE.open(image)) {
      assertThat(device).isInstanceOf(FileDevice.class);
    }
  }

  @Test
  void servesThemByRingsOrTellsWhyNot() throws IOException {
    String why = Uring.unavailableBecause();
    if (why != null) {
      assertThatThrownBy(() -> ImageDevice.URING.open(image))
          .isInstanceOf(UnusableDeviceException.class)
          .hasMessageContaining(why);
      return;
    }
    try (BlockDevice device = ImageDevice.URING.open(image)) {
      assertThat(device).isInstanceOf(UringDevice.class);
    }
  }

  @Test
  void emulatesDisksWithoutAnImage() {
    assertThat(ImageDevice.FILE.model()).isNull();
    assertThat(ImageDevice.URING.model()).isNull();
    assertThat(ImageDevice.labels())
        .isEqualTo("file, uring, emulated-hdd, emulated-sata, emulated-nvme, emulated-nvme-plp");
    for (ImageDevice device : ImageDevice.values()) {
      DiskModel model = device.model();
      if (model != null) {
        assertThat(device.label()).isEqualTo("emulated-" + model.name());
        assertThatThrownBy(() -> device.open(image)).isInstanceOf(AssertionError.class);
      }
    }
  }
}
