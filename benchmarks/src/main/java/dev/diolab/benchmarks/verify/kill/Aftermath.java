package dev.diolab.benchmarks.verify.kill;

import dev.diolab.engine.check.CheckReport;
import dev.diolab.engine.check.Checker;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an image was like after a kill: fsck as it was left, mount with recovery, every unit of
 * every file, and fsck again.
 *
 * @param left fsck before the mount; tells what the log held
 * @param mounted fsck after recovery and unmount; null when it could not be mounted
 * @param contents what the files hold
 * @param refusal why mount, reading or unmount failed; null when they did not
 */
record Aftermath(
    CheckReport left, @Nullable CheckReport mounted, Contents contents, @Nullable String refusal) {

  /** Looks at the image on {@code device}, mounted with what the killed bench ran with. */
  static Aftermath of(
      BlockDevice device,
      DioStrategy strategy,
      ConversionPolicy policy,
      long trial,
      boolean oneVersion) {
    CheckReport left = Checker.check(device);
    Contents contents = Contents.NONE;
    try {
      try (Volume volume = Volume.mount(device, strategy, policy)) {
        contents = contents(volume, trial, oneVersion);
      }
      return new Aftermath(left, Checker.check(device), contents, null);
    } catch (IOException e) {
      return new Aftermath(
          left, null, contents, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static Contents contents(Volume volume, long trial, boolean oneVersion)
      throws IOException {
    MemorySegment buffer = volume.allocateBuffer(ContentScan.WINDOW_BYTES);
    ContentScan scan = new ContentScan(buffer, trial, oneVersion);
    Contents sum = Contents.NONE;
    for (int number : volume.inodeNumbers()) {
      sum = sum.plus(scan.scan(volume.open(number)));
    }
    return sum;
  }

  /** Findings of both checks. */
  long findings() {
    return left.findingCount() + (mounted == null ? 0 : mounted.findingCount());
  }

  /** Whether it was mounted, fsck found nothing, and every unit is as it may be. */
  boolean isClean() {
    return firstProblem().isEmpty();
  }

  /** The first of what is wrong. */
  Optional<String> firstProblem() {
    if (refusal != null) {
      return Optional.of("recovery failed: " + refusal);
    }
    return firstFinding(left)
        .map(finding -> "fsck before the mount: " + finding)
        .or(() -> firstFinding(mounted).map(finding -> "fsck after the mount: " + finding))
        .or(() -> Optional.ofNullable(contents.firstProblem()));
  }

  private static Optional<String> firstFinding(@Nullable CheckReport report) {
    return report == null
        ? Optional.empty()
        : report.findings().stream().findFirst().map(Object::toString);
  }
}
