/**
 * A small journalled file system in one image, on which the locking of direct I/O is the only thing
 * that changes. It knows no strategy by name: what varies stands behind the seam in {@code
 * locking}.
 */
@NullMarked
package dev.diolab.engine;

import org.jspecify.annotations.NullMarked;
