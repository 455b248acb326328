package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.environment.Machine;
import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.image.ImageRequest;
import dev.diolab.benchmarks.image.Images;
import dev.diolab.benchmarks.image.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which image to use. */
final class ImageOptions {
  private static final Set<Integer> BLOCK_SIZES = Set.of(1024, 2048, 4096);

  @Option(
      names = "--image",
      paramLabel = "PATH",
      description =
          "File or block device to measure on; made when missing. Default:"
              + " results/runs/diolab.img of the source tree. A block device loses its contents.")
  private @Nullable Path image;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description =
          "Size of the image or of the emulated disk, such as 512M or 4G. Default: what the profile"
              + " needs, or what an existing image has. Test files shrink to fit.")
  private @Nullable String size;

  @Option(
      names = "--block-size",
      paramLabel = "BYTES",
      defaultValue = "4096",
      description = "Block size of the volume: 1024, 2048 or 4096. Default: ${DEFAULT-VALUE}.")
  private int blockBytes;

  @Option(
      names = "--force",
      description = "Overwrite what is at --image, whatever it is. Nothing else is ever replaced.")
  private boolean force;

  int blockBytes() {
    if (!BLOCK_SIZES.contains(blockBytes)) {
      throw Failure.usage("--block-size " + blockBytes + " is not 1024, 2048 or 4096");
    }
    return blockBytes;
  }

  Path path() {
    return image == null ? Home.image() : image;
  }

  /** The request for an image of at least {@code leastBytes}; its directory exists. */
  ImageRequest request(long leastBytes) {
    Long bytes = size == null ? null : Sizes.parse(size);
    if (bytes != null) {
      Images.checkSize(bytes);
    }
    return new ImageRequest(path(), image == null, bytes, leastBytes, blockBytes(), force);
  }

  /**
   * The size of an emulated disk of at least {@code leastBytes}.
   *
   * @throws Failure when an image is asked for, or the disk does not go into memory
   */
  long diskBytes(ImageDevice device, long leastBytes) {
    if (image != null || force) {
      throw Failure.usage(
          "--device " + device.label() + " lies in memory: it takes no --image and no --force");
    }
    long bytes = size == null ? leastBytes : Sizes.parse(size);
    Images.checkSize(bytes);
    long memory = memoryBytes();
    if (bytes > memory / 2) {
      throw Failure.usage(
          "an emulated disk of "
              + Sizes.format(bytes)
              + " is more than half of this machine's memory, "
              + memory / Sizes.MIB
              + " MiB: give a smaller --size");
    }
    return bytes;
  }

  private static long memoryBytes() {
    try {
      return Machine.probe().memoryBytes();
    } catch (IOException e) {
      throw Failure.environment(
          "the memory of this machine cannot be seen: " + Failure.messageOf(e), e);
    }
  }

  /** Makes the default directory; refuses a directory as image, or a missing one around it. */
  void requirePlace() {
    if (Files.isDirectory(path())) {
      throw Failure.usage(
          path()
              + " is a directory: give the path of a file in it, such as "
              + path().resolve("diolab.img"));
    }
    Path directory = path().toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(directory)) {
      return;
    }
    if (image != null) {
      throw Failure.environment(
          "there is no directory " + directory + " for the image: make it, or correct --image");
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw Failure.environment(
          "cannot make " + directory + " (" + Failure.messageOf(e) + "): choose an --image", e);
    }
  }
}
