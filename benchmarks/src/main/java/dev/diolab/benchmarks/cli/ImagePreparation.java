package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.image.ImageRequest;
import dev.diolab.benchmarks.image.Images;
import dev.diolab.benchmarks.image.RunLock;
import dev.diolab.benchmarks.progress.Progress;
import dev.diolab.benchmarks.run.Interruption;
import java.nio.file.Path;

/** Makes an image ready, with progress, and cleans up when it is interrupted. */
final class ImagePreparation {
  private static final double BYTES_PER_SECOND = 500e6;

  private ImagePreparation() {}

  /** Prepares the image of {@code request}, which {@code lock} keeps; its size in bytes. */
  static long run(RunLock lock, ImageRequest request, Interruption interruption) {
    double expected = request.bytesToMake() / BYTES_PER_SECOND;
    Path unfinished = Images.unfinished(request.path());
    interruption.removes(lock.file());
    interruption.removes(unfinished);
    try (Progress progress = Progress.begin(expected)) {
      return Images.prepare(
          lock,
          request,
          sentence -> progress.step(sentence, 0),
          (done, total) -> progress.advance("writing the image", expected * done / total));
    } finally {
      interruption.removesNoLonger(unfinished);
    }
  }
}
