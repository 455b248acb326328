package dev.diolab.benchmarks.plan;

import dev.diolab.benchmarks.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The workloads, with the variants that each knows. */
public enum Workload {
  /** Random overwrites of written pages (facts on databases, P3): no extent changes. */
  PAGE_OVERWRITE(
      "PAGE-OVERWRITE",
      "random overwrites of written pages, as of a database in steady state",
      true,
      List.of("4k-write", "4k-mixed", "16k-write", "16k-mixed")),
  /** Ts'o's proposal of July 2009 (P1): preallocated chunks, each block written once. */
  TSO32(
      "TSO32",
      "32 KiB random writes, each block once, into preallocated 32 MiB chunks (Ts'o 2009)",
      true,
      fillVariants()),
  /** Direct writers, a buffered scanner, punches and truncates of the same file (P10). */
  SCAN_PUNCH(
      "SCAN+PUNCH",
      "16 KiB direct writes beside a buffered scan, punches and truncates of the same file",
      true,
      List.of("1 file", "4 files")),
  /** Asynchronous random writes beside fdatasync from a second thread (P9). */
  AIO_RANDOM_SYNC(
      "AIO-RANDOM-SYNC",
      "random writes, 64 in flight from one thread, beside fdatasync from a second one",
      true,
      List.of("4k, written", "4k, unwritten", "16k, written", "16k, unwritten")),
  /** Group commit to a log whose segments are in a certain state (P4). */
  WAL_COMMIT(
      "WAL-COMMIT",
      "group commit to one log, by as many clients as threads, over segments of every state",
      true,
      logVariants()),
  /** Appends to many files at once, behind their ends (P6). */
  BROKER_APPEND(
      "BROKER-APPEND",
      "16 KiB appends behind the end of many files, into space preallocated with KEEP_SIZE",
      true,
      brokerVariants()),
  /** Durable writes to logs whose next segments are made meanwhile (P5). */
  SEG_ROLL(
      "SEG-ROLL",
      "durable 4 KiB writes to logs in segments, beside a thread that makes the next segments",
      true,
      List.of(
          "fallocate",
          "zero-fill 128k",
          "zero-fill 128k, dsync",
          "zero-fill 1m",
          "zero-fill 1m, dsync",
          "recycle")),
  /** Backends that extend one relation and write its pages later (P8). */
  HEAP_EXTEND(
      "HEAP-EXTEND",
      "backends extend one file under a lock of their own and write its 8 KiB pages later",
      true,
      List.of("fallocate, buffered", "fallocate, direct", "zeros, buffered", "zeros, direct")),
  /** Tablespaces that grow while their pages are flushed in batches (P2). */
  IBD_GROW(
      "IBD-GROW",
      "16 KiB pages flushed by way of a doublewrite file, beside extensions of the same files",
      true,
      List.of("fallocate", "fallocate and zeros")),
  /** A log that clients commit to, beside threads that write tables (P7). */
  LSM_FLUSH_WAL(
      "LSM-FLUSH+WAL",
      "group commit to one log beside 1 MiB writes of tables to the same file system",
      true,
      List.of(
          "1 flusher, recycled",
          "4 flushers, recycled",
          "1 flusher, unwritten beyond EOF",
          "4 flushers, unwritten beyond EOF")),
  /** One kind of request beside another on one file: who holds up whom. */
  INTERFERENCE(
      "INTERFERENCE",
      "reads, writes and commits of one half of the threads beside those of the other half",
      true,
      interferenceVariants()),
  /** PAGE-OVERWRITE on heap memory: what the locks cost when the device costs nothing. */
  LOCK_COST(
      "LOCK-COST",
      "overwrites on heap memory: what the locking costs without a device",
      false,
      List.of("4k-write")),
  /** Buffered reads of cached pages, in memory. */
  CACHED_READ("CACHED-READ", "buffered reads of 4 KiB pages that are cached", false, List.of("4k")),
  /** Look-ups in files of many extents, on heap memory; the strategy plays no part. */
  EXTENT_LOOKUP(
      "EXTENT-LOOKUP",
      "look-up of one mapping in a file of many extents",
      false,
      List.of("100 extents", "10000 extents", "1000000 extents"));

