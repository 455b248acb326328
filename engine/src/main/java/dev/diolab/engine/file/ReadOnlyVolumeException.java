package dev.diolab.engine.file;

import java.io.IOException;

/**
 * The volume refuses every change and every fsync since its journal failed; reads go on. The cause
 * is the failure that stopped the journal: a write or flush of the device, damage found in the
 * metadata, or an error of this program.
 *
 * <p>An operation that was under way when the journal failed may end with this exception too. What
 * it changed is then durable in whole or in part or not at all, as after a crash.
 */
public final class ReadOnlyVolumeException extends IOException {
  private static final long serialVersionUID = 1L;

  private ReadOnlyVolumeException(String message, Throwable cause) {
    super(message, cause);
  }

  /** For an operation that is refused because of {@code failure}. */
  static ReadOnlyVolumeException refused(Throwable failure, boolean journalled) {
    return new ReadOnlyVolumeException(
        "the volume is read-only since its journal failed: "
            + tell(failure)
            + "; unmount it, mend the device, "
            + remedy(journalled),
        failure);
  }

  /** For an unmount that could make nothing durable any more because of {@code failure}. */
  static ReadOnlyVolumeException unmounted(Throwable failure, boolean journalled) {
    return new ReadOnlyVolumeException(
        "the volume was unmounted without its last changes since its journal failed: "
            + tell(failure)
            + "; mend the device, "
            + remedy(journalled),
        failure);
  }

  private static String remedy(boolean journalled) {
    return journalled
        ? "mount it again: recovery brings back everything that was durable"
        : "run 'diolab check' on the image, as it was mounted without a journal";
  }

  private static String tell(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof IOException && message != null ? message : failure.toString();
  }
}
