package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.plan.CellPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A cell as a job file of fio(1), for those who trust only fio: the same pattern on a plain file of
 * the kernel. fio knows no strategy, so cells that differ in strategy and policy only have one job.
 *
 * <p>PAGE-OVERWRITE, TSO32 and INTERFERENCE in closed loops can be said in fio's terms; the
 * comments of a job say what differs. All else is refused with a reason.
 */
public final class FioJob {
  private static final long MIB = 1L << 20;

  private FioJob() {}

  /** The name of the file for {@code cell}: the same for all strategies and policies. */
  public static String name(CellPlan cell) {
    String readable =
        String.join("_", cell.workload().label(), cell.variant(), cell.threads() + "t");
    return readable.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-") + ".fio";
  }

  /** The job, or nothing when fio cannot do what the workload does: see {@link #refusal}. */
  public static Optional<String> of(CellPlan cell, long seed) {
    if (refusal(cell).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (cell.workload()) {
          case PAGE_OVERWRITE -> overwrite(cell, seed);
          case TSO32 -> fill(cell, seed);
          case INTERFERENCE -> interference(cell, seed);
          default ->
              throw new AssertionError(cell.workload().label() + " has neither job nor reason");
        });
  }

  /** Why a cell has no job; nothing where it has one. */
  public static Optional<String> refusal(CellPlan cell) {
    if (cell.load() != null) {
      return Optional.of("fio has no response time, from the moment an operation was due");
    }
    String reason =
        switch (cell.workload()) {
          case PAGE_OVERWRITE, TSO32, INTERFERENCE -> "";
          case SCAN_PUNCH -> "fio cannot punch holes between its writes, or cut a file off";
          case AIO_RANDOM_SYNC -> "fio cannot let one thread sync what another has in flight";
          case WAL_COMMIT -> "fio has no group commit: clients that wait for one write of a log";
          case BROKER_APPEND -> "fio cannot preallocate behind the end of a file as it grows";
          case SEG_ROLL -> "fio cannot make the next file of a log while it writes the last";
          case HEAP_EXTEND -> "fio's jobs cannot take turns to extend one file";
          case IBD_GROW ->
              "fio cannot write a page to a second file first, or extend files meanwhile";
          case LSM_FLUSH_WAL ->
              "fio has no group commit, and cannot cut off, punch and delete files";
          case LOCK_COST, EXTENT_LOOKUP -> "it is measured in memory, without a file";
          case CACHED_READ ->
              "it reads from the page cache of the engine, which is not the kernel's";
        };
    return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
  }

  private static String interference(CellPlan cell, long seed) {
    InterferenceVariant variant = InterferenceVariant.parse(cell.variant());
    long part = cell.fileBytes() / cell.threads() / MIB * MIB;
    int measured = cell.threads() / 2;
    List<String> lines = head(cell, seed, "psync");
    lines.add(2, "# Each job has a part of the file; the bench deals its MiB out to all threads.");
    lines.addAll(zeroFill(cell.fileBytes()));
    lines.addAll(List.of("", "[measure]", "stonewall"));
    lines.addAll(requests(cell, variant.measured(), measured, part));
    if (variant.beside() != InterferenceVariant.Load.NOBODY) {
      lines.addAll(List.of("", "[beside]", "new_group", "offset=" + measured * part));
      lines.addAll(requests(cell, variant.beside(), cell.threads() - measured, part));
    }
    return text(lines);
  }

  private static List<String> requests(
      CellPlan cell, InterferenceVariant.Load load, int jobs, long part) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                load.writes() ? "rw=randwrite" : "rw=randread",
                "bs=" + load.bytes(),
                "numjobs=" + jobs,
                "size=" + part,
                "offset_increment=" + part,
                "norandommap",
                "time_based",
                "ramp_time=" + millis(cell.warmupSeconds()),
                "runtime=" + millis(cell.seconds())));
    if (load.dsync()) {
      lines.add("sync=dsync");
    }
    return lines;
  }

  private static String overwrite(CellPlan cell, long seed) {
    PageVariant variant = PageVariant.parse(cell.variant());
    List<String> lines = head(cell, seed, "psync");
    lines.addAll(zeroFill(cell.fileBytes()));
    lines.addAll(
        List.of(
            "",
            "[measure]",
            "stonewall",
            "size=" + cell.fileBytes(),
            "bs=" + variant.pageBytes(),
            "numjobs=" + cell.threads(),
            "norandommap",
            "time_based",
            "ramp_time=" + millis(cell.warmupSeconds()),
            "runtime=" + millis(cell.seconds())));
    lines.addAll(variant.mixed() ? List.of("rw=randrw", "rwmixread=50") : List.of("rw=randwrite"));
    return text(lines);
  }

  private static String fill(CellPlan cell, long seed) {
    FillVariant variant = FillVariant.parse(cell.variant());
    long part = cell.fileBytes() / cell.threads() / ChunkedFill.WRITE_BYTES;
    List<String> lines = head(cell, seed, variant.depth() == 0 ? "psync" : "io_uring");
    lines.add(
        2, "# Each job fills a part of its own; the bench deals the blocks out to all threads.");
    switch (variant.state()) {
      case UNWRITTEN ->
          lines.add(
              3, "# The whole file is preallocated before; the bench does so chunk by chunk.");
      case ZEROED -> lines.addAll(zeroFill(cell.fileBytes()));
      case REWRITTEN -> lines.addAll(rewrite(cell.fileBytes()));
    }
    lines.addAll(
        List.of(
            "",
            "[measure]",
            "stonewall",
            "rw=randwrite",
            "bs=" + ChunkedFill.WRITE_BYTES,
            "numjobs=" + cell.threads(),
            "size=" + part * ChunkedFill.WRITE_BYTES,
            "offset_increment=" + part * ChunkedFill.WRITE_BYTES));
    if (variant.state() == FillVariant.State.UNWRITTEN) {
      lines.add("fallocate=posix");
    }
    if (variant.depth() > 0) {
      lines.add("iodepth=" + variant.depth());
    }
    switch (variant.sync()) {
      case NONE -> {}
      case FDATASYNC -> lines.add("fdatasync=" + ChunkedFill.WRITES_PER_CHUNK);
      case DSYNC -> lines.add("sync=dsync");
    }
    return text(lines);
  }

  private static List<String> head(CellPlan cell, long seed, String engine) {
    return new ArrayList<>(
        List.of(
            "# "
                + cell.workload().label()
                + " "
                + cell.variant()
                + ", "
                + cell.threads()
                + (cell.threads() == 1 ? " thread" : " threads")
                + ", as diolab measures it, on a plain file.",
            "# The file is made where fio runs; another filename may stand below, of none that exists.",
            "",
            "[global]",
            "filename=diolab-fio.data",
            "direct=1",
            "ioengine=" + engine,
            "thread",
            "group_reporting",
            "fallocate=none",
            "randseed=" + seed,
            "unlink=0"));
  }

  private static List<String> zeroFill(long bytes) {
    return List.of(
        "",
        "[prepare]",
        "rw=write",
        "bs=" + MIB,
        "size=" + bytes,
        "fallocate=posix",
        "zero_buffers",
        "end_fsync=1");
  }

  private static List<String> rewrite(long bytes) {
    return List.of(
        "",
        "[prepare]",
        "rw=randwrite",
        "bs=" + ChunkedFill.WRITE_BYTES,
        "size=" + bytes,
        "fallocate=posix",
        "end_fsync=1");
  }

  private static String millis(double seconds) {
    return Math.round(seconds * 1000) + "ms";
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
