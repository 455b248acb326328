package dev.diolab.benchmarks.workload;

/** A variant of IBD-GROW: how a tablespace is extended. */
enum IbdVariant {
  /** fallocate and a sync: MariaDB, and MySQL with innodb_extend_and_initialize=OFF. */
  FALLOCATE("fallocate"),
  /** fallocate, zeros in writes of 1 MiB, and a sync: MySQL by default. */
  ZEROS("fallocate and zeros");

  private final String label;

  IbdVariant(String label) {
    this.label = label;
  }

  static IbdVariant parse(String variant) {
    for (IbdVariant known : values()) {
      if (known.label.equals(variant)) {
        return known;
      }
    }
    throw new AssertionError("no variant of IBD-GROW: " + variant);
  }

  /** The variant of the workload. */
  String label() {
    return label;
  }
}
