package dev.diolab.benchmarks.verify.corruption;

/** The structures of an image that are damaged. */
enum Structure {
  SUPERBLOCK("superblock"),
  JOURNAL_SUPERBLOCK("journal superblock"),
  LOG_DESCRIPTOR("descriptor in the log"),
  LOG_COPY("copy in the log"),
  LOG_REVOKE("revoke block in the log"),
  LOG_COMMIT("commit record in the log"),
  LOG_REST("log block that no transaction needs"),
  INODE_TABLE("inode table"),
  BITMAP("bitmap"),
  EXTENT_NODE("extent node");

  private final String title;

  Structure(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Whether blocks of this structure belong to a whole transaction in the log. */
  boolean isLive() {
    return this == LOG_DESCRIPTOR || this == LOG_COPY || this == LOG_REVOKE || this == LOG_COMMIT;
  }
}
