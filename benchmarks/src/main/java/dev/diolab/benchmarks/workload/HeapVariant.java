package dev.diolab.benchmarks.workload;

/**
 * A variant of HEAP-EXTEND, such as {@code fallocate, direct}.
 *
 * @param fallocates whether large extensions preallocate (posix_fallocate); otherwise all write
 *     zeros
 * @param buffered whether the relation is written and read through the page cache
 */
record HeapVariant(boolean fallocates, boolean buffered) {

  static HeapVariant parse(String variant) {
    for (boolean fallocates : new boolean[] {true, false}) {
      for (boolean buffered : new boolean[] {true, false}) {
        HeapVariant known = new HeapVariant(fallocates, buffered);
        if (known.toString().equals(variant)) {
          return known;
        }
      }
    }
    throw new AssertionError("no variant of HEAP-EXTEND: " + variant);
  }

  @Override
  public String toString() {
    return (fallocates ? "fallocate" : "zeros") + (buffered ? ", buffered" : ", direct");
  }
}
