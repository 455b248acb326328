package dev.diolab.benchmarks.verify.fsx;

import java.util.Arrays;
import java.util.Optional;

/** What the exerciser does to its file; the names are those in logs. */
enum OpKind {
  READ("read"),
  WRITE("write"),
  MAP_READ("mapread"),
  MAP_WRITE("mapwrite"),
  TRUNCATE("truncate"),
  FALLOCATE("fallocate"),
  PUNCH_HOLE("punch_hole"),
  ZERO_RANGE("zero_range"),
  FSYNC("fsync"),
  /** Unmounts and mounts the volume: all caches are gone. */
  CLOSE_OPEN("close_open"),
  /** Not an operation: all threads meet here, and the whole file is compared. */
  BARRIER("barrier");

  private final String label;

  OpKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Whether the operation brings bytes of its own into the file. */
  boolean storesData() {
    return this == WRITE || this == MAP_WRITE;
  }

  /** Whether the operation makes bytes of the file zero. */
  boolean storesZeros() {
    return this == TRUNCATE || this == PUNCH_HOLE || this == ZERO_RANGE;
  }

  boolean isMapped() {
    return this == MAP_READ || this == MAP_WRITE;
  }

  static Optional<OpKind> byLabel(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }
}
