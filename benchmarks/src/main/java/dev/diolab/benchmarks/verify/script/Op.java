package dev.diolab.benchmarks.verify.script;

import dev.diolab.results.run.Require;
import java.util.Locale;

/**
 * One operation on one file.
 *
 * @param kind what is done
 * @param file number of the file in the script, from 0
 * @param offset first byte; for a truncate the new size; a multiple of 512
 * @param bytes length; 0 for a truncate, for syncs and for an await
 */
public record Op(OpKind kind, int file, long offset, int bytes) {
  private static final int SECTOR = 512;

  /** Refuses a file that no script has, and a range that none of its files has. */
  public Op {
    Require.that(kind != null, "an operation has no kind");
    Require.that(
        file >= 0 && file < Script.FILES, "file is %d; scripts have %d", file, Script.FILES);
    Require.that(
        offset >= 0 && bytes >= 0 && offset <= Script.MAX_FILE_BYTES - bytes,
        "range %d..%d is outside of a file of %d bytes",
        offset,
        offset + bytes,
        Script.MAX_FILE_BYTES);
    Require.that(
        offset % SECTOR == 0 && bytes % SECTOR == 0,
        "range %d..%d is not of whole sectors of %d bytes",
        offset,
        offset + bytes,
        SECTOR);
  }

  /** One byte behind the range; for a truncate the new size. */
  public long end() {
    return offset + bytes;
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    if (kind == OpKind.AWAIT) {
      return name;
    }
    if (kind.isSync()) {
      return name + " file " + file;
    }
    return kind == OpKind.TRUNCATE
        ? name + " file " + file + " to " + offset
        : name + " file " + file + " " + offset + ".." + end();
  }
}
