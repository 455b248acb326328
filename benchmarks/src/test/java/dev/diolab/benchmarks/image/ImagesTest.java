package dev.diolab.benchmarks.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.format.Poison;
import dev.diolab.engine.format.Superblock;
import dev.diolab.engine.os.NativeFile;
import dev.diolab.engine.os.OpenFlags;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
  private static final long SIZE = 64 * Sizes.MIB;

  @TempDir private Path directory;

  private final List<String> notes = new ArrayList<>();
  private Path image;

  @BeforeEach
  void chooseAPath() {
    image = directory.resolve("test.img");
  }

  @Test
  void writesTheWholeOfANewImage() throws IOException {
    assertThat(prepare(request(SIZE, false))).isEqualTo(SIZE);

    assertThat(notes).singleElement().asString().contains("making the image");
    assertThat(Images.unfinished(image)).doesNotExist();
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
      byte[] last = new byte[Long.BYTES];
      file.seek(SIZE - Long.BYTES);
      file.readFully(last);
      assertThat(ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN).getLong())
          .isEqualTo(Poison.WORD);
    }
  }

  @Test
  void takesAMatchingImageAsItIs() throws IOException {
    prepare(request(SIZE, false));
    notes.clear();

    assertThat(prepare(request(SIZE, false))).isEqualTo(SIZE);
    assertThat(prepare(request(null, false))).isEqualTo(SIZE);

    assertThat(notes).isEmpty();
  }

  @Test
  void makesAnImageAnewThatAKilledRunLeftUnfinished() throws IOException {
    prepare(request(SIZE, false));
    byte[] unfinished = new byte[Superblock.BYTES];
    Superblock.initUnfinished(unfinished);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.write(unfinished);
    }

    assertThat(prepare(request(SIZE, false))).isEqualTo(SIZE);

    try (FileDevice device = FileDevice.open(image)) {
      assertThat(VolumeFormatter.matches(device, VolumeShape.options(SIZE, 4096))).isTrue();
    }
  }

  @Test
  void leavesAForeignFileAlone() throws IOException {
    Files.writeString(image, "somebody's data");

    assertRefused(request(SIZE, false), "is not an image of diolab", "--force");

    assertThat(image).hasContent("somebody's data");
  }

  @Test
  void leavesAnEmptyFileAlone() throws IOException {
    Files.createFile(image);

    assertRefused(request(SIZE, false), "is not an image of diolab");

    assertThat(image).isEmptyFile();
  }

  @Test
  void overwritesAForeignFileWhenForced() throws IOException {
    Files.writeString(image, "somebody's data");

    assertThat(prepare(request(SIZE, true))).isEqualTo(SIZE);
    assertThat(isOurs()).isTrue();
  }

  @Test
  void refusesATruncatedImage() throws IOException {
    prepare(request(SIZE, false));
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(SIZE / 2);
    }

    assertRefused(request(SIZE, false), "truncated", "--force");
  }

  @Test
  void refusesADamagedImage() throws IOException {
    prepare(request(SIZE, false));
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(16);
      file.write(99);
    }

    assertRefused(request(SIZE, false), "damaged", "--force");
  }

  @Test
  void refusesAnImageOfAnotherSizeOrBlockSize() throws IOException {
    prepare(request(SIZE, false));

    assertRefused(request(2 * SIZE, false), "is an image of 64 MiB", "--force");
    assertRefused(
        new ImageRequest(image, false, SIZE, SIZE, 1024, false),
        "blocks of 4096 bytes",
        "blocks of 1024");
  }

  @Test
  void makesTheDefaultImageAnewWhenItIsTooSmall() throws IOException {
    prepare(request(SIZE, false));

    long bytes = prepare(new ImageRequest(image, true, null, 2 * SIZE, 4096, false));

    assertThat(bytes).isEqualTo(2 * SIZE);
    assertThat(Files.size(image)).isEqualTo(2 * SIZE);
  }

  @Test
  void leavesNothingBehindWithoutSpace() {
    assertRefused(request(1L << 50, false), "free");

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void keepsAnImageForOneRun() throws IOException {
    try (RunLock lock = RunLock.acquire(image)) {
      assertThatThrownBy(() -> RunLock.acquire(lock.image()))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT))
          .hasMessageContaining("in use by another run");
    }
    RunLock.acquire(image).close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void keepsTheLockWhileItsFileIsReadByTheSameProcess() throws IOException {
    try (RunLock lock = RunLock.acquire(image)) {
      assertThat(lock.file()).isNotEmptyFile();
      try (NativeFile other = NativeFile.open(lock.file(), OpenFlags.O_RDWR, 0)) {
        assertThat(other.tryFlock()).isFalse();
      }
    }
  }

  @Test
  void refusesAnImageThatSomebodyHasOpen() throws IOException {
    prepare(request(SIZE, false));
    try (FileDevice other = FileDevice.open(image)) {
      assertThat(other.sizeBytes()).isEqualTo(SIZE);
      assertRefused(request(SIZE, false), "used by another run");
    }
  }

  private void assertRefused(ImageRequest request, String... parts) {
    assertThatThrownBy(() -> prepareQuietly(request))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT))
        .hasMessageContainingAll(parts);
  }

  private void prepareQuietly(ImageRequest request) throws IOException {
    try (RunLock lock = RunLock.acquire(request.path())) {
      Images.prepare(lock, request, notes::add, (done, total) -> {});
    } finally {
      Files.deleteIfExists(directory.resolve("test.img.lock"));
    }
  }

  private long prepare(ImageRequest request) throws IOException {
    try (RunLock lock = RunLock.acquire(request.path())) {
      return Images.prepare(lock, request, notes::add, (done, total) -> {});
    }
  }

  private boolean isOurs() throws IOException {
    try (FileDevice device = FileDevice.open(image)) {
      return VolumeFormatter.isOurs(device);
    }
  }

  private ImageRequest request(@Nullable Long size, boolean force) {
    return new ImageRequest(image, false, size, SIZE, 4096, force);
  }
}
