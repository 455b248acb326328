package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.crosscheck.Crosscheck;
import dev.diolab.benchmarks.crosscheck.Fio;
import dev.diolab.benchmarks.crosscheck.Line;
import dev.diolab.benchmarks.crosscheck.UringCrosscheck;
import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.image.ImageRequest;
import dev.diolab.benchmarks.image.RunLock;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.benchmarks.run.Interruption;
import dev.diolab.benchmarks.workload.OverwritePath;
import dev.diolab.engine.os.Uring;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code crosscheck fio}: our overwrite path against fio, synchronous or on io_uring. */
@Command(
    name = "fio",
    description = {
      "Random 4 KiB overwrites by this bench and by fio (direct=1), in turn, on the same bytes of"
          + " the same image; prints operations a second and the ratio to fio, medians over the"
          + " rounds. With --engine psync: threads that write synchronously, through strategies."
          + " With --engine io_uring: one thread on a ring of the device, without a file system (such"
          + " as the engine has, and one that is its own alone), and one that submits to the engine"
          + " over such a ring."
    })
final class FioCommand implements Callable<Integer> {
  /** Lies in one run of a block group, so that fio meets no metadata. */
  private static final long FILE_BYTES = 96 * Sizes.MIB;

  private static final long IMAGE_BYTES = 256 * Sizes.MIB;

  /** What fio calls its engines. */
  enum Engine {
    PSYNC("psync"),
    IO_URING("io_uring");

    private final String label;

    Engine(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "psync",
      converter = EngineConverter.class,
      description = "psync or io_uring. Default: ${DEFAULT-VALUE}.")
  private Engine engine = Engine.PSYNC;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      split = ",",
      description = "Strategies to compare with fio psync. Default: no-lock,iomap-endio.")
  private @Nullable List<String> strategies;

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      description = "Numbers of threads with psync. Default: 1,4,16.")
  private @Nullable List<Integer> threads;

  @Option(
      names = "--depth",
      paramLabel = "N",
      split = ",",
      description = "Numbers of writes in flight with io_uring. Default: 1,16,64.")
  private @Nullable List<Integer> depths;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "3",
      description = "Measured time of each in a round. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Mixin private ImageOptions image = new ImageOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    requireOptionsOfTheEngine();
    List<Integer> loads =
        engine == Engine.PSYNC
            ? orElse(threads, List.of(1, 4, 16))
            : orElse(depths, List.of(1, 16, 64));
    Ranges.requireSeconds("--seconds", seconds);
    Ranges.requireRounds(rounds);
    List<Contender> contenders =
        Contender.cross(orElse(strategies, List.of("no-lock", "iomap-endio")), List.of());
    ImageRequest request = image.request(IMAGE_BYTES);
    Fio fio = Fio.find();
    image.requirePlace();
    try (Interruption interruption = Interruption.install();
        RunLock lock = RunLock.acquire(request.path())) {
      try {
        print(fio, compare(fio, contenders, loads, lock, request, interruption));
      } catch (RuntimeException e) {
        interruption.stopIfInterrupted();
        throw e;
      }
    } catch (IOException e) {
      throw Failure.run("the comparison failed: " + Failure.messageOf(e), e);
    }
    return ExitCode.OK.code();
  }

  private static <T> List<T> orElse(@Nullable List<T> given, List<T> otherwise) {
    return given == null ? otherwise : given;
  }

  private void requireOptionsOfTheEngine() {
    if (engine == Engine.PSYNC) {
      if (depths != null) {
        throw Failure.usage("--depth is for --engine io_uring");
      }
      if (threads != null) {
        Ranges.requireThreads(threads);
      }
      return;
    }
    if (threads != null || strategies != null) {
      throw Failure.usage("--engine io_uring is one thread: no --threads, no --strategy");
    }
    if (depths != null) {
      Ranges.requireDepths(depths);
    }
    String why = Uring.unavailableBecause();
    if (why != null) {
      throw Failure.environment("--engine io_uring cannot be used here: " + why);
    }
  }

  private List<Line> compare(
      Fio fio,
      List<Contender> contenders,
      List<Integer> loads,
      RunLock lock,
      ImageRequest request,
      Interruption interruption)
      throws IOException {
    long bytes = ImagePreparation.run(lock, request, interruption);
    long fileBytes = Math.min(FILE_BYTES, VolumeShape.largestFileBytes(bytes));
    long seed = ThreadLocalRandom.current().nextInt(1, 1_000_000_000);
    ImageDevice device = engine == Engine.PSYNC ? ImageDevice.FILE : ImageDevice.URING;
    OverwritePath path =
        OverwritePath.on(request.path(), device, request.blockBytes(), fileBytes, seed, seed);
    int sides = engine == Engine.PSYNC ? contenders.size() + 1 : 4;
    try (CrosscheckProgress progress = CrosscheckProgress.begin(loads, sides, rounds, seconds)) {
      if (engine == Engine.PSYNC) {
        return new Crosscheck(
                fio, path, request.path(), contenders, rounds, seconds, progress::step)
            .run(loads);
      }
      return new UringCrosscheck(
              fio,
              path,
              contenders.getFirst(),
              request.path(),
              seed,
              rounds,
              seconds,
              progress::step)
          .run(loads);
    }
  }

  private void print(Fio fio, List<Line> lines) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "random 4 KiB overwrites, %s %s against this bench%s, medians of %d rounds of %s s%n%n",
        fio.version(),
        engine,
        engine == Engine.PSYNC ? "" : ", one thread, all with a registered file",
        rounds,
        seconds);
    String load = engine == Engine.PSYNC ? "threads" : "depth";
    out.printf(Locale.ROOT, "%7s  %-20s %12s %12s%n", load, "who", "ops/s", "ratio to fio");
    for (Line line : lines) {
      out.printf(
          Locale.ROOT,
          "%7d  %-20s %,12.0f %12s%n",
          line.load(),
          line.name(),
          line.opsPerSecond(),
          line.name().equals(Fio.NAME) ? "" : String.format(Locale.ROOT, "%.3f", line.ratio()));
    }
  }

  /** Takes the names that fio has for its engines. */
  static final class EngineConverter implements ITypeConverter<Engine> {
    @Override
    public Engine convert(String value) {
      for (Engine engine : Engine.values()) {
        if (engine.label.equals(value)) {
          return engine;
        }
      }
      throw new TypeConversionException("'" + value + "' is neither psync nor io_uring");
    }
  }
}
