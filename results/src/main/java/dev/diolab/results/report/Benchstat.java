package dev.diolab.results.report;

import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Subject;
import dev.diolab.results.compare.Times;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Latency;
import dev.diolab.results.run.Offered;
import dev.diolab.results.run.RunFile;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The run in the format of Go benchmarks (Cox and Clements, proposal 14313), a line for each round,
 * so that benchstat compares it, e.g. {@code benchstat -col /strategy benchstat.txt}. {@code ns/op}
 * is the inverse of throughput, as Go has it; the percentiles are of single operations, in an open
 * loop also of their response times. A round without operations has no line. What differs from run
 * to run and makes none incomparable, commit and seed, stands in comments: benchstat puts runs with
 * different configuration lines into different tables.
 */
public final class Benchstat {
  private Benchstat() {}

  /** The whole file. */
  public static String of(RunFile run, List<Measured> cells) {
    StringBuilder out = new StringBuilder();
    out.append("# commit: ").append(oneLine(run.git().commit())).append('\n');
    out.append("# seed: ").append(run.seed()).append('\n');
    configuration(out, "profile", run.profile());
    configuration(out, "device", String.valueOf(run.environment().getOrDefault("device", "")));
    configuration(out, "kernel", String.valueOf(run.environment().getOrDefault("kernel", "")));
    configuration(out, "cpu", String.valueOf(run.environment().getOrDefault("cpuModel", "")));
    out.append("Unit MB/s better=higher\n");
    for (Measured measured : cells) {
      String name = name(measured.cell().key());
      for (int round = 0; round < measured.rounds().size(); round++) {
        if (measured.rounds().get(round).operations() > 0) {
          out.append(line(name, measured, round));
        }
      }
    }
    return out.toString();
  }

  private static void configuration(StringBuilder out, String key, String value) {
    if (!value.isBlank()) {
      out.append(key).append(": ").append(oneLine(value)).append('\n');
    }
  }

  private static String oneLine(String value) {
    return value.replaceAll("\\s+", " ").strip();
  }

  private static String name(CellKey key) {
    String device =
        Subject.of(key).isOnFile() ? "" : "/device=" + value(Subject.of(key).deviceName());
    return "Benchmark%s/variant=%s%s/strategy=%s/policy=%s/threads=%d%s"
        .formatted(
            value(key.workload()),
            value(key.variant()),
            device,
            value(key.strategy()),
            value(key.policy()),
            key.threads(),
            rate(key.offered()));
  }

  /** What is offered in an open loop; in a sweep the share, which two runs have in common. */
  private static String rate(@Nullable Offered offered) {
    if (offered == null) {
      return "";
    }
    String rate =
        offered.percentOfCapacity() == null
            ? String.format(Locale.ROOT, "%.0f", offered.opsPerSecond())
            : offered.percentOfCapacity() + "%";
    return "/rate=%s/arrivals=%s".formatted(rate, offered.arrivals());
  }

  /** A slash would start the next key, a space would end the name. */
  private static String value(String text) {
    return text.replaceAll("\\s*,\\s*", ",").replaceAll("[\\s/]+", "_");
  }

  private static String line(String name, Measured measured, int index) {
    Times.Round round = measured.rounds().get(index);
    double opsPerSecond = measured.cell().throughput().opsPerSecondByRound().get(index);
    double bytesPerOperation =
        measured.cell().throughput().bytesPerSecond() / measured.cell().throughput().opsPerSecond();
    return String.format(
            Locale.ROOT,
            "%s %d %.1f ns/op %.2f MB/s",
            name,
            round.operations(),
            1e9 / opsPerSecond,
            opsPerSecond * bytesPerOperation / 1e6)
        + percentiles("", round.latency())
        + response(measured, index)
        + "\n";
  }

  private static String response(Measured measured, int index) {
    Times response = measured.response();
    return response == null ? "" : percentiles("response-", response.rounds().get(index).latency());
  }

  private static String percentiles(String clock, Latency latency) {
    return String.format(
        Locale.ROOT,
        " %2$.0f %1$sp50-ns/op %3$.0f %1$sp99-ns/op %4$.0f %1$sp99.9-ns/op",
        clock,
        latency.p50Us() * 1000,
        latency.p99Us() * 1000,
        latency.p999Us() * 1000);
  }
}
