package dev.diolab.results.across;

import dev.diolab.results.compare.FileNames;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.run.CellHistograms;
import dev.diolab.results.run.HistogramFile;
import dev.diolab.results.run.Interval;
import dev.diolab.results.run.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * Puts the histograms of repeated runs together: for each cell that two of them have one file in
 * the log format of HdrHistogram, with the rounds of all runs as its intervals.
 */
public final class MergedLogs {
  private MergedLogs() {}

  /** Whether every run repeats the first, so that their operations are of one kind. */
  public static boolean canBeMergedFrom(SideBySide runs) {
    Side first = runs.sides().getFirst();
    return runs.repeats().stream().filter(repeat -> repeat.one().equals(first)).count()
        == runs.sides().size() - 1;
  }

  /**
   * Writes the files.
   *
   * @param directory is made if it is missing
   * @return the files, in the order of the cells
   */
  public static List<Path> write(SideBySide runs, Path directory) throws IOException {
    Files.createDirectories(directory);
    Instant started =
        runs.sides().stream()
            .map(side -> side.run().started())
            .min(Instant::compareTo)
            .orElseThrow();
    List<Path> files = new ArrayList<>();
    FileNames names = new FileNames();
    for (Place place : runs.places()) {
      List<Interval> intervals = new ArrayList<>();
      for (Side side : runs.sides()) {
        Optional<Measured> measured = side.at(place);
        if (measured.isPresent()) {
          add(intervals, side.source().histograms(measured.get().cell()));
        }
      }
      Path file = directory.resolve(names.of(slug(place)) + ".hlog");
      HistogramFile.write(file, started, intervals);
      files.add(file);
    }
    return files;
  }

  private static void add(List<Interval> intervals, CellHistograms histograms) {
    for (Phase phase : Phase.values()) {
      for (Histogram round : histograms.rounds(phase)) {
        intervals.add(
            new Interval(
                phase,
                Instant.ofEpochMilli(round.getStartTimeStamp()),
                Instant.ofEpochMilli(round.getEndTimeStamp()),
                round));
      }
    }
  }

  /** The place in lower-case letters, digits and dashes; places may differ in other signs only. */
  private static String slug(Place place) {
    return place.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