  /** The parts of SCAN+PUNCH: the writes first, then what runs beside them. */
  private static final List<String> SCAN_PARTS =
      List.of("between scans", "in scan", "scan", "punch", "truncate", "regrow");

  /** The submitter of AIO-RANDOM-SYNC is held up by the first only. */
  private static final List<String> ASYNC_PARTS = List.of("submit", "completion");

  private static final List<String> LOG_PARTS = List.of("commit", "log write");

  /** The submitter of BROKER-APPEND is held up by the last two. */
  private static final List<String> BROKER_PARTS = List.of("append", "submit", "grow");

  /** The parts of SEG-ROLL: the writes first, then the first of each segment and its making. */
  private static final List<String> SEGMENT_PARTS =
      List.of("between creations", "in creation", "roll", "creation");

  private static final List<String> HEAP_PARTS = List.of("write", "extend", "scan");

  private static final List<String> IBD_PARTS =
      List.of("page write", "page read", "doublewrite", "extend");

  /** The parts of LSM-FLUSH+WAL: the log first, then what runs beside it. */
  private static final List<String> LSM_PARTS =
      List.of("commit", "log write", "table write", "compaction read", "table end");

  /** A log of SEG-ROLL has four files, and a volume of the bench has room for 128. */
  private static final int MOST_LOGS = 32;

  private static final List<String> WHOLE = List.of("");

  private final String label;
  private final String summary;
  private final boolean onFile;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of or List.copyOf
  private final List<String> variants;

  Workload(String label, String summary, boolean onFile, List<String> variants) {
    this.label = label;
    this.summary = summary;
    this.onFile = onFile;
    this.variants = variants;
  }

  /** State of the blocks, way to sync, and the depth of asynchronous threads. */
  private static List<String> fillVariants() {
    List<String> variants = new ArrayList<>();
    for (String depth : List.of("", ", depth 4", ", depth 16", ", depth 64")) {
      for (String state : List.of("unwritten", "zeroed", "rewritten")) {
        for (String sync : List.of("no sync", "fdatasync", "dsync")) {
          variants.add(state + ", " + sync + depth);
        }
      }
    }
    return List.copyOf(variants);
  }

  /** State of the segments, the quickest that is expected first, and way to sync. */
  private static List<String> logVariants() {
    List<String> variants = new ArrayList<>();
    for (String state :
        List.of("recycled", "zeroed", "unwritten", "unwritten beyond EOF", "hole")) {
      for (String sync : List.of("dsync", "fdatasync")) {
        variants.add(state + ", " + sync);
      }
    }
    return List.copyOf(variants);
  }

  /** Number of files, writes for each fdatasync, and whether i_size goes ahead. */
  private static List<String> brokerVariants() {
    List<String> variants = new ArrayList<>();
    for (String ahead : List.of("", ", truncate ahead")) {
      for (String files : List.of("1 file", "16 files", "64 files")) {
        for (int writes : new int[] {1, 16, 256}) {
          variants.add(files + ", fdatasync every " + writes + ahead);
        }
      }
    }
    return List.copyOf(variants);
  }

  /** What is measured, beside each kind of request and beside nobody. */
  private static List<String> interferenceVariants() {
    List<String> kinds = List.of("4k reads", "4k writes", "1m reads", "1m writes", "commits");
    List<String> variants = new ArrayList<>();
    for (String measured : kinds) {
      variants.add(measured + " beside nobody");
      kinds.forEach(beside -> variants.add(measured + " beside " + beside));
    }
    return List.copyOf(variants);
  }

  /** The name on the command line and in results. */
  public String label() {
    return label;
  }

  /** The workload in one line. */
  public String summary() {
    return summary;
  }

  /** Whether it runs on the image; otherwise it runs on heap memory. */
  public boolean onFile() {
    return onFile;
  }

  /** Whether operations of some of its variants can arrive at a rate, in an open loop. */
  public boolean takesArrivals() {
    return variants.stream().anyMatch(this::takesArrivals);
  }

  /**
   * Whether operations of {@code variant} can arrive at a rate: threads then send one at a time.
   */
  boolean takesArrivals(String variant) {
    return switch (this) {
      case PAGE_OVERWRITE, WAL_COMMIT -> true;
      case TSO32 -> !variant.contains("depth");
      default -> false;
    };
  }

