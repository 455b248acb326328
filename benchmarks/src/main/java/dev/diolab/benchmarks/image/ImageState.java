package dev.diolab.benchmarks.image;

import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.Superblock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What lies at the path of an image.
 *
 * @param kind whether it may be used
 * @param sentence what it is, beginning with its path
 * @param bytes size of an image of ours
 * @param blockBytes block size of an image of ours
 */
record ImageState(Kind kind, String sentence, long bytes, int blockBytes) {

  enum Kind {
    /** Something else, whose contents belong to somebody. */
    FOREIGN,
    /** An image of ours whose making was interrupted: there is nothing in it. */
    UNFINISHED,
    /** Began as an image of ours, and is not a sound one. */
    DAMAGED,
    /** A complete image of ours. */
    OURS
  }

  /** Looks at the first block; the file is not opened for writing. */
  static ImageState of(Path path) throws IOException {
    byte[] block = firstBytes(path);
    if (!Superblock.isOurs(block)) {
      return new ImageState(Kind.FOREIGN, path + " exists and is not an image of diolab", 0, 0);
    }
    if (Superblock.isUnfinished(block)) {
      return new ImageState(
          Kind.UNFINISHED, path + " is an image of diolab that was not finished", 0, 0);
    }
    Geometry geometry;
    try {
      Superblock.SEAL.verify(block, 0);
      geometry = Superblock.geometry(block);
    } catch (CorruptImageException e) {
      return new ImageState(
          Kind.DAMAGED, path + " is a damaged image of diolab (" + e.getMessage() + ")", 0, 0);
    }
    long expected = geometry.blocks() * geometry.blockSize();
    long found = Files.isRegularFile(path) ? Files.size(path) : expected;
    if (found < expected) {
      return new ImageState(
          Kind.DAMAGED,
          path + " is a truncated image of diolab: " + found + " of " + expected + " bytes",
          0,
          0);
    }
    return new ImageState(
        Kind.OURS,
        path
            + " is an image of "
            + Sizes.format(found)
            + " with blocks of "
            + geometry.blockSize()
            + " bytes",
        found,
        geometry.blockSize());
  }

  private static byte[] firstBytes(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.copyOf(in.readNBytes(Superblock.BYTES), Superblock.BYTES);
    }
  }
}
