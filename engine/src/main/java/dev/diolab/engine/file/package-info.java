/**
 * Files on a volume: the direct-I/O path, truncate, fallocate, fsync, and the orphan list. All
 * mechanics of a request live here and are the same for every strategy; who waits for whom is asked
 * at the seam in {@code locking}.
 */
@NullMarked
package dev.diolab.engine.file;

import org.jspecify.annotations.NullMarked;
