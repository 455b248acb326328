package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundResult;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * BROKER-APPEND: shards append to many files behind their ends, into space that was preallocated
 * with ZERO_RANGE and KEEP_SIZE (facts on databases, P6: Redpanda, Seastar).
 *
 * <p>Every pass gets new files. Afterwards each must end where its data ends, be written up to
 * there and nowhere else, and hold what was written to it, or the trial fails.
 *
 * <p>A shard is a worker; shards without a file do nothing.
 */
final class BrokerTrial implements PassTrial {
  private static final long WARMUP_BYTES = 16L << 20;

  private final ForkSettings settings;
  private final BrokerVariant variant;
  private final WorkVolume volume;
  private final int shardCount;
  private final Meter meter;
  private List<BrokerFile> files = List.of();
  private List<BrokerShard> shards = List.of();

  /** Files made so far: each marks what it holds as its own. */
  private int made;

  private BrokerTrial(ForkSettings settings, WorkVolume volume, BrokerVariant variant, int shards) {
    this.settings = settings;
    this.variant = variant;
    this.volume = volume;
    this.shardCount = shards;
    this.meter = new Meter(volume);
  }

  /** A trial on the device that the settings name. */
  static BrokerTrial open(
      ForkSettings settings, String strategy, String policy, String variant, int shards)
      throws IOException {
    return open(settings, WorkVolume.format(settings, strategy, policy), variant, shards);
  }

  /** A trial on {@code volume}, which it closes. */
  static BrokerTrial open(ForkSettings settings, WorkVolume volume, String variant, int shards)
      throws IOException {
    try {
      return new BrokerTrial(settings, volume, BrokerVariant.parse(variant), shards);
    } catch (RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  @Override
  public void startPass(boolean measured) throws IOException {
    long all = measured ? settings.fileBytes() : Math.min(WARMUP_BYTES, settings.fileBytes());
    long bytes = all / variant.files() / Stamp.UNIT_BYTES * Stamp.UNIT_BYTES;
    List<BrokerFile> fresh = new ArrayList<>();
    for (int i = 0; i < variant.files(); i++) {
      fresh.add(
          BrokerFile.create(
              volume,
              variant,
              bytes,
              Seeds.derive(settings.seed(), i),
              Seeds.derive(settings.trial(), made++)));
    }
    files = fresh;
    shards = new ArrayList<>();
    for (int i = 0; i < shardCount; i++) {
      shards.add(new BrokerShard(filesOf(i)));
    }
    meter.start();
  }

  private List<BrokerFile> filesOf(int shard) {
    List<BrokerFile> own = new ArrayList<>();
    for (int i = shard; i < files.size(); i += shardCount) {
      own.add(files.get(i));
    }
    return own;
  }

  @Override
  public void work(int index) throws IOException {
    shards.get(index).run(volume.volume());
  }

  @Override
  public Map<String, RoundResult> endPass(boolean measured) throws IOException {
    meter.stop();
    Map<String, RoundResult> results = measured ? check() : Map.of();
    for (BrokerFile file : files) {
      volume.volume().unlink(file.file().inodeNumber());
    }
    return results;
  }

  private Map<String, RoundResult> check() throws IOException {
    PhaseRecorder appends = new PhaseRecorder();
    PhaseRecorder submits = new PhaseRecorder();
    PhaseRecorder growths = new PhaseRecorder();
    for (BrokerShard shard : shards) {
      appends.add(shard.appends());
      submits.add(shard.submits());
      growths.add(shard.growths());
    }
    requireWork(appends, submits);
    volume.reopen();
    MemorySegment buffer = volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES);
    long extents = 0;
    long checked = 0;
    for (BrokerFile file : files) {
      checked +=
          file.stamped()
              .check(
                  volume,
                  buffer,
                  file.end(),
                  settings.verifyBytes() / files.size(),
                  settings.seed());
      extents += volume.volume().open(file.file().inodeNumber()).extents().extents();
    }
    PartResults results =
        new PartResults(settings, Workload.BROKER_APPEND, meter, 0, extents, checked);
    results.add("append", appends, meter);
    results.add("submit", submits, meter);
    results.add("grow", growths, Meter.ofCalls(volume, growths));
    return results.all();
  }

  private void requireWork(PhaseRecorder appends, PhaseRecorder submits) {
    for (BrokerFile file : files) {
      if (!file.isClosed() || !file.isFull()) {
        throw new AssertionError("a file was left at offset " + file.end());
      }
    }
    if (appends.operations() != submits.operations()) {
      throw new AssertionError(
          submits.operations() + " writes were submitted, completed " + appends.operations());
    }
    if (meter.writtenBytes() < appends.bytes()) {
      throw new AssertionError(
          "the device took " + meter.writtenBytes() + " bytes of " + appends.bytes());
    }
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
