package dev.diolab.benchmarks.image;

import dev.diolab.benchmarks.Failure;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.device.UnusableDeviceException;
import dev.diolab.engine.file.FormatProgress;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.os.DirectIoAlignment;
import dev.diolab.engine.os.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Finds the image of a run fit for it, or makes it so; nothing that is not ours is overwritten
 * unless the user forces it.
 *
 * <p>A new image file is written under another name and gets its own when it is complete, so that
 * an interrupted run leaves no half image behind.
 */
public final class Images {
  private static final String UNFINISHED_SUFFIX = ".new";

  /** Room for the journal, the metadata and one chunk of TSO32. */
  private static final long SMALLEST_BYTES = 64 * Sizes.MIB;

  private final ImageRequest request;
  private final Consumer<String> note;
  private final FormatProgress progress;

  private Images(ImageRequest request, Consumer<String> note, FormatProgress progress) {
    this.request = request;
    this.note = note;
    this.progress = progress;
  }

  /**
   * Makes the image of {@code request} ready: complete, fully written, with an empty volume.
   *
   * @param lock keeps the image for the caller
   * @param note told in one sentence when the image has to be made
   * @param progress told how far that is
   * @return size of the image in bytes
   * @throws Failure when the path cannot be used, or holds what must not be overwritten
   */
  public static long prepare(
      RunLock lock, ImageRequest request, Consumer<String> note, FormatProgress progress) {
    if (!lock.image().equals(request.path())) {
      throw new AssertionError("lock of " + lock.image() + ", not of " + request.path());
    }
    try {
      return new Images(request, note, progress).prepare();
    } catch (UnusableDeviceException e) {
      throw Failure.environment(Failure.messageOf(e), e);
    } catch (IOException e) {
      throw Failure.environment(
          "cannot prepare the image " + request.path() + ": " + Failure.messageOf(e), e);
    }
  }

  /**
   * Checks what can be checked before anything is touched.
   *
   * @throws Failure when the size is impossible
   */
  public static void checkSize(long bytes) {
    if (bytes % Sizes.MIB != 0) {
      throw Failure.usage(
          "--size " + bytes + " is not a whole number of MiB: write for example --size 512M");
    }
    if (bytes < SMALLEST_BYTES) {
      throw Failure.usage(
          "--size "
              + Sizes.format(bytes)
              + " is too small: an image has at least "
              + Sizes.format(SMALLEST_BYTES));
    }
  }

  /** Where the image that shall be found at {@code path} is written to. */
  public static Path unfinished(Path path) {
    return path.resolveSibling(path.getFileName() + UNFINISHED_SUFFIX);
  }

  private long prepare() throws IOException {
    Path path = request.path();
    if (!Files.exists(path)) {
      return make();
    }
    FileStatus.Kind kind = FileStatus.of(path).kind();
    if (kind != FileStatus.Kind.REGULAR && kind != FileStatus.Kind.BLOCK_DEVICE) {
      throw Failure.usage(path + " is neither a file nor a block device: correct --image");
    }
    ImageState state = ImageState.of(path);
    if (state.kind() == ImageState.Kind.UNFINISHED) {
      return remake();
    }
    if (state.kind() != ImageState.Kind.OURS) {
      requireForce(state.sentence());
      return remake();
    }
    if (fits(state)) {
      return reuse();
    }
    if (!request.isDefaultPath()) {
      requireForce(
          state.sentence()
              + ", but this run wants "
              + Sizes.format(request.bytesToMake())
              + " with blocks of "
              + request.blockBytes()
              + " bytes");
    }
    return remake();
  }

  private boolean fits(ImageState state) {
    boolean sizeFits =
        request.sizeBytes() == null
            ? state.bytes() >= request.leastBytes()
            : state.bytes() == request.sizeBytes();
    return sizeFits && state.blockBytes() == request.blockBytes();
  }

  private void requireForce(String sentence) {
    if (!request.force()) {
      throw Failure.environment(
          sentence
              + "; it was not touched: choose another --image, or give --force to overwrite it");
    }
  }

  private long reuse() throws IOException {
    try (FileDevice device = FileDevice.open(request.path())) {
      VolumeFormatter.format(device, VolumeShape.options(device.sizeBytes(), request.blockBytes()));
      return device.sizeBytes();
    }
  }

  private long remake() throws IOException {
    Path path = request.path();
    if (Files.isRegularFile(path)) {
      requireDirectIo(path);
      Files.delete(path);
      return make();
    }
    note.accept("writing the whole of " + path);
    try (FileDevice device = FileDevice.open(path)) {
      fill(device);
      return device.sizeBytes();
    }
  }

  /** Asked before the old file goes, which a file system without O_DIRECT could not replace. */
  private static void requireDirectIo(Path path) throws IOException {
    DirectIoAlignment alignment = FileStatus.of(path).directIo();
    if (alignment != null && !alignment.isSupported()) {
      throw Failure.environment(
          "the file system of " + path + " has no O_DIRECT: choose an --image on ext4 or XFS");
    }
  }

  private long make() throws IOException {
    long bytes = request.bytesToMake();
    Path unfinished = unfinished(request.path());
    note.accept("making the image " + request.path() + " of " + Sizes.format(bytes));
    Files.deleteIfExists(unfinished); // of a run that was killed; we hold the lock
    try (FileDevice device = FileDevice.create(unfinished, bytes)) {
      fill(device);
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    Files.move(unfinished, request.path());
    return bytes;
  }

  private void fill(FileDevice device) throws IOException {
    VolumeFormatter.poison(device, progress);
    VolumeFormatter.format(device, VolumeShape.options(device.sizeBytes(), request.blockBytes()));
  }
}
