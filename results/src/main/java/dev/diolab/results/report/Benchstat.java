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
 * The run in the format of Go benchmarks, a line for each round, so that benchstat compares it,
 * e.g. {@code benchstat -col /strategy benchstat.txt}. {@code ns/op} is the inverse of throughput,
 * as Go has it; the percentiles are of single operations.
 */
public final class Benchstat {
  private Benchstat() {}

  /** The whole file. */
  public static String of(RunFile run, List<Measured> cells) {
    StringBuilder out = new StringBuilder();
    configuration(out, "profile", run.profile());
    configuration(out, "commit", run.git().commit());
    configuration(out, "seed", String.valueOf(run.seed()));
    configuration(out, "device", String.valueOf(run.environment().getOrDefault("device", "")));
    configuration(out, "kernel", String.valueOf(run.environment().getOrDefault("kernel", "")));
    configuration(out, "cpu", String.valueOf(run.environment().getOrDefault("cpuModel", "")));
    out.append("Unit MB/s better=higher\n");
    for (Measured measured : cells) {
      String name = name(measured.cell().key());
      for (int round = 0; round < measured.rounds().size(); round++) {
        out.append(line(name, measured, round));
      }
    }
    return out.toString();
  }

  private static void configuration(StringBuilder out, String key, String value) {
    if (!value.isBlank()) {
      out.append(key).append(": ").append(value.replaceAll("\\s+", " ").strip()).append('\n');
    }
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
    Latency latency = round.latency();
    return String.format(
        Locale.ROOT,
        "%s %d %.1f ns/op %.2f MB/s %.0f p50-ns/op %.0f p99-ns/op %.0f p99.9-ns/op%n",
        name,
        round.operations(),
        1e9 / opsPerSecond,
        opsPerSecond * bytesPerOperation / 1e6,
        latency.p50Us() * 1000,
        latency.p99Us() * 1000,
        latency.p999Us() * 1000);
  }
}
