package dev.diolab.results.report;

import dev.diolab.results.chart.Drawing;
import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.ClawBack;
import dev.diolab.results.compare.ClawBackFindings;
import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Crossover;
import dev.diolab.results.compare.Findings;
import dev.diolab.results.compare.Interference;
import dev.diolab.results.compare.LookupCurve;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.compare.OpenLoopFindings;
import dev.diolab.results.compare.ScanEffect;
import dev.diolab.results.report.Page.Fact;
import dev.diolab.results.report.Table.Column;
import dev.diolab.results.report.Table.Entry;
import dev.diolab.results.report.Table.Row;
import dev.diolab.results.run.RunFile;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a report says, in the order of reading, whatever its format. */
public final class ReportContents {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int SHORT_HASH = 12;

  /** From here on, what others ran on the same host may have made a difference. */
  private static final double NOTABLE_STEAL_PERCENT = 1;

  private final RunFile run;
  private final Palette palette;
  private final List<Section> sections;
  private final @Nullable LookupSection lookup;
  private final List<ScanSection> scans;
  private final List<ClawBackSection> clawBacks;
  private final List<SweepSection> sweeps;
  private final List<InterferenceSection> interference;
  private final MethodSection method;
  private final List<String> contradictions;

  /** A comparison with its charts. */
  public record Section(Comparison comparison, List<Drawing> drawings) {}

  /**
   * The contents of a report.
   *
   * @param sections the comparisons in the order of the report
   * @param lookup look-ups over the number of extents, where the run has them
   * @param scans direct writes between scans and in scan, where the run has them
   * @param clawBacks durable writes into preallocated space, where the run has them
   * @param sweeps sweeps over offered loads, where the run has them
   * @param interference one kind of request beside another, where the run has that
   * @param method what the run measured of its own method
   * @param contradictions where {@code run.json} and the histograms disagree; shown first
   */
  public ReportContents(
      RunFile run,
      Palette palette,
      List<Section> sections,
      @Nullable LookupSection lookup,
      List<ScanSection> scans,
      List<ClawBackSection> clawBacks,
      List<SweepSection> sweeps,
      List<InterferenceSection> interference,
      MethodSection method,
      List<String> contradictions) {
    this.run = run;
    this.palette = palette;
    this.sections = List.copyOf(sections);
    this.lookup = lookup;
    this.scans = List.copyOf(scans);
    this.clawBacks = List.copyOf(clawBacks);
    this.sweeps = List.copyOf(sweeps);
    this.interference = List.copyOf(interference);
    this.method = method;
    this.contradictions = List.copyOf(contradictions);
  }

  /** The report as one HTML page that needs nothing else. */
  public String html() throws IOException {
    return writeTo(new HtmlPage());
  }

  /** The report in Markdown; its charts are the files in {@code charts/}. */
  public String markdown() throws IOException {
    return writeTo(new MarkdownPage());
  }

  private String writeTo(Page page) throws IOException {
    page.title(title(), facts());
    contradictions(page);
    EmulatedDisks.warning(run).ifPresent(page::warning);
    stolen(page);
    answers(page);
    reasons(page);
    cells(page);
    method(page);
    return page.finish();
  }

  private void answers(Page page) {
    page.section(2, "Which strategy?");
    if (run.cells().isEmpty()) {
      page.warning("Nothing was measured: the run has no cell.");
      return;
    }
    VerdictWording verdicts = VerdictWording.of(run);
    verdicts.alarm().ifPresent(page::alarm);
    for (String workload : workloads()) {
      List<Comparison> comparisons = of(workload).stream().map(Section::comparison).toList();
      new AnswerSection(workload, comparisons, findings(workload)).writeTo(page, palette);
    }
    page.section(3, "How sure this is");
    page.warning("%s %s".formatted(verdicts.summary(), Wording.noise(rounds())));
    page.paragraph(Wording.ANSWER);
    page.paragraph(isOpenLoop() ? Wording.RESPONSE_TIME_IN_SHORT : Wording.SERVICE_TIME_IN_SHORT);
  }

  /** What was found of a workload besides its ranking. */
  private List<String> findings(String workload) {
    List<String> findings = new ArrayList<>();
    if (workload.equals(ClawBack.WORKLOAD)) {
      for (ClawBackSection section : clawBacks) {
        ClawBack clawBack = section.clawBack();
        ClawBackFindings.answers(clawBack)
            .forEach(answer -> findings.add(clawBack.subject().title() + ": " + answer));
      }
    }
    if (lookup != null && workload.equals(LookupCurve.WORKLOAD)) {
      findings.add(lookup.curve().finding());
    }
    if (workload.equals(Interference.WORKLOAD)) {
      interference.forEach(each -> findings.add(each.summary()));
    }
    sweeps.stream()
        .filter(sweep -> isOf(sweep, workload))
        .forEach(sweep -> findings.add(sweep.summary()));
    return findings;
  }

  private void reasons(Page page) throws IOException {
    page.section(2, "Why");
    for (String workload : workloads()) {
      page.workload(workload);
      Wording.workload(workload).ifPresent(page::paragraph);
      particulars(page, workload);
      for (Section section : of(workload)) {
        explain(page, section);
      }
    }
  }

