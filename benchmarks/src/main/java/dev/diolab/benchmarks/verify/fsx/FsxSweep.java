package dev.diolab.benchmarks.verify.fsx;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.verify.sweep.Target;
import dev.diolab.engine.device.MemoryDevice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Exercises every strategy and policy, one after the other. */
public final class FsxSweep {
  private static final Duration SHRINKING = Duration.ofSeconds(20);

  /** How often operations of several threads get the chance to race again. */
  private static final int TRIES_OF_A_RACE = 8;

  /** Without progress for so long, a run hangs. */
  private static final long PATIENCE_MILLIS = 30_000;

  private final FsxRequest request;
  private final Listener listener;
  private List<Op> lastLog = List.of();

  /** Follows a sweep. */
  public interface Listener {
    /** A run is under way and has begun so many operations. */
    void progress(Target target, int blockSize, long operations);

    /** A run went wrong and is being shrunk. */
    void shrinking(Target target, int blockSize, String difference);
  }

  /** A sweep that tells {@code listener} how far it is. */
  public FsxSweep(FsxRequest request, Listener listener) {
    this.request = request;
    this.listener = listener;
  }

  /** Exercises all; each result is also shown at once. */
  public List<FsxResult> run(Consumer<FsxResult> shown) throws IOException {
    List<FsxResult> results = new ArrayList<>();
    for (Settings settings : request.variants()) {
      for (Target target : request.targets()) {
        for (int blockSize : request.blockSizes()) {
          FsxResult result = exercise(target, blockSize, settings, null);
          results.add(result);
          shown.accept(result);
        }
      }
    }
    return results;
  }

  /** Does the operations of a log again, under every strategy and policy. */
  public List<FsxResult> replay(RecordedOps log, Consumer<FsxResult> shown) throws IOException {
    List<FsxResult> results = new ArrayList<>();
    Settings settings = log.settings().withDepth(request.variants().get(0).depth());
    for (Target target : request.targets()) {
      for (int blockSize : request.blockSizes()) {
        FsxResult result = exercise(target, blockSize, settings, log.ops());
        results.add(result);
        shown.accept(result);
      }
    }
    return results;
  }

  /** The operations of the last run. */
  public RecordedOps lastLog() {
    return new RecordedOps(lastLog);
  }

  private FsxResult exercise(
      Target target, int blockSize, Settings settings, @Nullable List<Op> ops) throws IOException {
    Subject.Factory factory =
        (contents, chosen) ->
            new VolumeSubject(
                new MemoryDevice(VolumeSubject.deviceBytes(chosen.longestFile())),
                blockSize,
                target.strategy(),
                target.policy(),
                contents,
                chosen);
    long seed = request.seed();
    LongConsumer progress = done -> listener.progress(target, blockSize, done);
    Exerciser.Patience patience = new Exerciser.Patience(PATIENCE_MILLIS, progress);
    Outcome outcome =
        ops == null
            ? Exerciser.run(settings, seed, factory, patience)
            : Exerciser.replay(settings, seed, ops, factory, patience);
    lastLog = outcome.log();
    Difference difference = outcome.difference();
    List<String> shrunk = List.of();
    String message = null;
    if (difference != null) {
      listener.shrinking(target, blockSize, difference.message());
      OpShrinker.Case smallest =
          shrink(settings, factory, new OpShrinker.Case(outcome.log(), difference));
      shrunk = smallest.ops().stream().map(Op::toString).toList();
      message =
          difference.message()
              + "\nshrunk to "
              + shrunk.size()
              + " operations:\n"
              + smallest.difference().message();
    }
    return new FsxResult(
        target, blockSize, settings, outcome.operations(), outcome.nanos(), message, shrunk);
  }

  private OpShrinker.Case shrink(Settings settings, Subject.Factory factory, OpShrinker.Case failed)
      throws IOException {
    long seed = Seeds.derive(request.seed(), "shrink");
    Exerciser.Patience patience = new Exerciser.Patience(2_000, done -> {});
    return OpShrinker.shrink(
        part -> Exerciser.replay(settings, seed, part, factory, patience).difference(),
        settings.isInOrder() ? 1 : TRIES_OF_A_RACE,
        failed,
        SHRINKING);
  }
}
