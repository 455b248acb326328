package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.environment.CodeDigest;
import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.image.ImageRequest;
import dev.diolab.benchmarks.image.RingFallback;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.benchmarks.load.Arrivals;
import dev.diolab.benchmarks.plan.Offer;
import dev.diolab.benchmarks.plan.Plan;
import dev.diolab.benchmarks.plan.Profile;
import dev.diolab.benchmarks.plan.Profiles;
import dev.diolab.benchmarks.plan.Selection;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.run.RunRequest;
import dev.diolab.benchmarks.run.VerificationSearch;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code bench PROFILE}: measures and reports. */
@Command(
    name = "bench",
    description = {
      "Measures what each locking strategy costs on this disk, and writes a run directory with raw"
          + " results, charts and a report. The last line on standard output is that directory."
    },
    footerHeading = "%n")
final class BenchCommand implements Callable<Integer> {
  private static final int HELP_WIDTH = 79;
  private static final int NAME_WIDTH = 20;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  @Parameters(
      paramLabel = "PROFILE",
      arity = "0..1",
      description = "How much to measure: smoke, quick, claw-back, ssd or full; see below.")
  private @Nullable String profile;

  @Option(
      names = "--profiles",
      paramLabel = "FILE",
      description =
          "Choose PROFILE from this file. --print-profiles prints one to begin with: copy, edit.")
  private @Nullable Path profiles;

