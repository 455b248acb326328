package dev.diolab.benchmarks.verify.script;

import java.util.Locale;

/**
 * One operation on one file.
 *
 * @param kind what is done
 * @param file number of the file in the script, from 0
 * @param offset first byte; for a truncate the new size; a multiple of 512
 * @param bytes length; 0 for a truncate and for syncs
 */
public record Op(OpKind kind, int file, long offset, int bytes) {

  /** One byte behind the range; for a truncate the new size. */
  public long end() {
    return offset + bytes;
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    if (kind.isSync()) {
      return name + " file " + file;
    }
    return kind == OpKind.TRUNCATE
        ? name + " file " + file + " to " + offset
        : name + " file " + file + " " + offset + ".." + end();
  }
}
