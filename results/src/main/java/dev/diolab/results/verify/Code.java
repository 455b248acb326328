package dev.diolab.results.verify;

import dev.diolab.results.run.Require;
import org.jspecify.annotations.Nullable;

/**
 * The code that was verified. Two runs are of the same code if, and only if, their digests are
 * equal; commit and changes are for people.
 *
 * @param digest SHA-256 of the code as 64 hexadecimal digits in lower case
 * @param commit the full hash of the source, where it is known
 * @param dirty whether the work tree had changes that were not committed
 */
public record Code(String digest, @Nullable String commit, boolean dirty) {
  private static final int SHORT = 12;

  /** Refuses what is no SHA-256. */
  public Code {
    Require.that(
        digest.matches("[0-9a-f]{64}"),
        "digest is \"%s\", but must be a SHA-256: 64 hexadecimal digits in lower case",
        digest);
  }

  /** The first digits of the digest, enough to tell one from another by eye. */
  public String shortDigest() {
    return digest.substring(0, SHORT);
  }
}