  @Option(
      names = "--print-profiles",
      description = "Print the file of the profiles below, with comments, and measure nothing.")
  private boolean printProfiles;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      split = ",",
      description = "Only these strategies. Default: all.")
  private List<String> strategies = List.of();

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      split = ",",
      description = "Only these workloads of the profile. Default: all of it.")
  private List<String> workloads = List.of();

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      split = ",",
      description = "These conversion policies. Default: each strategy's own.")
  private List<String> policies = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      description =
          "These numbers of threads, 1 to 64, for workloads on the image; unless --workload names"
              + " it, one that cannot have so few or so many leaves them out.")
  private List<Integer> threads = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "Measured time of a cell in one round, where a workload runs for a time; in an open loop"
              + " of TSO32 or WAL-COMMIT at most, as long as their file has room. Default there: 2.")
  private @Nullable Double seconds;

  @Option(
      names = "--warmup",
      paramLabel = "S",
      description = "Time before it that is not measured.")
  private @Nullable Double warmup;

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds of every cell.")
  private @Nullable Integer rounds;

  @Option(
      names = "--rate",
      paramLabel = "OPS",
      description =
          "Open loop: so many operations a second arrive, for all threads together, whether those"
              + " before have returned or not. Response times then stand beside service times, and"
              + " operations that could not be sent are counted. For PAGE-OVERWRITE, TSO32 without"
              + " a depth, and WAL-COMMIT.")
  private @Nullable Double rate;

  @Option(
      names = "--sweep",
      description =
          "Open loop under more and more load, in shares of what each strategy does in a closed"
              + " loop, to find where it stops keeping up. For the same workloads as --rate, at the"
              + " largest number of threads of the profile unless --threads says otherwise.")
  private boolean sweep;

  @Option(
      names = "--arrivals",
      paramLabel = "KIND",
      converter = ArrivalsConverter.class,
      description =
          "How operations arrive in an open loop: constant (at equal distances) or poisson (at"
              + " random, from the seed). Default: poisson.")
  private @Nullable Arrivals arrivals;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all random choices. Default: a new one, which is printed.")
  private @Nullable Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory. Default: results/runs/TIME-PROFILE of the source tree.")
  private @Nullable Path out;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "file",
      converter = DeviceConverter.class,
      description =
          "What serves asynchronous requests on the image: file (threads that write synchronously)"
              + " or uring (rings of io_uring). Or a disk that is emulated in memory, without an"
              + " image: emulated-hdd, emulated-sata, emulated-nvme (volatile cache),"
              + " emulated-nvme-plp (power-loss protection). Default: ${DEFAULT-VALUE}.")
  private ImageDevice device = ImageDevice.FILE;

  @Option(
      names = "--verification",
      paramLabel = "FILE",
      description =
          "The verify.json that the verdicts come from. Default: the newest of this code in"
              + " results/runs. One of other code does not count.")
  private @Nullable Path verification;

  @Mixin private ImageOptions image = new ImageOptions();

  private CommandSpec spec = CommandSpec.create();

  /** Adds the names that only the code knows to the help. */
  @Spec
  void describeNames(CommandSpec bench) {
    spec = bench;
    List<String> footer = new ArrayList<>();
    footer.add("Profiles:");
    Profiles.builtIn().all().forEach((name, known) -> footer.add(entry(name, known.summary())));
    footer.add("Workloads:");
    for (Workload known : Workload.values()) {
      footer.add(entry(known.label(), known.summary()));
    }
    footer.add("Strategies:");
    Strategies.all().forEach(known -> footer.add(entry(known.name(), known.summary())));
    footer.add("Variants of strategies, run only when named:");
    Strategies.variants().forEach(known -> footer.add(entry(known.name(), known.summary())));
    footer.add("Policies:");
    Policies.all().forEach(known -> footer.add(entry(known.name(), known.summary())));
    bench.usageMessage().footer(footer.toArray(String[]::new));
  }

  /** A percent sign would be a format of picocli's, which does not indent what it wraps either. */
  private static String entry(String name, String summary) {
    StringBuilder text = new StringBuilder(String.format("  %-" + (NAME_WIDTH - 2) + "s", name));
    int column = text.length();
    for (String word : summary.split(" ", -1)) {
      if (column + 1 + word.length() > HELP_WIDTH) {
        text.append("%n").append(" ".repeat(NAME_WIDTH));
        column = NAME_WIDTH;
      }
      text.append(' ').append(word.replace("%", "%%"));
      column += 1 + word.length();
    }
    return text.toString();
  }

  @Override
  public Integer call() {
    if (printProfiles) {
      spec.commandLine().getOut().print(Profiles.text());
      spec.commandLine().getOut().flush();
      return ExitCode.OK.code();
    }
    Profiles known = profiles == null ? Profiles.builtIn() : Profiles.read(profiles);
    if (profile == null) {
      throw Failure.usage("name a profile: " + String.join(", ", known.all().keySet()));
    }
    return measure(profile, known.byName(profile));
  }

  private Integer measure(String name, Profile chosen) {
    long runSeed = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000_000) : seed;
    Plan plan = Plan.of(chosen, selection(), runSeed);
    long leastBytes = chosen.imageMiB() * Sizes.MIB;
    boolean emulates = device.model() != null;
    long diskBytes = plan.needsImage() && emulates ? image.diskBytes(device, leastBytes) : 0;
    ImageRequest imageRequest = plan.needsImage() && !emulates ? image.request(leastBytes) : null;
    if (imageRequest != null) {
      device = RingFallback.permitted(device, this::warn);
      image.requirePlace();
    }
    RunRequest request =
        new RunRequest(
            name,
            plan,
            imageRequest,
            device,
            diskBytes,
            image.blockBytes(),
            chosen.verifyMiB() * Sizes.MIB,
            out == null ? defaultOut(name) : out,
            runSeed,
            Home.root(),
            verification());
    Path directory =
        new BenchSession(request, spec.commandLine().getOut(), Terminal.width(spec)).run();
    spec.commandLine().getOut().println(directory);
    return ExitCode.OK.code();
  }

  private void warn(String text) {
    spec.commandLine().getErr().println("warning: " + text);
  }

  private Selection selection() {
    Ranges.requireThreads(threads);
    Ranges.requireSeconds("--seconds", seconds);
    Ranges.requireSeconds("--warmup", warmup);
    Ranges.requireRounds(rounds);
    return new Selection(
        workloads.stream().map(Workload::byLabel).distinct().toList(),
        strategies,
        policies,
        threads.stream().distinct().toList(),
        seconds,
        warmup,
        rounds,
        offer());
  }

  private @Nullable Offer offer() {
    Ranges.requireRate(rate);
    if (sweep && rate != null) {
      throw Failure.usage("--sweep finds its rates by itself: give no --rate");
    }
    if (!sweep && rate == null) {
      if (arrivals != null) {
        throw Failure.usage("--arrivals is for --rate and --sweep");
      }
      return null;
    }
    return new Offer(arrivals == null ? Arrivals.POISSON : arrivals, rate);
  }

  private VerificationSearch.Found verification() {
    String code = CodeDigest.of(List.of());
    VerificationSearch.Found found =
        verification == null
            ? VerificationSearch.newest(Home.runs(), code)
            : VerificationSearch.named(verification, code);
    found.warnings().forEach(this::warn);
    return found;
  }

  private static Path defaultOut(String name) {
    return Home.runs()
        .resolve(STAMP.format(LocalDateTime.now(ZoneId.systemDefault())) + "-" + name);
  }

  /** Takes the names of arrivals. */
  static final class ArrivalsConverter implements ITypeConverter<Arrivals> {
    @Override
    public Arrivals convert(String value) {
      for (Arrivals known : Arrivals.values()) {
        if (known.label().equals(value)) {
          return known;
        }
      }
      throw new TypeConversionException("'" + value + "' is neither constant nor poisson");
    }
  }

  /** Takes the names of devices. */
  static final class DeviceConverter implements ITypeConverter<ImageDevice> {
    @Override
    public ImageDevice convert(String value) {
      for (ImageDevice known : ImageDevice.values()) {
        if (known.label().equals(value)) {
          return known;
        }
      }
      throw new TypeConversionException("'" + value + "' is none of " + ImageDevice.labels());
    }
  }
}
