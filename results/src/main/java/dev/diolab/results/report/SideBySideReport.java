package dev.diolab.results.report;

import dev.diolab.results.across.Delta;
import dev.diolab.results.across.Place;
import dev.diolab.results.across.Side;
import dev.diolab.results.across.SideBySide;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.report.Page.Fact;
import dev.diolab.results.report.Table.Column;
import dev.diolab.results.report.Table.Entry;
import dev.diolab.results.report.Table.Look;
import dev.diolab.results.report.Table.Row;
import dev.diolab.results.run.Cell;
import dev.diolab.results.stats.Contrast;
import dev.diolab.results.stats.NoiseFloor;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.Median;

/** What there is to say of runs side by side, whatever the format: first in short, then by cell. */
public final class SideBySideReport {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int SHORT_HASH = 12;
  private static final String ABSENT = "–";

  private final SideBySide runs;

  private SideBySideReport(SideBySide runs) {
    this.runs = runs;
  }

  /** The report in Markdown. */
  public static String markdown(SideBySide runs) {
    return new SideBySideReport(runs).writeTo(new MarkdownPage());
  }

  /** The report as one HTML page that needs nothing else. */
  public static String html(SideBySide runs) {
    return new SideBySideReport(runs).writeTo(new HtmlPage());
  }

  private String writeTo(Page page) {
    page.title(
        "Runs side by side",
        List.of(
            new Fact("runs", String.valueOf(runs.sides().size())),
            new Fact("cells in common", String.valueOf(runs.places().size()))));
    runs.sides().stream()
        .flatMap(side -> EmulatedDisks.warning(side.run()).stream())
        .distinct()
        .forEach(page::warning);
    page.section(2, "In short");
    page.bullets(summary());
    page.paragraph(chance());
    page.paragraph(noise());
    page.table(sides());
    List<String> differences = runs.differences();
    if (!differences.isEmpty()) {
      page.warning(
          "The runs differ in more than their code. What follows may be due to any of this:");
      page.bullets(differences);
    }
    page.section(2, "Cells");
    page.paragraph(
        "Each run is compared with the first that has the cell: the ratio, its 95 % interval, and"
            + " what follows from them. Without an interval the cell has only one round somewhere,"
            + " and nothing follows.");
    if (runs.places().stream().anyMatch(Place::isOpenLoop)) {
      page.paragraph(Wording.RESPONSE_TIME);
    }
    bySubject().forEach((subject, places) -> page.table(cells(subject, places)));
    return page.finish();
  }

  private List<String> summary() {
    List<String> sentences = new ArrayList<>();
    Side first = runs.sides().getFirst();
    for (Side side : runs.sides().subList(1, runs.sides().size())) {
      List<Delta> deltas = runs.deltas(side);
      if (deltas.isEmpty()) {
        sentences.add("%s has no cell that an earlier run has.".formatted(side.name()));
        continue;
      }
      boolean hasOtherBase = deltas.stream().anyMatch(delta -> !delta.base().equals(first));
      sentences.add(
          "%s against %s: of %s, %s; the median ratio is %s. p99: %s."
              .formatted(
                  label(side),
                  hasOtherBase ? "the first that has the cell" : label(first),
                  Numbers.count(deltas.size()) + (deltas.size() == 1 ? " cell" : " cells"),
                  counts(deltas, Delta::throughput, "faster", "slower"),
                  Numbers.ratio(medianRatio(deltas)),
                  counts(deltas, Delta::p99, "higher", "lower")));
    }
    return sentences;
  }

  private static double medianRatio(List<Delta> deltas) {
    return Median.withDefaults()
        .evaluate(deltas.stream().mapToDouble(delta -> delta.throughput().ratio()).toArray());
  }

  private static String counts(
      List<Delta> deltas, Function<Delta, Contrast> measure, String higher, String lower) {
    List<Contrast> contrasts = deltas.stream().map(measure).toList();
    String told =
        "%d %s, %d %s, %d tie"
            .formatted(
                count(contrasts, Contrast::isHigher),
                higher,
                count(contrasts, Contrast::isLower),
                lower,
                count(contrasts, contrast -> contrast.hasSpread() && contrast.isTie()));
    long unknown = count(contrasts, contrast -> !contrast.hasSpread());
    return unknown == 0 ? told : told + ", %d of one round".formatted(unknown);
  }

  private static long count(List<Contrast> contrasts, Predicate<Contrast> which) {
    return contrasts.stream().filter(which).count();
  }

  private String chance() {
    List<Delta> standing = runs.standing();
    String all =
        "Of cells that are in truth equal, up to one in twenty comes out faster or slower by chance.";
    return standing.isEmpty()
        ? all + " Allowing for chance over all of them (Holm), no difference of throughput stands."
        : all
            + " Allowing for chance over all of them (Holm), these differences stand: %s."
                .formatted(
                    standing.stream()
                        .map(SideBySideReport::named)
                        .collect(Collectors.joining("; ")));
  }

