package dev.diolab.benchmarks.verify.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Outcomes as text for a terminal: one table for each phase, policies by faults. */
public final class FaultTable {
  private static final int LABEL_WIDTH = 34;

  private FaultTable() {}

  /** All phases that {@code results} has; rows with the same outcomes are one row. */
  public static String render(List<FaultResult> results) {
    Map<String, List<FaultResult>> phases =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.point().phase(), LinkedHashMap::new, Collectors.toList()));
    return phases.entrySet().stream()
        .map(entry -> phase(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** The rules that were broken, one trial a line; empty when none was. */
  public static String broken(List<FaultResult> results) {
    return results.stream()
        .filter(each -> !each.outcome().broken().isEmpty())
        .map(each -> each + "\n")
        .collect(Collectors.joining());
  }

  private static String phase(String phase, List<FaultResult> results) {
    List<FaultPoint> points = results.stream().map(FaultResult::point).distinct().toList();
    List<String> head = points.stream().map(FaultPoint::label).toList();
    Map<List<String>, List<FaultResult>> rows = rows(results, points);
    int[] widths = widths(head, rows.keySet());
    StringBuilder text = new StringBuilder(line(phase, head, widths));
    RowLabel label = new RowLabel(results);
    rows.forEach((cells, same) -> text.append(row(label.of(same), cells, widths)));
    return text.toString();
  }

  private static int[] widths(List<String> head, Set<List<String>> rows) {
    int[] widths = head.stream().mapToInt(String::length).toArray();
    for (List<String> cells : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], cells.get(i).length());
      }
    }
    return widths;
  }

  /** What has the same outcome at every point, by those outcomes. */
  private static Map<List<String>, List<FaultResult>> rows(
      List<FaultResult> results, List<FaultPoint> points) {
    Map<Object, List<FaultResult>> trials =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    each -> List.of(each.target(), each.mode()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Map<List<String>, List<FaultResult>> rows = new LinkedHashMap<>();
    for (List<FaultResult> trial : trials.values()) {
      List<String> cells = points.stream().map(point -> cell(trial, point)).toList();
      rows.computeIfAbsent(cells, key -> new ArrayList<>()).addAll(trial);
    }
    return rows;
  }

  private static String cell(List<FaultResult> trial, FaultPoint point) {
    return trial.stream()
        .filter(each -> each.point() == point)
        .map(each -> each.outcome().cell())
        .findFirst()
        .orElse("");
  }

  /** A row whose label takes as many lines as it needs. */
  private static String row(String label, List<String> cells, int[] widths) {
    List<String> lines = wrap(label);
    StringBuilder text = new StringBuilder(line("  " + lines.get(0), cells, widths));
    lines.stream().skip(1).forEach(each -> text.append("    ").append(each).append('\n'));
    return text.toString();
  }

  private static List<String> wrap(String label) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : label.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > LABEL_WIDTH - 4) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String line(String first, List<String> cells, int[] widths) {
    StringBuilder text = new StringBuilder(String.format("%-" + LABEL_WIDTH + "s", first));
    for (int i = 0; i < widths.length; i++) {
      text.append(String.format("  %-" + widths[i] + "s", cells.get(i)));
    }
    return text.toString().stripTrailing() + "\n";
  }
}
