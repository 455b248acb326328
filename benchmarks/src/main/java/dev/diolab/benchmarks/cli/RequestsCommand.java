package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.crosscheck.RequestAudit;
import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.image.ImageRequest;
import dev.diolab.benchmarks.image.RingFallback;
import dev.diolab.benchmarks.image.RunLock;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.benchmarks.run.Interruption;
import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code crosscheck requests}: each asynchronous request is completed once, in flat memory. */
@Command(
    name = "requests",
    description = {
      "Submits many asynchronous requests of 4 KiB from one thread, reads and writes mixed, an"
          + " eighth of the file made unwritten again and again, and holds the engine to account:"
          + " each completes once, reads find what was written, memory stays flat. The requests are"
          + " divided among the strategies. Exit code 1 when one was lost, repeated or wrong."
    })
final class RequestsCommand implements Callable<Integer> {
  private static final long IMAGE_BYTES = 256 * Sizes.MIB;
  private static final int MOST_REQUESTS = 1_000_000_000;

  /** Of a slow disk, for the progress only. */
  private static final double REQUESTS_PER_SECOND = 10_000;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Requests in all. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "256",
      description = "Most requests in flight. Default: ${DEFAULT-VALUE}.")
  private int depth;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      split = ",",
      description = "Only these strategies. Default: all.")
  private List<String> strategies = List.of();

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      split = ",",
      description = "These conversion policies. Default: each strategy's own.")
  private List<String> policies = List.of();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "file",
      converter = BenchCommand.DeviceConverter.class,
      description = "file or uring, as for bench. Default: ${DEFAULT-VALUE}.")
  private ImageDevice device = ImageDevice.FILE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all random choices. Default: a new one, which is printed.")
  private @Nullable Long seed;

  @Mixin private ImageOptions image = new ImageOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Ranges.requireDepths(List.of(depth));
    if (device != ImageDevice.FILE && device != ImageDevice.URING) {
      throw Failure.usage("--device " + device.label() + " serves no image: choose file or uring");
    }
    List<Contender> contenders = Contender.cross(strategies, policies);
    if (contenders.isEmpty()) {
      throw Failure.usage("no strategy takes policy " + String.join(", ", policies));
    }
    if (count < contenders.size() || count > MOST_REQUESTS) {
      throw Failure.usage(
          "--count " + count + " is not from " + contenders.size() + " to " + MOST_REQUESTS);
    }
    long runSeed = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000_000) : seed;
    ImageRequest request = image.request(IMAGE_BYTES);
    image.requirePlace();
    ImageDevice served =
        RingFallback.permitted(
            device, text -> spec.commandLine().getErr().println("warning: " + text));
    try (Interruption interruption = Interruption.install();
        RunLock lock = RunLock.acquire(request.path())) {
      try {
        ImagePreparation.run(lock, request, interruption);
        return print(served, runSeed, audit(contenders, request, served, runSeed)).code();
      } catch (RuntimeException e) {
        interruption.stopIfInterrupted();
        throw e;
      }
    } catch (IOException e) {
      throw Failure.run("the requests failed: " + Failure.messageOf(e), e);
    }
  }

  private List<RequestAudit.Result> audit(
      List<Contender> contenders, ImageRequest request, ImageDevice served, long runSeed)
      throws IOException {
    int each = Math.ceilDiv(count, contenders.size());
    List<RequestAudit.Result> results = new ArrayList<>();
    try (CrosscheckProgress progress =
            CrosscheckProgress.begin(contenders.size(), each / REQUESTS_PER_SECOND);
        BlockDevice opened = served.open(request.path())) {
      for (Contender contender : contenders) {
        progress.step(contender.strategy() + ", " + contender.policy());
        results.add(
            RequestAudit.run(opened, request.blockBytes(), contender, each, depth, runSeed));
      }
    }
    return results;
  }

  private ExitCode print(ImageDevice served, long runSeed, List<RequestAudit.Result> results) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "asynchronous requests of 4 KiB, one thread, %d in flight, device %s, seed %d%n%n",
        depth,
        served.label(),
        runSeed);
    out.printf(
        Locale.ROOT,
        "%-18s %-18s %11s %11s %11s %6s %6s %6s %11s %11s %11s%n",
        "strategy",
        "policy",
        "requests",
        "reads",
        "unwritten",
        "lost",
        "twice",
        "wrong",
        "requests/s",
        "heap B/req",
        "heap +KiB");
    for (RequestAudit.Result result : results) {
      out.printf(
          Locale.ROOT,
          "%-18s %-18s %,11d %,11d %,11d %6d %6d %6d %,11.0f %,11.1f %,11d%n",
          result.contender().strategy(),
          result.contender().policy(),
          result.requests(),
          result.reads(),
          result.firstWrites(),
          result.lost(),
          result.repeated(),
          result.faults().size(),
          result.requestsPerSecond(),
          result.bytesPerRequest(),
          result.heapGrowthBytes() / 1024);
    }
    results.forEach(result -> result.faults().forEach(fault -> out.println("wrong: " + fault)));
    return results.stream().allMatch(RequestAudit.Result::isSound)
        ? ExitCode.OK
        : ExitCode.FINDINGS;
  }
}
