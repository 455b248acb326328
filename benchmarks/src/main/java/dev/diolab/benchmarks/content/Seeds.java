package dev.diolab.benchmarks.content;

/** Derives the seeds of parts (thread, chunk, round) from the one seed of a run. */
public final class Seeds {
  private Seeds() {}

  /** A seed for part {@code index} of {@code seed}; neighbours share no visible pattern. */
  public static long derive(long seed, long index) {
    long z = seed + (index + 1) * 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  /** A seed for the part named {@code name} of {@code seed}. */
  public static long derive(long seed, String name) {
    long hash = seed;
    for (int i = 0; i < name.length(); i++) {
      hash = derive(hash, name.charAt(i));
    }
    return hash;
  }
}
