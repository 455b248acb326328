package dev.diolab.benchmarks.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.MemoryDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FillTest {
  private static final long BYTES = 1 << 20;
  private static final long SEED = 5;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"true, true, 1", "true, false, 3", "false, true, 3", "false, false, 1"})
  void everyBlockIsWrittenOnceOnTheKernelsFileSystem(boolean written, boolean dsync, int threads)
      throws IOException {
    try (KernelFiles files = KernelFiles.in(directory)) {
      assertThat(files.name()).startsWith("kernel:");
      Fill.Result result = Fill.run(files, new FillCell(written, dsync, threads), BYTES, SEED);
      assertIsWhole(result);
      assertThat(files.file()).doesNotExist();
    }
    try (var left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true, 1", "true, false, 3", "false, true, 3", "false, false, 1"})
  void everyBlockIsWrittenOnceOnTheModel(boolean written, boolean dsync, int threads)
      throws IOException {
    try (ModelFiles files =
        ModelFiles.on(FillTest::memory, 4096, new Contender("iomap-endio", "end-io"))) {
      assertThat(files.name()).isEqualTo("iomap-endio + end-io");
      assertIsWhole(Fill.run(files, new FillCell(written, dsync, threads), BYTES, SEED));
      assertIsWhole(Fill.run(files, new FillCell(written, dsync, threads), BYTES, SEED));
    }
  }

  @Test
  void writeThatTheTargetLosesIsFound() {
    FillTarget losing = new LosingTarget(memoryFiles());

    assertThatThrownBy(() -> Fill.run(losing, new FillCell(true, false, 2), BYTES, SEED))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("which was not written last");
  }

  private static void assertIsWhole(Fill.Result result) {
    assertThat(result.opsPerSecond()).isPositive();
    assertThat(result.recorder().operations()).isEqualTo(BYTES / FillFile.WRITE_BYTES);
    assertThat(result.recorder().bytes()).isEqualTo(BYTES);
  }

  private static ModelFiles memoryFiles() {
    return ModelFiles.on(FillTest::memory, 4096, new Contender("iomap-endio", "end-io"));
  }

  private static BlockDevice memory() {
    return new MemoryDevice(VolumeShape.deviceBytes(2 * BYTES));
  }

  /** Forgets one write of forty. */
  private record LosingTarget(FillTarget target) implements FillTarget {
    @Override
    public String name() {
      return "losing";
    }

    @Override
    public FillFile create(long bytes) throws IOException {
      return new LosingFile(target.create(bytes), new AtomicInteger());
    }

    @Override
    public void close() throws IOException {
      target.close();
    }
  }

  private record LosingFile(FillFile file, AtomicInteger writes) implements FillFile {
    @Override
    public Writer writer() {
      return new LosingWriter(file.writer(), writes);
    }

    @Override
    public void fdatasync() throws IOException {
      file.fdatasync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private record LosingWriter(FillFile.Writer writer, AtomicInteger writes)
      implements FillFile.Writer {
    @Override
    public MemorySegment buffer() {
      return writer.buffer();
    }

    @Override
    public void write(long offset, boolean dsync) throws IOException {
      if (writes.incrementAndGet() % 40 != 0) {
        writer.write(offset, dsync);
      }
    }

    @Override
    public void read(long offset) throws IOException {
      writer.read(offset);
    }

    @Override
    public PhaseRecorder recorder() {
      return writer.recorder();
    }
  }
}