  private static String named(Delta delta) {
    return "%s, %s by %s %s"
        .formatted(
            delta.place(),
            delta.side().name(),
            delta.base().name(),
            Numbers.ratio(delta.throughput().ratio()));
  }

  private String noise() {
    if (runs.repeats().isEmpty()) {
      return "No run repeats another with the same code and settings, so it is not known by how much"
          + " runs differ for no reason; the rounds of one run do not show that. Ratios below %s"
              .formatted(Numbers.ratio(NoiseFloor.LEAST.ratio()))
          + " are ties, and where a run measured twins the larger floor of its workload holds."
          + " Measure one of the runs again and name both to have the noise measured.";
    }
    String pairs =
        runs.repeats().stream()
            .map(repeat -> "%s and %s".formatted(repeat.one().name(), repeat.other().name()))
            .collect(Collectors.joining(", "));
    return "The same code with the same settings: %s. 19 of 20 of their cells differ by no more than"
            .formatted(pairs)
        + " %s times in throughput and %s times in p99. That is noise, and no smaller ratio counts"
            .formatted(
                Numbers.ratio(runs.throughputFloor().ratio()),
                Numbers.ratio(runs.p99Floor().ratio()))
        + " as a difference of any run; where a run measured twins of a workload whose floor is"
        + " larger, that holds.";
  }

  private Table sides() {
    List<Column> columns = new ArrayList<>();
    for (String head :
        List.of(
            "run", "directory", "began", "commit", "profile", "disk", "file system", "kernel")) {
      columns.add(new Column(head, false));
    }
    columns.add(new Column("cells", true));
    List<Row> rows = runs.sides().stream().map(SideBySideReport::row).toList();
    return new Table("The runs", columns, rows);
  }

  private static Row row(Side side) {
    String commit = side.run().git().commit();
    return new Row(
        List.of(
            new Entry(side.name(), Look.BEST, null),
            Entry.plain(side.directory().toString()),
            Entry.plain(DATE.format(side.run().started())),
            Entry.plain(
                commit.substring(0, Math.min(SHORT_HASH, commit.length()))
                    + (side.run().git().dirty() ? " with changes" : "")),
            Entry.plain(side.run().profile()),
            Entry.plain(side.environment("device")),
            Entry.plain(side.environment("fileSystem")),
            Entry.plain(side.environment("kernel")),
            Entry.plain(String.valueOf(side.run().cells().size()))),
        false);
  }

  private Map<String, List<Place>> bySubject() {
    return runs.places().stream()
        .collect(Collectors.groupingBy(Place::subject, LinkedHashMap::new, Collectors.toList()));
  }

  private Table cells(String subject, List<Place> places) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("strategy", false));
    columns.add(new Column("policy", false));
    columns.add(new Column("threads", true));
    String p99 = places.getFirst().isOpenLoop() ? "response p99 µs" : "p99 µs";
    for (String measure : List.of("ops/s", p99)) {
      for (Side side : runs.sides()) {
        columns.add(new Column(label(side) + " " + measure, true));
        if (!side.equals(runs.sides().getFirst())) {
          columns.add(new Column(label(side) + " by the first, " + measure, true));
        }
      }
    }
    return new Table(subject, columns, places.stream().map(this::row).toList());
  }

  /** The name of a run, which tells when its disk was emulated. */
  private static String label(Side side) {
    return EmulatedDisks.names(side.run())
        .map(disks -> "%s (%s)".formatted(side.name(), disks))
        .orElse(side.name());
  }

  private Row row(Place place) {
    List<Entry> entries = new ArrayList<>();
    entries.add(Entry.plain(place.strategy()));
    entries.add(Entry.plain(place.policy()));
    entries.add(Entry.plain(String.valueOf(place.threads())));
    add(entries, place, CellText::opsPerSecond, Delta::throughput, "faster", "slower");
    Function<Cell, String> p99 = place.isOpenLoop() ? CellText::responseP99 : CellText::p99;
    add(entries, place, p99, Delta::p99, "higher", "lower");
    return new Row(entries, false);
  }

  private void add(
      List<Entry> entries,
      Place place,
      Function<Cell, String> figure,
      Function<Delta, Contrast> measure,
      String higher,
      String lower) {
    for (Side side : runs.sides()) {
      entries.add(Entry.plain(side.at(place).map(Measured::cell).map(figure).orElse(ABSENT)));
      if (!side.equals(runs.sides().getFirst())) {
        entries.add(
            runs.delta(place, side)
                .map(measure)
                .map(contrast -> entry(contrast, higher, lower))
                .orElse(Entry.plain(ABSENT)));
      }
    }
  }

  private static Entry entry(Contrast contrast, String higher, String lower) {
    String text = CellText.contrast(contrast);
    if (contrast.isTie()) {
      return Entry.plain(text);
    }
    return new Entry(text + " " + (contrast.isHigher() ? higher : lower), Look.BEST, null);
  }
}
