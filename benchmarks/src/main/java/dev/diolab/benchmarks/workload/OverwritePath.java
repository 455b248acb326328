package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.load.ClosedLoop;
import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.ExtentVisitor;
import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The workload {@code 4k-write} of PAGE-OVERWRITE without JMH, for a comparison with another
 * program on the same bytes of the same image. Operations are recorded as in a run.
 *
 * <p>The image is closed between calls, so that the other program has it for itself meanwhile.
 *
 * <p>Thread safety: none.
 */
public final class OverwritePath {
  private static final PageVariant VARIANT = PageVariant.parse("4k-write");

  private final ForkSettings settings;

  private OverwritePath(ForkSettings settings) {
    this.settings = settings;
  }

  /**
   * Where the test file lies on the image.
   *
   * @param offset first byte
   * @param bytes length
   */
  public record Location(long offset, long bytes) {}

  /**
   * A path on {@code image}, served by {@code device}, which holds a volume with blocks of {@code
   * blockBytes}.
   */
  public static OverwritePath on(
      Path image, ImageDevice device, int blockBytes, long fileBytes, long seed, long trial) {
    return new OverwritePath(
        new ForkSettings(
            image.toString(), device, blockBytes, seed, trial, fileBytes, true, fileBytes, ""));
  }

  /**
   * Makes the test file, all written.
   *
   * @return the one run of the image that it takes
   * @throws IOException when it does not lie in one run
   */
  public Location makeFile(String strategy, String policy) throws IOException {
    try (WorkVolume volume = WorkVolume.format(settings, strategy, policy)) {
      DioFile file = PageFile.create(volume, settings.fileBytes());
      Run run = new Run();
      file.forEachExtent(run);
      return run.location(volume.blockBytes());
    }
  }

  /** Overwrites random pages of the test file for {@code seconds}; operations a second. */
  public double opsPerSecond(
      String strategy, String policy, int threads, double rampSeconds, double seconds)
      throws IOException {
    try (WorkVolume volume = WorkVolume.mount(settings, strategy, policy)) {
      DioFile file = PageFile.open(volume, settings.fileBytes());
      List<ClosedLoop.Operation> operations = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        PageWorker worker =
            new PageWorker(
                file,
                volume.volume().allocateBuffer(PageWorker.bufferBytes(VARIANT)),
                VARIANT,
                i,
                threads,
                settings.seed(),
                settings.trial());
        operations.add(worker::next);
      }
      return ClosedLoop.opsPerSecond(operations, rampSeconds, seconds);
    }
  }

  /**
   * The same by one thread that keeps {@code depth} overwrites in flight, on the queue that the
   * device gives; operations a second.
   */
  public double asyncOpsPerSecond(
      String strategy, String policy, int depth, double rampSeconds, double seconds)
      throws IOException {
    try (WorkVolume volume = WorkVolume.mount(settings, strategy, policy)) {
      DioFile file = PageFile.open(volume, settings.fileBytes());
      AioOverwrites overwrites =
          new AioOverwrites(volume, file, depth, settings.seed(), settings.trial());
      return ClosedLoop.opsPerSecond(List.of(overwrites), rampSeconds, seconds);
    }
  }

  /** Joins extents that follow each other in the file and on the image. */
  private static final class Run implements ExtentVisitor {
    private long first = -1;
    private long blocks;
    private boolean broken;

    @Override
    public void extent(long logical, long physical, int length, ExtentState state) {
      if (first < 0) {
        first = physical;
      }
      broken |= logical != blocks || physical != first + blocks || state != ExtentState.WRITTEN;
      blocks += length;
    }

    Location location(int blockBytes) throws IOException {
      if (broken || first < 0) {
        throw new IOException("the test file does not lie in one run of written blocks");
      }
      return new Location(first * blockBytes, blocks * blockBytes);
    }
  }
}
