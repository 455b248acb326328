package dev.diolab.benchmarks.verify.fsx;

/**
 * What is to be done to a file; the letters are fsx's options.
 *
 * @param operations how many, over all threads (-N)
 * @param longestFile most bytes of the file (-l)
 * @param longestOp most bytes of an operation (-o)
 * @param readBoundary multiple at which reads begin, and of their length when direct (-r)
 * @param writeBoundary the same of writes (-w)
 * @param truncateBoundary multiple of the sizes of truncates (-t)
 * @param mappedReads whether there are loads from mappings (not -R)
 * @param mappedWrites whether there are stores into mappings (not -W)
 * @param fallocates whether there are fallocates (not -F)
 * @param punches whether holes are punched (not -H)
 * @param zeroRanges whether ranges are zeroed (not -z)
 * @param access direct or buffered (-Z)
 * @param checksEachTime whether the whole file is compared after each operation (-X)
 * @param closeOpen one of how many operations unmounts and mounts again; 0 for none (-c)
 * @param threads how many threads work on the file at once
 * @param depth how many direct reads and writes of a thread are in flight at most; 1 when it waits
 *     for each
 */
public record Settings(
    int operations,
    int longestFile,
    int longestOp,
    int readBoundary,
    int writeBoundary,
    int truncateBoundary,
    boolean mappedReads,
    boolean mappedWrites,
    boolean fallocates,
    boolean punches,
    boolean zeroRanges,
    Access access,
    boolean checksEachTime,
    int closeOpen,
    int threads,
    int depth) {
  /** Offsets and lengths of direct reads and writes are multiples of it: the sector. */
  public static final int DIRECT_ALIGNMENT = 512;

  /** The file is compared with an array of its length. */
  private static final int LONGEST_FILE = 1 << 28;

  private static final int MOST_THREADS = 64;
  private static final int DEEPEST = 1024;

  /** Refuses what cannot be done, naming the option. */
  public Settings {
    require(operations >= 1, "-N", operations, "at least 1");
    require(longestFile >= 1 && longestFile <= LONGEST_FILE, "-l", longestFile, "1 to 256 MiB");
    require(longestOp >= 1 && longestOp <= LONGEST_FILE, "-o", longestOp, "1 to 256 MiB");
    require(readBoundary >= 1, "-r", readBoundary, "at least 1");
    require(writeBoundary >= 1, "-w", writeBoundary, "at least 1");
    require(truncateBoundary >= 1, "-t", truncateBoundary, "at least 1");
    require(closeOpen >= 0, "-c", closeOpen, "at least 0");
    require(threads >= 1 && threads <= MOST_THREADS, "--threads", threads, "1 to " + MOST_THREADS);
    require(depth >= 1 && depth <= DEEPEST, "--depth", depth, "1 to " + DEEPEST);
    if (access == Access.DIRECT) {
      String aligned = "a multiple of " + DIRECT_ALIGNMENT + ", which -Z needs";
      require(readBoundary % DIRECT_ALIGNMENT == 0, "-r", readBoundary, aligned);
      require(writeBoundary % DIRECT_ALIGNMENT == 0, "-w", writeBoundary, aligned);
    }
    if (threads > 1 && closeOpen > 0) {
      throw new IllegalArgumentException("-c is for one thread: nobody may use a closed file");
    }
  }

  /** The same of threads that wait for each of their operations. */
  public Settings(
      int operations,
      int longestFile,
      int longestOp,
      int readBoundary,
      int writeBoundary,
      int truncateBoundary,
      boolean mappedReads,
      boolean mappedWrites,
      boolean fallocates,
      boolean punches,
      boolean zeroRanges,
      Access access,
      boolean checksEachTime,
      int closeOpen,
      int threads) {
    this(
        operations,
        longestFile,
        longestOp,
        readBoundary,
        writeBoundary,
        truncateBoundary,
        mappedReads,
        mappedWrites,
        fallocates,
        punches,
        zeroRanges,
        access,
        checksEachTime,
        closeOpen,
        threads,
        1);
  }

  /** The same with so many direct reads and writes of a thread in flight. */
  public Settings withDepth(int newDepth) {
    return new Settings(
        operations,
        longestFile,
        longestOp,
        readBoundary,
        writeBoundary,
        truncateBoundary,
        mappedReads,
        mappedWrites,
        fallocates,
        punches,
        zeroRanges,
        access,
        checksEachTime,
        closeOpen,
        threads,
        newDepth);
  }

  /** Whether one operation follows the other. */
  public boolean isInOrder() {
    return threads == 1 && depth == 1;
  }

  /** fsx without options: everything, buffered, at any offset, by one thread. */
  public static Settings plain(int operations) {
    return new Settings(
        operations,
        256 * 1024,
        64 * 1024,
        1,
        1,
        1,
        true,
        true,
        true,
        true,
        true,
        Access.BUFFERED,
        false,
        0,
        1);
  }

  private static void require(boolean holds, String option, int value, String what) {
    if (!holds) {
      throw new IllegalArgumentException(option + " " + value + " is not " + what);
    }
  }
}
