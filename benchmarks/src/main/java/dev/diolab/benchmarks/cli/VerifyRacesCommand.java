package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.plugin.Catalog;
import dev.diolab.benchmarks.verify.races.OldWay;
import dev.diolab.benchmarks.verify.races.Race;
import dev.diolab.benchmarks.verify.races.RaceCatalogue;
import dev.diolab.benchmarks.verify.races.RaceReport;
import dev.diolab.benchmarks.verify.races.RaceRow;
import dev.diolab.benchmarks.verify.races.RaceRun;
import dev.diolab.benchmarks.verify.races.RaceStress;
import dev.diolab.benchmarks.verify.races.RaceTable;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.strategies.Pairs;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import dev.diolab.strategies.old.OldVariant;
import dev.diolab.strategies.old.OldVariants;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verify races}: replays the bugs of direct I/O's history. */
@Command(
    name = "races",
    description = {
      "Leads threads through the interleavings of known bugs, the same for every strategy, and looks"
          + " at what the files hold then. Prints a table of strategy by race. The old way of each"
          + " race, which had the bug, must lose it. Exits with 1 when a strategy loses although it"
          + " declares the guarantee, or an old way does not lose. In memory, unless --image is"
          + " given.",
      "",
      "--strategy also knows the old variants, as placeholder-capped."
    })
final class VerifyRacesCommand implements Callable<Integer> {
  private static final int MOST_ROUNDS = 1_000_000;

  @Option(
      names = "--race",
      paramLabel = "ID",
      split = ",",
      description = "Only these races, as E5 or generic/239. Default: all.")
  private List<String> races = List.of();

  @Mixin private TargetOptions targetOptions = new TargetOptions();

  @Option(
      names = "--trace",
      paramLabel = "ID",
      description = "Print the interleavings of this race, the old way's too, and no table.")
  private @Nullable String trace;

  @Option(
      names = "--image",
      paramLabel = "DIR",
      description =
          "Stress: run the races with free threads and random pauses on a file in this directory,"
              + " with O_DIRECT; the file is removed at the end.")
  private @Nullable Path image;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "20",
      description = "Rounds of each race under --image. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the pauses under --image. Default: a new one, which is printed.")
  private @Nullable Long seed;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw Failure.usage("--rounds " + rounds + " is not from 1 to " + MOST_ROUNDS);
    }
    Catalog catalog = targetOptions.catalog();
    List<DioStrategy> chosen = targetOptions.strategies(catalog, VerifyRacesCommand::strategy);
    List<ConversionPolicy> with = targetOptions.policies(catalog);
    targetOptions.requireTaken(catalog, chosen, with);
    if (trace != null) {
      return trace(RaceCatalogue.byId(trace), chosen, with).code();
    }
    List<Race> those =
        races.isEmpty() ? RaceCatalogue.all() : races.stream().map(RaceCatalogue::byId).toList();
    return (image == null ? table(those, chosen, with) : stress(image, those, chosen, with)).code();
  }

  private static DioStrategy strategy(Catalog catalog, String name) {
    return OldVariants.all().stream()
        .filter(variant -> variant.name().equals(name))
        .map(OldVariant::strategy)
        .findFirst()
        .orElseGet(() -> catalog.strategy(name));
  }

  private ExitCode table(List<Race> those, List<DioStrategy> chosen, List<ConversionPolicy> with) {
    RaceReport report = new RaceReport(chosen, with);
    List<RaceRow> rows = those.stream().map(report::row).toList();
    PrintWriter out = spec.commandLine().getOut();
    out.println(RaceTable.render(chosen, rows));
    out.println("Lost, strategy and policy:\n" + RaceTable.losses(rows));
    out.println("Not in the catalogue:\n" + RaceTable.leftOut());
    long unexpected = rows.stream().filter(row -> !row.isAsExpected()).count();
    out.printf(
        "Verdict: %d races, %s%n",
        rows.size(),
        unexpected == 0
            ? "every declared guarantee holds, and every old way that was tried lost"
            : unexpected + " NOT as expected");
    out.flush();
    return unexpected == 0 ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private ExitCode trace(Race race, List<DioStrategy> chosen, List<ConversionPolicy> with) {
    List<DioStrategy> all = new ArrayList<>();
    PrintWriter out = spec.commandLine().getOut();
    switch (race.old()) {
      case OldWay.OldStrategy way -> all.add(RaceReport.strategyOf(way));
      case OldWay.OldPolicy way ->
          out.print(trace(race, Strategies.byName(way.strategy()), Policies.byName(way.name())));
      case OldWay.EngineMutant tests -> {}
    }
    all.addAll(chosen);
    for (DioStrategy strategy : all) {
      ConversionPolicy policy =
          with.stream()
              .filter(each -> each.name().equals(strategy.defaultPolicy()))
              .findFirst()
              .orElseGet(() -> Pairs.of(strategy, with).get(0));
      out.print(trace(race, strategy, policy));
    }
    out.flush();
    return ExitCode.OK;
  }

  private static String trace(Race race, DioStrategy strategy, ConversionPolicy policy) {
    return RaceTable.trace(race, strategy, policy.name(), RaceRun.play(race, strategy, policy));
  }

  private ExitCode stress(
      Path directory, List<Race> those, List<DioStrategy> chosen, List<ConversionPolicy> with)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      throw Failure.usage("--image " + directory + " is not a directory");
    }
    long from = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000_000) : seed;
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%d rounds, seed %d%n", rounds, from);
    RaceStress stress = new RaceStress(directory, rounds, from);
    boolean lost = false;
    for (Race race : those) {
      for (DioStrategy strategy : chosen) {
        for (ConversionPolicy policy : Pairs.of(strategy, with)) {
          RaceStress.Losses losses = stress.run(race, strategy, policy);
          lost |= losses.count() > 0 && RaceRun.isDeclared(race, strategy, policy);
          out.println(losses.line());
        }
      }
      out.flush();
    }
    return lost ? ExitCode.FINDINGS : ExitCode.OK;
  }
}
