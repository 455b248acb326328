package dev.diolab.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.image.RunLock;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final int SIZE = 4 << 20;
  private static final int JOURNAL_BLOCKS = 161;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;
  private Path image;

  @BeforeEach
  void makeImage() throws IOException {
    image = directory.resolve("test.img");
    try (FileDevice device = FileDevice.create(image, SIZE)) {
      VolumeFormatter.format(device, new VolumeOptions(4096, JOURNAL_BLOCKS, 16));
    }
  }

  @Test
  void soundImageEndsWithASummaryAndExitCode0() throws IOException {
    assertThat(check()).isZero();

    assertThat(out.toString())
        .isEqualTo(
            image
                + ": clean; 0 files, 0 extents, 0 blocks; pending: 0 transactions, 0 orphans"
                + System.lineSeparator());
    assertThat(directory.toFile().list()).containsExactly("test.img");
  }

  @Test
  void damageIsNamedWithItsPlaceAndExitCode1() throws IOException {
    damage((1L + JOURNAL_BLOCKS) * 4096 + 100);

    assertThat(check()).isEqualTo(1);

    assertThat(out.toString().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("INODE: inode table block 162: inode record at block 162 + 0: crc32c ");
    assertThat(out.toString()).contains(image + ": 1 finding; ");
  }

  @Test
  void checkWritesNothing() throws IOException {
    byte[] before = Files.readAllBytes(image);
    check();
    assertThat(Files.readAllBytes(image)).isEqualTo(before);
  }

  @Test
  void imageInUseIsRefused() throws IOException {
    try (RunLock lock = RunLock.acquire(image)) {
      assertRefused("is in use by another run", image);
      assertThat(lock.file()).exists();
    }
    try (FileDevice device = FileDevice.open(image)) {
      assertThat(device.sizeBytes()).isEqualTo(SIZE);
      assertRefused("used by another run", image);
    }
    assertThat(check()).isZero();
  }

  @Test
  void whatIsNoImageIsRefused() throws IOException {
    Path foreign = Files.write(directory.resolve("foreign"), new byte[8192]);
    assertRefused("is not an image of diolab", foreign);
    assertRefused("there is no image", directory.resolve("missing/a.img"));
    assertRefused("its size does not fit", Files.writeString(directory.resolve("letter"), "dear"));
    assertThat(run("check", "--image", directory.toString())).isEqualTo(2);
  }

  private int check() {
    return run("check", "--image", image.toString());
  }

  private void assertRefused(String sentence, Path path) {
    err.getBuffer().setLength(0);
    assertThat(run("check", "--image", path.toString())).isEqualTo(3);
    assertThat(err.toString()).startsWith("diolab: ").contains(sentence);
    assertThat(err.toString().lines().count()).isOne();
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    return Diolab.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private void damage(long at) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(at);
      int old = file.read();
      file.seek(at);
      file.write(~old);
    }
  }
}
