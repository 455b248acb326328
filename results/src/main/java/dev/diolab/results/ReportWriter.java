package dev.diolab.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.diolab.results.chart.ChartNames;
import dev.diolab.results.chart.Charts;
import dev.diolab.results.chart.Drawing;
import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.ClawBack;
import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Interference;
import dev.diolab.results.compare.LoadSweep;
import dev.diolab.results.compare.LookupCurve;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.ScanEffect;
import dev.diolab.results.compare.Subject;
import dev.diolab.results.compare.TwinPairs;
import dev.diolab.results.report.Benchstat;
import dev.diolab.results.report.ClawBackSection;
import dev.diolab.results.report.InterferenceSection;
import dev.diolab.results.report.LookupSection;
import dev.diolab.results.report.MethodSection;
import dev.diolab.results.report.ReportContents;
import dev.diolab.results.report.ScanSection;
import dev.diolab.results.report.SweepSection;
import dev.diolab.results.run.AtomicFile;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.CellHistograms;
import dev.diolab.results.run.RunCheck;
import dev.diolab.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws the charts and writes the reports of a run from its raw files, which it never changes. Each
 * file is written whole or not at all; a second call gives the same files again. Charts, of which
 * there may be hundreds, are not forced to the device.
 */
public final class ReportWriter {
  /** The page to open first. */
  public static final String HTML = "report.html";

  private static final String MARKDOWN = "report.md";
  private static final String BENCHSTAT = "benchstat.txt";
  private static final String CHARTS = "charts";

  private final RunDirectory directory;
  private final List<Path> files = new ArrayList<>();
  private final List<String> contradictions = new ArrayList<>();

  /**
   * What was written.
   *
   * @param files all files, the HTML report first
   * @param contradictions where {@code run.json} and the histograms disagree, one sentence each;
   *     the reports show them first
   * @param clawBacks durable writes into preallocated space beside plain overwrites
   * @param sweeps sweeps over offered loads
   */
  public record Written(
      List<Path> files,
      List<String> contradictions,
      List<ClawBack> clawBacks,
      List<LoadSweep> sweeps) {}

  private ReportWriter(RunDirectory directory) {
    this.directory = directory;
  }

  /**
   * Writes the reports of a finished run.
   *
   * @throws dev.diolab.results.run.RunFormatException if the directory is no run directory, its run
   *     did not finish, or its raw files are damaged; nothing is written then
   */
  public static Written write(Path runDirectory) throws IOException {
    return write(RunDirectory.read(runDirectory));
  }

  /** Writes the reports into an opened run directory. */
  public static Written write(RunDirectory runDirectory) throws IOException {
    return new ReportWriter(runDirectory).write();
  }

  private Written write() throws IOException {
    List<Measured> measured = read(directory.run().cells());
    TwinPairs twins = TwinPairs.of(measured, read(directory.run().twinCells()));
    List<Measured> cells = twins.withFloors(measured);
    List<Comparison> comparisons = Comparison.of(cells);
    Palette palette = Palette.of(comparisons);
    List<ScanEffect> effects = ScanEffect.of(cells);
    List<ClawBack> shares = ClawBack.of(cells);
    List<LoadSweep> loads = LoadSweep.of(directory.run().cells());
    ChartNames names = ChartNames.of(subjects(comparisons, effects, shares, loads));
    LookupSection lookup = lookup();
    List<Drawing> drawings = new ArrayList<>();
    List<ReportContents.Section> sections =
        OnAllCpus.map(comparisons, comparison -> section(comparison, lookup, palette, names));
    sections.forEach(section -> drawings.addAll(section.drawings()));
    if (lookup != null) {
      drawings.add(lookup.drawing());
    }
    List<ScanSection> scans = new ArrayList<>();
    for (ScanEffect effect : effects) {
      scans.add(new ScanSection(effect, Charts.of(effect, palette, names)));
    }
    scans.forEach(scan -> drawings.add(scan.drawing()));
    List<ClawBackSection> clawBacks = clawBacks(shares, palette, names);
    for (ClawBackSection clawBack : clawBacks) {
      if (clawBack.drawing() != null) {
        drawings.add(clawBack.drawing());
      }
    }
    List<SweepSection> sweeps = new ArrayList<>();
    for (LoadSweep sweep : loads) {
      sweeps.add(new SweepSection(sweep, Charts.of(sweep, palette, names)));
    }
    sweeps.forEach(sweep -> drawings.addAll(sweep.drawings()));
    Files.createDirectories(directory.path().resolve(CHARTS));
    List<List<Path>> charts = OnAllCpus.map(drawings, this::draw);
    ReportContents contents =
        new ReportContents(
            directory.run(),
            palette,
            sections,
            lookup,
            scans,
            clawBacks,
            sweeps,
            Interference.of(cells).stream().map(InterferenceSection::new).toList(),
            new MethodSection(twins, cells),
            contradictions);
    write(HTML, contents.html());
    write(MARKDOWN, contents.markdown());
    write(BENCHSTAT, Benchstat.of(directory.run(), cells));
    charts.forEach(files::addAll);
    return new Written(
        List.copyOf(files),
        List.copyOf(contradictions),
        clawBacks.stream().map(ClawBackSection::clawBack).toList(),
        sweeps.stream().map(SweepSection::sweep).toList());
  }

