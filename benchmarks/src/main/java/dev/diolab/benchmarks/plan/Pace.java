package dev.diolab.benchmarks.plan;

import dev.diolab.engine.device.DiskModel;
import dev.diolab.engine.device.DiskModel.Arm;
import dev.diolab.engine.device.DiskModel.Cache;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long cells take, at a guess; for the time left. On an emulated disk the guess follows from
 * its model.
 *
 * @param model the emulated disk; null for an image, whose speed nobody knows before
 * @param diskBytes size of the emulated disk, which every fork makes anew
 */
public record Pace(@Nullable DiskModel model, long diskBytes) {
  private static final double SECOND = 1e9;

  /** How fast memory is allocated and poisoned. */
  private static final double MEMORY_BYTES_PER_SECOND = 1e9;

  private static final long CHUNK_BYTES = 32L << 20;
  private static final long FILL_WRITE_BYTES = 32L << 10;

  /** What a group of WAL-COMMIT or LSM-FLUSH+WAL has on average when few clients wait. */
  private static final long LOG_GROUP_BYTES = 8L << 10;

  private static final long APPEND_BYTES = 16L << 10;

  /** What IBD-GROW flushes together. */
  private static final long BATCH_BYTES = 2L << 20;

  /** What a write of SEG-ROLL has. */
  private static final long LOG_WRITE_BYTES = 4L << 10;

  private static final Pattern APPENDS_PER_SYNC = Pattern.compile("fdatasync every ([0-9]+)");

  /**
   * Times that a small write becomes durable in a commit: log, record, and a record that misses its
   * sector or waits for another commit. With the write itself, about what i-mutex needs; strategies
   * that share commits are quicker.
   */
  private static final double WRITES_OF_COMMIT = 2.5;

  /** About how long one round of {@code cell} takes, in seconds. */
  public double expectedSeconds(CellPlan cell) {
    if (model == null || diskBytes == 0 || !cell.workload().onFile()) {
      return cell.expectedSeconds();
    }
    double fork = cell.withFileBytes(0).expectedSeconds() + diskBytes / MEMORY_BYTES_PER_SECOND;
    return fork + transferSeconds(model, cell.fileBytes()) + durableSeconds(model, cell);
  }

  /** Time of what has to become durable one after the other. */
  private static double durableSeconds(DiskModel model, CellPlan cell) {
    double durable = durableSeconds(model);
    return switch (cell.workload()) {
      // As many chunks warm up.
      case TSO32 -> {
        double writes = 2.0 * cell.fileBytes() / FILL_WRITE_BYTES;
        boolean converts = cell.variant().startsWith("unwritten");
        boolean commits = converts && cell.policy().equals("sync-commit");
        yield cell.variant().contains("dsync") || commits
            ? writes * durable * (converts ? 1 + WRITES_OF_COMMIT : 1)
            : passSeconds(model, 2 * cell.fileBytes());
      }
      case WAL_COMMIT ->
          (double) cell.fileBytes() / LOG_GROUP_BYTES * (1 + WRITES_OF_COMMIT) * durable;
      case SEG_ROLL -> (double) cell.fileBytes() / LOG_WRITE_BYTES * WRITES_OF_COMMIT * durable;
      case LSM_FLUSH_WAL ->
          cell.fileBytes() / 8.0 / LOG_GROUP_BYTES * (1 + WRITES_OF_COMMIT) * durable;
      // Five times as many pages as there are, each batch with five syncs.
      case IBD_GROW ->
          5.0 * cell.fileBytes() / BATCH_BYTES * 5 * WRITES_OF_COMMIT * durable
              + passSeconds(model, 10 * cell.fileBytes());
      case BROKER_APPEND -> appendSyncs(cell) * WRITES_OF_COMMIT * durable;
      default -> passSeconds(model, cell.fileBytes());
    };
  }

  /** How often a file of BROKER-APPEND is made durable, in all. */
  private static double appendSyncs(CellPlan cell) {
    Matcher every = APPENDS_PER_SYNC.matcher(cell.variant());
    int writes = every.find() ? Integer.parseInt(every.group(1)) : 1;
    return (double) cell.fileBytes() / APPEND_BYTES / writes;
  }

  /** Time of the passes in which a hard disk writes its cache out: each over a whole chunk. */
  private static double passSeconds(DiskModel model, long bytes) {
    Arm arm = model.arm();
    Cache cache = model.cache();
    return arm == null || cache == null
        ? 0
        : (double) bytes / cache.bytes() * Math.min(bytes, CHUNK_BYTES) / arm.bytesPerSecond();
  }

  /** Two passes over the test file and one that checks it. */
  private static double transferSeconds(DiskModel model, long bytes) {
    Arm arm = model.arm();
    return 3
        * bytes
        / (arm == null
            ? Math.min(model.reads().bytesPerSecond(), model.writes().bytesPerSecond())
            : arm.bytesPerSecond());
  }

  /** Mean time in which one small write becomes durable. */
  private static double durableSeconds(DiskModel model) {
    Arm arm = model.arm();
    long nanos = model.writes().nanos();
    if (arm != null) {
      nanos += arm.trackSeekNanos() + arm.revolutionNanos() / 2;
    } else if (model.hasVolatileCache()) {
      nanos += model.fua() ? model.fuaNanos() : model.flushNanos();
    }
    return nanos / SECOND;
  }
}
