package dev.diolab.engine.file;

import java.io.IOException;

/**
 * The last mount of the image was one without a journal, and it did not end with an unmount: what a
 * crash left of its last changes may contradict itself, and no journal can tell.
 */
public final class NotUnmountedException extends IOException {
  private static final long serialVersionUID = 1L;

  NotUnmountedException() {
    super(
        "the image was last mounted without a journal and not unmounted, so that its metadata may"
            + " be damaged: run 'diolab check' on it; when that finds nothing, mount it with"
            + " MountOptions.acceptingChecked, otherwise format it again");
  }
}