  /** What only this workload has. */
  private void particulars(Page page, String workload) throws IOException {
    if (lookup != null && workload.equals(LookupCurve.WORKLOAD)) {
      lookup.writeTo(page, run.parameters());
    }
    if (workload.equals(ScanEffect.WORKLOAD)) {
      for (ScanSection scan : scans) {
        scan.writeTo(page, palette, run.parameters());
      }
    }
    if (workload.equals(Interference.WORKLOAD)) {
      interference.forEach(each -> each.writeTo(page, palette));
    }
    if (workload.equals(ClawBack.WORKLOAD)) {
      for (ClawBackSection clawBack : clawBacks) {
        clawBack.writeTo(page, palette, run.parameters());
      }
    }
    for (SweepSection sweep : sweeps) {
      if (isOf(sweep, workload)) {
        sweep.writeTo(page, palette);
      }
    }
  }

  private static boolean isOf(SweepSection sweep, String workload) {
    return workload.equals(sweep.sweep().subject().workload());
  }

  private void explain(Page page, Section section) throws IOException {
    Comparison comparison = section.comparison();
    page.section(4, comparison.subject().title());
    List<String> findings =
        new ArrayList<>(
            comparison.isOpenLoop() ? OpenLoopFindings.of(comparison) : Findings.of(comparison));
    Crossover.of(comparison).ifPresent(findings::add);
    page.bullets(findings);
    for (Drawing drawing : section.drawings()) {
      page.figure(drawing);
    }
    if (!ScanEffect.isBesideTheWrites(comparison.subject())) {
      page.table(CellTables.phases(comparison, palette));
      page.table(CellTables.effects(comparison, palette));
    }
  }

  private void cells(Page page) {
    page.section(2, "All cells");
    for (String workload : workloads()) {
      page.workload(workload);
      for (Section section : of(workload)) {
        cells(page, section.comparison());
      }
    }
  }

  private void cells(Page page, Comparison comparison) {
    page.section(4, comparison.subject().title());
    page.table(CellTables.results(comparison, palette));
    if (comparison.isOpenLoop()) {
      page.paragraph(Wording.RESPONSE_TIME);
    }
    if (CellTables.hasThinFigures(comparison)) {
      page.paragraph(Wording.THIN);
    }
    IntervalTable.of(comparison, palette).ifPresent(page::table);
  }

  private void method(Page page) {
    page.section(2, "How it was measured, and its limits");
    page.paragraph(Wording.QUESTION);
    page.paragraph(Wording.SERVICE_TIME);
    if (isOpenLoop()) {
      page.paragraph(Wording.OPEN_LOOP);
    }
    page.paragraph(Wording.noise(rounds()));
    page.bullets(Wording.limits());
    method.writeTo(page);
    page.section(3, "Guarantees");
    page.paragraph(
        "What a strategy and policy declare to hold. A declared guarantee counts as kept only with"
            + " a verdict that says so. "
            + VerdictWording.of(run).source());
    page.bullets(Wording.guarantees());
    page.section(3, "Environment");
    page.table(values("Machine and settings", environment()));
    page.table(values("Parameters", run.parameters()));
  }

  /** All workloads in the order of measuring. */
  private List<String> workloads() {
    return sections.stream()
        .map(section -> section.comparison().subject().workload())
        .distinct()
        .toList();
  }

  private List<Section> of(String workload) {
    return sections.stream()
        .filter(section -> section.comparison().subject().workload().equals(workload))
        .toList();
  }

  private String title() {
    String question = "What does locking a direct write cost?";
    return EmulatedDisks.names(run)
        .map(names -> "%s (%s)".formatted(question, names))
        .orElse(question);
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("profile", run.profile()));
    facts.add(new Fact("device", environment("device")));
    facts.add(new Fact("file system", environment("fileSystem")));
    facts.add(new Fact("kernel", environment("kernel")));
    facts.add(new Fact("date", DATE.format(run.started())));
    facts.add(new Fact("took", Numbers.count(Math.rint(run.elapsedSeconds())) + " s"));
    facts.add(new Fact("cells", String.valueOf(run.cells().size())));
    facts.add(new Fact("seed", String.valueOf(run.seed())));
    facts.add(new Fact("commit", commit(SHORT_HASH)));
    return facts;
  }

  private String commit(int length) {
    String hash = run.git().commit();
    return hash.substring(0, Math.min(length, hash.length()))
        + (run.git().dirty() ? " with changes" : "");
  }

  private String environment(String name) {
    return String.valueOf(run.environment().getOrDefault(name, "unknown"));
  }

  private void contradictions(Page page) {
    if (!contradictions.isEmpty()) {
      page.warning("The raw files of this run contradict each other; do not rely on its figures.");
      page.bullets(contradictions);
    }
  }

  private void stolen(Page page) {
    if (run.environment().get("stealPercent") instanceof Number percent
        && percent.doubleValue() >= NOTABLE_STEAL_PERCENT) {
      page.warning(
          "The hypervisor gave %s %% of the CPU time to others while this was measured."
              .formatted(percent));
    }
  }

  private boolean isOpenLoop() {
    return run.cells().stream().anyMatch(cell -> cell.openLoop() != null);
  }

  private List<Integer> rounds() {
    return run.cells().stream().map(cell -> cell.throughput().rounds()).toList();
  }

  private Map<String, Object> environment() {
    Map<String, Object> values = new LinkedHashMap<>(run.environment());
    values.put("commit", commit(Integer.MAX_VALUE));
    return values;
  }

  private static Table values(String caption, Map<String, Object> values) {
    List<Row> rows =
        values.entrySet().stream()
            .map(
                entry ->
                    new Row(
                        List.of(
                            Entry.plain(entry.getKey()),
                            Entry.plain(String.valueOf(entry.getValue()))),
                        false))
            .toList();
    return new Table(caption, List.of(new Column("name", false), new Column("value", false)), rows);
  }
}
