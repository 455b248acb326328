package dev.diolab.benchmarks.image;

import dev.diolab.engine.os.Uring;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What serves where io_uring was asked for and is not permitted. */
public final class RingFallback {
  private RingFallback() {}

  /**
   * {@code asked}, or threads in place of rings that this process may not have.
   *
   * @param notice told in a sentence when it is another device, and why
   */
  public static ImageDevice permitted(ImageDevice asked, Consumer<String> notice) {
    return asked == ImageDevice.URING
        ? permitted(asked, Uring.unavailableBecause(), notice)
        : asked;
  }

  /** {@code asked} if {@code why} is null, else threads. */
  static ImageDevice permitted(ImageDevice asked, @Nullable String why, Consumer<String> notice) {
    if (why == null) {
      return asked;
    }
    ImageDevice instead = ImageDevice.FILE;
    notice.accept(
        "--device "
            + asked.label()
            + " cannot be used here: "
            + why
            + "; --device "
            + instead.label()
            + " takes its place, and stands in the results");
    return instead;
  }
}
