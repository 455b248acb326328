package dev.diolab.benchmarks.cli;

import java.nio.file.Path;

/** The source tree that diolab was started from; the scripts name it. */
final class Home {
  private Home() {}

  /** Root of the source tree, or the current directory when the jar was started by hand. */
  static Path root() {
    return Path.of(System.getProperty("diolab.home", ""));
  }

  /** Where run directories and the image lie when nobody says otherwise. */
  static Path runs() {
    return root().resolve("results").resolve("runs");
  }

  /** The image that is used when nobody names one. */
  static Path image() {
    return runs().resolve("diolab.img");
  }
}
