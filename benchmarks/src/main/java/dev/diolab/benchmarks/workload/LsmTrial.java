package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * LSM-FLUSH+WAL: clients commit to a log, as in WAL-COMMIT, beside threads that write tables to the
 * same file system (facts on databases, P7: RocksDB with direct flush and compaction).
 *
 * <p>Every pass gets a new log and new tables, and ends when the log is full. Afterwards the log
 * and the tables that are there must hold what was written to them, or the trial fails.
 *
 * <p>Of the workers the last {@value #MOST_FLUSHERS} are flushers, of which the variant may leave
 * some idle; the others are clients.
 */
final class LsmTrial implements PassTrial {
  /** Flushers for which there is a worker. */
  static final int MOST_FLUSHERS = 4;

  /** Of the bytes of a trial one part in so many is the log, the rest is for tables. */
  private static final int LOG_SHARE = 8;

  /** Two tables of a flusher, the one that it writes, and one that waits for its commit. */
  private static final int TABLES_OF_FLUSHER = 4;

  /** The memtable of RocksDB and a tenth, in whole MiB. */
  private static final long LARGEST_TABLE_BYTES = 70L << 20;

  private static final int SEGMENT_BYTES = 16 << 20;
  private static final int WARMUP_BYTES = 1 << 20;

  private final ForkSettings settings;
  private final LsmVariant variant;
  private final WorkVolume volume;
  private final int clientCount;
  private final Meter meter;
  private @Nullable Pass pass;

  /** Passes so far: each marks what it writes as its own. */
  private int passes;

  private record Pass(
      WalLog log,
      List<DioFile> segments,
      List<WalClient> clients,
      List<LsmFlusher> flushers,
      long extentsBefore) {}

  private LsmTrial(ForkSettings settings, WorkVolume volume, LsmVariant variant, int workers) {
    this.settings = settings;
    this.variant = variant;
    this.volume = volume;
    this.clientCount = workers - MOST_FLUSHERS;
    this.meter = new Meter(volume);
  }

  /**
   * A trial on the device that the settings name.
   *
   * @param workers clients, and {@value #MOST_FLUSHERS} flushers
   */
  static LsmTrial open(
      ForkSettings settings, String strategy, String policy, String variant, int workers)
      throws IOException {
    return open(settings, WorkVolume.format(settings, strategy, policy), variant, workers);
  }

  /** A trial on {@code volume}, which it closes. */
  static LsmTrial open(ForkSettings settings, WorkVolume volume, String variant, int workers)
      throws IOException {
    try {
      return new LsmTrial(settings, volume, LsmVariant.parse(variant), workers);
    } catch (RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  @Override
  public void startPass(boolean measured) throws IOException {
    long all = settings.fileBytes() / LOG_SHARE;
    int segmentBytes = (int) Math.min(SEGMENT_BYTES, measured ? all : WARMUP_BYTES);
    int count = measured ? Math.toIntExact(all / segmentBytes) : 1;
    long trial = Seeds.derive(settings.trial(), passes++);
    List<DioFile> segments =
        WalSegments.make(volume, variant.log().state(), count, segmentBytes, trial);
    WalLog log =
        new WalLog(volume, segments, segmentBytes, variant.log().dsync(), trial, settings.seed());
    List<WalClient> clients = new ArrayList<>();
    for (int i = 0; i < clientCount; i++) {
      clients.add(new WalClient(settings.seed(), i));
    }
    List<LsmFlusher> flushers = new ArrayList<>();
    for (int i = 0; i < variant.flushers(); i++) {
      long seed = Seeds.derive(Seeds.derive(settings.seed(), "flusher"), i);
      long mark = Seeds.derive(Seeds.derive(trial, "flusher"), i);
      flushers.add(new LsmFlusher(volume, tableBytes(), seed, mark));
    }
    long extents = 0;
    for (DioFile segment : segments) {
      extents += segment.extents().extents();
    }
    pass = new Pass(log, segments, clients, flushers, extents);
    meter.start();
  }

  /** What is preallocated for a table: as much for one flusher as for four. */
  private long tableBytes() {
    long forTables = settings.fileBytes() - settings.fileBytes() / LOG_SHARE;
    long bytes = forTables / MOST_FLUSHERS / TABLES_OF_FLUSHER;
    long whole = Math.min(LARGEST_TABLE_BYTES, bytes) / LsmFlusher.WRITE_BYTES;
    if (whole == 0) {
      throw new IllegalArgumentException(
          "LSM-FLUSH+WAL on " + settings.fileBytes() + " bytes: no room for tables of 1 MiB");
    }
    return whole * LsmFlusher.WRITE_BYTES;
  }

  @Override
  public void work(int index) throws IOException {
    Pass current = Objects.requireNonNull(pass);
    int flusher = index - clientCount;
    if (flusher < 0) {
      current.clients().get(index).run(current.log());
    } else if (flusher < current.flushers().size()) {
      current.flushers().get(flusher).run(current.log());
    }
  }

  @Override
  public Map<String, RoundResult> endPass(boolean measured) throws IOException {
    meter.stop();
    Pass done = Objects.requireNonNull(pass);
    pass = null;
    Map<String, RoundResult> results = measured ? check(done) : Map.of();
    for (DioFile segment : done.segments()) {
      volume.volume().unlink(segment.inodeNumber());
    }
    for (LsmFlusher flusher : done.flushers()) {
      for (LsmTable table : flusher.tables()) {
        volume.volume().unlink(table.inodeNumber());
      }
    }
    return results;
  }

  private Map<String, RoundResult> check(Pass done) throws IOException {
    PhaseRecorder commits = new PhaseRecorder();
    done.clients().forEach(client -> commits.add(client.recorder()));
    PhaseRecorder writes = new PhaseRecorder();
    PhaseRecorder reads = new PhaseRecorder();
    PhaseRecorder finishes = new PhaseRecorder();
    for (LsmFlusher flusher : done.flushers()) {
      writes.add(flusher.writes());
      reads.add(flusher.reads());
      finishes.add(flusher.finishes());
    }
    PhaseRecorder logWrites = done.log().recorder();
    requireWork(done.log(), commits, logWrites.bytes() + writes.bytes());
    volume.reopen();
    MemorySegment buffer = volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES);
    long checked =
        WalSegments.check(
            volume,
            variant.log().state(),
            done.log(),
            done.segments(),
            settings.verifyBytes(),
            settings.seed());
    long extents = 0;
    for (DioFile segment : done.segments()) {
      extents += volume.volume().open(segment.inodeNumber()).extents().extents();
    }
    for (LsmFlusher flusher : done.flushers()) {
      for (LsmTable table : flusher.tables()) {
        checked +=
            table
                .stamped()
                .check(volume, buffer, table.bytes(), settings.verifyBytes(), settings.seed());
        extents += volume.volume().open(table.inodeNumber()).extents().extents();
      }
    }
    PartResults results =
        new PartResults(
            settings, Workload.LSM_FLUSH_WAL, meter, done.extentsBefore(), extents, checked);
    results.add("commit", commits, meter);
    results.add("log write", logWrites, meter);
    results.add("table write", writes, meter);
    results.add("compaction read", reads, meter);
    results.add("table end", finishes, Meter.ofCalls(volume, finishes));
    return results.all();
  }

  private void requireWork(WalLog log, PhaseRecorder commits, long written) {
    long logBytes = (long) log.pages() * WalLog.PAGE_BYTES;
    if (commits.bytes() != logBytes) {
      throw new AssertionError(commits.bytes() + " bytes were committed of a log of " + logBytes);
    }
    if (meter.writtenBytes() < written) {
      throw new AssertionError("the device took " + meter.writtenBytes() + " bytes of " + written);
    }
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
