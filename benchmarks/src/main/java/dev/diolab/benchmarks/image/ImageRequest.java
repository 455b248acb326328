package dev.diolab.benchmarks.image;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The image that a run asks for.
 *
 * @param path where it is or shall be
 * @param isDefaultPath whether nobody named the path: an image of ours there may be made anew
 * @param sizeBytes the size that the user asked for; null when any of at least {@code leastBytes}
 *     will do
 * @param leastBytes the size that the run needs
 * @param blockBytes block size of the volume
 * @param force whether whatever is there may be overwritten
 */
public record ImageRequest(
    Path path,
    boolean isDefaultPath,
    @Nullable Long sizeBytes,
    long leastBytes,
    int blockBytes,
    boolean force) {

  /** Size of the image when it has to be made. */
  public long bytesToMake() {
    return sizeBytes == null ? leastBytes : sizeBytes;
  }
}