  /** The one of {@link #parts} whose operations arrive, and which alone an open loop measures. */
  public String arrivingPart() {
    return parts().getFirst();
  }

  /** The variants, the plainest first. */
  public List<String> variants() {
    return variants;
  }

  /**
   * What a fork measures apart from each other, each a cell of its own in {@code run.json} whose
   * variant ends in the part; one empty name where it measures one thing only.
   */
  public List<String> parts() {
    return switch (this) {
      case SCAN_PUNCH -> SCAN_PARTS;
      case AIO_RANDOM_SYNC -> ASYNC_PARTS;
      case WAL_COMMIT -> LOG_PARTS;
      case BROKER_APPEND -> BROKER_PARTS;
      case SEG_ROLL -> SEGMENT_PARTS;
      case HEAP_EXTEND -> HEAP_PARTS;
      case IBD_GROW -> IBD_PARTS;
      case LSM_FLUSH_WAL -> LSM_PARTS;
      default -> WHOLE;
    };
  }

  /** What is the same in all cells, for {@code run.json}: names to texts. */
  public Map<String, String> conditions() {
    return switch (this) {
      case AIO_RANDOM_SYNC ->
          Map.of(
              "submission", "64 in flight, 10 at a time",
              "sync", "fdatasync after 3 s or an eighth of the writes, and at the end");
      case WAL_COMMIT ->
          Map.of(
              "records", "90 % of 4 KiB, 9 % of 8 to 16 KiB, 1 % of 128 KiB; groups up to 1 MiB");
      case BROKER_APPEND ->
          Map.of(
              "preallocation", "a quarter of each file at a time, at most 32 MiB; ZERO_RANGE",
              "submission", "16 in flight to a file, 64 of a thread");
      case SEG_ROLL -> Map.of("segments", "four for each log, one log for each thread");
      case HEAP_EXTEND ->
          Map.of(
              "extension", "8 pages wanted at a time, and as many for each who waits; at most 64");
      case IBD_GROW ->
          Map.of(
              "files", "4 tablespaces, extended by 1 MiB up to 32 MiB, then by 4 MiB",
              "batch", "128 pages, 20 % of them new; 64 writes in flight; 7 reads for 3 writes");
      case LSM_FLUSH_WAL ->
          Map.of(
              "log", "records as of WAL-COMMIT, fdatasync after each group; an eighth of the bytes",
              "tables", "1/18 of the bytes, at most 70 MiB; 60 to 90 % of that are written");
      default -> Map.of();
    };
  }

  /** The fewest threads that a cell can have. */
  public int leastThreads() {
    return this == INTERFERENCE ? 2 : 1;
  }

  /**
   * Threads that work beside those that a cell counts: the scanner of SCAN+PUNCH, the one that
   * syncs of AIO-RANDOM-SYNC, the one that makes segments of SEG-ROLL, the scan of HEAP-EXTEND, the
   * one that extends of IBD-GROW, the flushers of LSM-FLUSH+WAL.
   */
  public int extraThreads() {
    return switch (this) {
      case SCAN_PUNCH, AIO_RANDOM_SYNC, SEG_ROLL, HEAP_EXTEND, IBD_GROW -> 1;
      case LSM_FLUSH_WAL -> 4;
      default -> 0;
    };
  }

  /** Whether a cell can have so many threads. */
  boolean takesThreads(int threads) {
    return threads >= leastThreads() && threads <= mostThreads();
  }

  /** The most threads that a cell may count. */
  public int mostThreads() {
    return this == SEG_ROLL ? MOST_LOGS : Block.MAX_THREADS;
  }

  /**
   * The workload called {@code label}, in upper or lower case.
   *
   * @throws Failure naming the known workloads when there is none
   */
  public static Workload byLabel(String label) {
    return Arrays.stream(values())
        .filter(workload -> workload.label.equalsIgnoreCase(label))
        .findFirst()
        .orElseThrow(() -> Failure.usage("unknown workload '" + label + "'; known: " + labels()));
  }

  private static String labels() {
    return Arrays.stream(values()).map(Workload::label).collect(Collectors.joining(", "));
  }
}
