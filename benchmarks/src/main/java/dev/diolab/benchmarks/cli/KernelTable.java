package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.kernel.FillCell;
import dev.diolab.benchmarks.kernel.FillRatio;
import dev.diolab.benchmarks.kernel.KernelCrosscheck;
import dev.diolab.benchmarks.kernel.TargetFills;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.results.run.Phase;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code crosscheck kernel} prints: rates, ratios, where they differ and where time went. */
final class KernelTable {
  private static final List<Phase> PARTS =
      List.of(Phase.LOCK_WAIT, Phase.MAPPING, Phase.DEVICE, Phase.CONVERSION, Phase.JOURNAL_WAIT);

  private final KernelCrosscheck crosscheck;
  private final List<TargetFills> kernel;
  private final List<TargetFills> model;

  KernelTable(KernelCrosscheck crosscheck, List<TargetFills> kernel, List<TargetFills> model) {
    this.crosscheck = crosscheck;
    this.kernel = kernel;
    this.model = model;
  }

  void print(PrintWriter out) {
    printRates(out);
    printRatios(out);
    Set<FillCell> unlike = printAgreement(out);
    if (!unlike.isEmpty()) {
      printPhases(out, unlike);
    }
  }

  private void printRates(PrintWriter out) {
    out.println("writes a second");
    for (FillCell cell : crosscheck.cells()) {
      out.printf("  %-44s", title(cell));
      all().forEach(each -> out.printf(Locale.ROOT, " %,26.0f", each.opsPerSecond(cell)));
      out.println();
    }
    printNames(out);
  }

  private void printRatios(PrintWriter out) {
    out.println("ratios, with the smallest and the largest of a round");
    for (FillRatio ratio : crosscheck.ratios()) {
      out.printf("  %-44s", ratio.title());
      for (TargetFills each : all()) {
        List<Double> rounds = each.ratios(ratio);
        out.printf(
            " %26s",
            String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)",
                each.ratio(ratio),
                Collections.min(rounds),
                Collections.max(rounds)));
      }
      out.println();
    }
    printNames(out);
  }

  private void printNames(PrintWriter out) {
    out.printf("  %-44s", "");
    all().forEach(each -> out.printf(" %26s", each.name()));
    out.println();
    out.println();
  }

  /** The cells of the ratios that differ. */
  private Set<FillCell> printAgreement(PrintWriter out) {
    Set<FillCell> unlike = new LinkedHashSet<>();
    for (TargetFills real : kernel) {
      for (TargetFills ours : model) {
        out.printf("%s by %s%n", ours.name(), real.name());
        for (FillRatio ratio : crosscheck.ratios()) {
          boolean agrees = KernelCrosscheck.agrees(ours.ratio(ratio), real.ratio(ratio));
          out.printf(
              Locale.ROOT,
              "  %-44s %6.2f  %s%n",
              ratio.title(),
              ours.ratio(ratio) / real.ratio(ratio),
              agrees ? "agrees" : "DIFFERS");
          if (!agrees) {
            unlike.add(ratio.over());
            unlike.add(ratio.under());
          }
        }
        out.println();
      }
    }
    return unlike;
  }

  private void printPhases(PrintWriter out, Set<FillCell> unlike) {
    out.println(
        "mean time of a write where ratios differ, us: lock wait, mapping, device, conversion,");
    out.println("journal wait, in all");
    for (FillCell cell : unlike) {
      for (TargetFills each : all()) {
        PhaseRecorder recorded = each.phases(cell);
        out.printf("  %-44s %-26s", title(cell), each.name());
        for (Phase part : PARTS) {
          out.printf(" %8s", kernel.contains(each) ? "-" : micros(recorded, part));
        }
        out.printf(" %8s%n", micros(recorded, Phase.TOTAL));
      }
    }
    out.println();
  }

  private static String micros(PhaseRecorder recorded, Phase phase) {
    return String.format(Locale.ROOT, "%,.1f", recorded.of(phase).getMean() / 1000);
  }

  private static String title(FillCell cell) {
    return cell.title();
  }

  private List<TargetFills> all() {
    return Stream.concat(kernel.stream(), model.stream()).toList();
  }
}
