package dev.diolab.benchmarks.crosscheck;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.journal.RecoverySummary;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Recovery of a full log and plain direct reads of the same bytes, in turn.
 *
 * <p>Timed of recovery is all of it: reading and checking the log, writing the blocks home, the
 * flush behind them and the new tail of the log. Timed of the reads is one pass of one thread in
 * transfers of 1 MiB, into one buffer. Neither part includes restoring the log, nor the check that
 * every block came home.
 *
 * <p>Thread safety: none.
 */
public final class RecoveryCrosscheck {
  private static final int TRANSFER_BYTES = 1 << 20;

  private final BlockDevice device;
  private final Geometry geometry;
  private final long seed;
  private final Consumer<String> progress;

  /**
   * A comparison on {@code device}, which holds the empty volume of {@code geometry}.
   *
   * @param seed where the blocks lie, and which of them a transaction changes
   * @param progress told what runs now: once to fill the log and twice a round
   */
  public RecoveryCrosscheck(
      BlockDevice device, Geometry geometry, long seed, Consumer<String> progress) {
    this.device = device;
    this.geometry = geometry;
    this.seed = seed;
    this.progress = progress;
  }

  /**
   * Both rates in one round, in bytes of log a second.
   *
   * @param read of the plain reads
   * @param recovery of recovery
   */
  public record Round(double read, double recovery) {
    /** How many times as long recovery took. */
    public double ratio() {
      return read / recovery;
    }
  }

  /**
   * What came out.
   *
   * @param logBytes length of the log
   * @param summary what each recovery found and did
   * @param first the round in a JVM that had not recovered anything before, as at a mount
   * @param rounds the others, one at least
   */
  public record Result(long logBytes, RecoverySummary summary, Round first, List<Round> rounds) {
    /** Median of the rates of the plain reads, bytes a second. */
    public double read() {
      return median(rounds.stream().mapToDouble(Round::read).toArray());
    }

    /** Median of the rates of recovery, bytes of log a second. */
    public double recovery() {
      return median(rounds.stream().mapToDouble(Round::recovery).toArray());
    }

    /** Median of the ratios within a round: recovery's time to that of the reads. */
    public double ratio() {
      return median(rounds.stream().mapToDouble(Round::ratio).toArray());
    }

    private static double median(double[] values) {
      return Median.withDefaults().evaluate(values);
    }
  }

  /**
   * Fills the log and compares {@code rounds} times, after a round that is counted apart.
   *
   * @throws IOException when the device fails, or a recovery did not bring every block home
   */
  public Result run(int rounds) throws IOException {
    progress.accept("filling the log");
    FullLog log = FullLog.write(device, geometry, seed);
    MemorySegment buffer = device.allocateBuffer(TRANSFER_BYTES);
    List<Round> results = new ArrayList<>();
    RecoverySummary summary = null;
    for (int round = 0; round <= rounds; round++) {
      String which = round == 0 ? "first round" : "round " + round + "/" + rounds;
      boolean readFirst = round % 2 == 0;
      double read = readFirst ? read(log, buffer, which) : 0;
      progress.accept("recovery, " + which);
      log.restore();
      long start = System.nanoTime();
      summary = log.recover();
      double recovery = rate(log, start);
      log.requireRecovered(summary);
      if (!readFirst) {
        read = read(log, buffer, which);
      }
      results.add(new Round(read, recovery));
    }
    if (summary == null) {
      throw new AssertionError("no round");
    }
    return new Result(log.bytes(), summary, results.getFirst(), results.subList(1, results.size()));
  }

  private double read(FullLog log, MemorySegment buffer, String which) throws IOException {
    progress.accept("plain reads, " + which);
    long start = System.nanoTime();
    for (long done = 0; done < log.bytes(); done += TRANSFER_BYTES) {
      int bytes = (int) Math.min(TRANSFER_BYTES, log.bytes() - done);
      device.read(buffer, 0, log.offset() + done, bytes);
    }
    return rate(log, start);
  }

  private static double rate(FullLog log, long startNanos) {
    return log.bytes() / ((System.nanoTime() - startNanos) / 1e9);
  }
}
