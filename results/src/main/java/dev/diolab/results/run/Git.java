package dev.diolab.results.run;

/**
 * The source that measured.
 *
 * @param commit the full hash, or {@code "unknown"} outside a repository
 * @param dirty whether the work tree had changes that were not committed
 */
public record Git(String commit, boolean dirty) {
  /** What is known outside a repository. */
  public static final Git UNKNOWN = new Git("unknown", false);
}
