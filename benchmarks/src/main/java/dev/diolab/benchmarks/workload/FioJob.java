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
 * <p>PAGE-OVERWRITE and TSO32 can be said in fio's terms; the comments of a job say what differs.
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

  /** The job, or nothing when fio cannot do what the workload does. */
  public static Optional<String> of(CellPlan cell, long seed) {
    return switch (cell.workload()) {
      case PAGE_OVERWRITE -> Optional.of(overwrite(cell, seed));
      case TSO32 -> Optional.of(fill(cell, seed));
      default -> Optional.empty();
    };
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
            "# fio THIS_FILE --filename=PATH chooses another file, which must not exist before.",
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
