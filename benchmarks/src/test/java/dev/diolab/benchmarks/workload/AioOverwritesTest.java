package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.os.Uring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AioOverwritesTest {
  private static final long FILE_BYTES = 1L << 20;
  private static final int PAGES = (int) (FILE_BYTES / 4096);
  private static final int WRITES = 1000;
  private static final long SEED = 42;
  private static final long TRIAL = 4711;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"no-lock, 1", "iomap-endio, 1", "no-lock, 16", "i-mutex, 16"})
  void overwriteRandomPages(String strategy, int depth) throws IOException {
    Path image = directory.resolve("a.img");
    FileDevice.create(image, VolumeShape.deviceBytes(FILE_BYTES)).close();
    ImageDevice device = Uring.unavailableBecause() == null ? ImageDevice.URING : ImageDevice.FILE;
    ForkSettings settings =
        new ForkSettings(
            image.toString(), device, 4096, SEED, TRIAL, FILE_BYTES, false, FILE_BYTES, "");
    try (WorkVolume volume = WorkVolume.format(settings, strategy, "end-io")) {
      DioFile file = PageFile.create(volume, FILE_BYTES);
      long before = volume.device().counters().writes();
      AioOverwrites overwrites = new AioOverwrites(volume, file, depth, SEED, TRIAL);
      for (int i = 0; i < WRITES; i++) {
        overwrites.run();
      }
      overwrites.end();

      assertThat(volume.device().counters().writes() - before).isGreaterThanOrEqualTo(WRITES);
      if (depth == 1) {
        assertThat(checked(volume, volume.reopen(file))).isEqualTo(FILE_BYTES);
      }
    }
  }

  @Test
  void everyWriteButTheOneThatWaitsIsSubmittedByItself() throws IOException {
    MemoryDevice device = new MemoryDevice(VolumeShape.deviceBytes(FILE_BYTES));
    try (WorkVolume volume = WorkVolume.format(device, 4096, "no-lock", "end-io")) {
      DioFile file = PageFile.create(volume, FILE_BYTES);
      long before = device.counters().writes();
      AioOverwrites overwrites = new AioOverwrites(volume, file, 16, SEED, TRIAL);
      for (int i = 1; i <= WRITES; i++) {
        overwrites.run();
        assertThat(device.counters().writes() - before).isBetween(i - 1L, (long) i);
      }
      overwrites.end();
    }
  }

  /** With several in flight, either of two writes of one page may be the last one. */
  private static long checked(WorkVolume volume, DioFile file) throws IOException {
    long[] versions = new long[PAGES];
    SplittableRandom same = new SplittableRandom(SEED);
    for (int i = 1; i <= WRITES; i++) {
      versions[same.nextInt(PAGES)] = i;
    }
    return new ContentCheck(file, volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES), TRIAL)
        .check(unit -> versions[(int) unit], FILE_BYTES, 1);
  }
}
