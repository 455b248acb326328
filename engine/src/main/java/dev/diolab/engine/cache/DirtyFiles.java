package dev.diolab.engine.cache;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * The files of a volume that may have dirty pages, in the order in which they are to be written
 * out.
 *
 * <p>Guarantee: a file with a dirty page is in the list, once {@link #add} returned that followed
 * the page's becoming dirty, until a call of {@link #removeIfClean} that finds no dirty page.
 *
 * <p>Thread safety: all methods may be called at once, with no other monitor held.
 */
final class DirtyFiles {
  /** [this] */
  private final LinkedHashSet<WriteOut> files = new LinkedHashSet<>();

  /** Adds a file that may have got a dirty page. */
  void add(WriteOut file) {
    if (!file.listed) {
      synchronized (this) {
        file.listed = true;
        files.add(file);
      }
    }
  }

  synchronized int size() {
    return files.size();
  }

  /** The first file, which becomes the last. */
  synchronized @Nullable WriteOut next() {
    if (files.isEmpty()) {
      return null;
    }
    WriteOut first = files.getFirst();
    files.remove(first);
    files.add(first);
    return first;
  }

  /** Forgets a file that has no dirty page. */
  void removeIfClean(WriteOut file) {
    if (file.hasDirty()) {
      return;
    }
    synchronized (this) {
      file.listed = false;
      files.remove(file);
    }
    if (file.hasDirty()) {
      add(file); // it became dirty while it still seemed to be listed
    }
  }
}