  /** What charts are drawn of, in the order of the report; the curve of look-ups has one name. */
  private static List<Subject> subjects(
      List<Comparison> comparisons,
      List<ScanEffect> effects,
      List<ClawBack> shares,
      List<LoadSweep> loads) {
    List<Subject> subjects = new ArrayList<>();
    comparisons.forEach(comparison -> subjects.add(comparison.subject()));
    effects.forEach(effect -> subjects.add(effect.subject()));
    shares.forEach(share -> subjects.add(share.subject()));
    loads.forEach(load -> subjects.add(load.subject()));
    return subjects;
  }

  private static ReportContents.Section section(
      Comparison comparison, @Nullable LookupSection lookup, Palette palette, ChartNames names)
      throws IOException {
    // One strategy has nothing to be compared with; the curve shows its latencies at once.
    boolean isOnCurve = lookup != null && lookup.curve().includes(comparison.subject());
    return new ReportContents.Section(
        comparison, isOnCurve ? List.of() : Charts.of(comparison, palette, names));
  }

  private static List<ClawBackSection> clawBacks(
      List<ClawBack> clawBacks, Palette palette, ChartNames names) throws IOException {
    List<ClawBackSection> sections = new ArrayList<>();
    for (ClawBack clawBack : clawBacks) {
      sections.add(
          new ClawBackSection(
              clawBack, clawBack.groups().isEmpty() ? null : Charts.of(clawBack, palette, names)));
    }
    return sections;
  }

  private @Nullable LookupSection lookup() throws IOException {
    LookupCurve curve = LookupCurve.of(directory.run().cells()).orElse(null);
    return curve == null ? null : new LookupSection(curve, Charts.of(curve));
  }

  /** A cell with its histograms, and where the two disagree. */
  private record Read(Measured measured, List<String> contradictions) {}

  private List<Measured> read(List<Cell> cells) throws IOException {
    List<Read> read = OnAllCpus.map(cells, this::readOne);
    read.forEach(cell -> contradictions.addAll(cell.contradictions()));
    return read.stream().map(Read::measured).toList();
  }

  private Read readOne(Cell cell) throws IOException {
    CellHistograms histograms = directory.histograms(cell);
    return new Read(Measured.of(cell, histograms), RunCheck.contradictions(cell, histograms));
  }

  /** Writes a chart in both formats; it keeps what was drawn for the page. */
  private List<Path> draw(Drawing drawing) throws IOException {
    Path svg = directory.path().resolve(CHARTS).resolve(drawing.name() + ".svg");
    Path png = directory.path().resolve(CHARTS).resolve(drawing.name() + ".png");
    AtomicFile.writeUnforced(svg, drawing.svg().file().getBytes(UTF_8));
    AtomicFile.writeUnforced(png, drawing.png());
    return List.of(svg, png);
  }

  private void write(String name, String text) throws IOException {
    write(name, text.getBytes(UTF_8));
  }

  private void write(String name, byte[] contents) throws IOException {
    Path file = directory.path().resolve(name);
    AtomicFile.write(file, contents);
    files.add(file);
  }
}
