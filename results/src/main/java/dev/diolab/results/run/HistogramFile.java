package dev.diolab.results.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * A cell's file {@code hdr/*.hlog} in the log format of HdrHistogram: one interval for each round
 * and phase, its tag the phase's, its values nanoseconds. Any HdrHistogram tool reads it.
 */
public final class HistogramFile {
  /** The maxima that the log shows for people are in microseconds. */
  private static final double NANOSECONDS_PER_UNIT = 1000.0;

  private static final Map<String, Phase> PHASE_BY_TAG =
      Stream.of(Phase.values()).collect(Collectors.toMap(Phase::tag, phase -> phase));

  private HistogramFile() {}

  /**
   * Writes the whole file or, on failure, nothing.
   *
   * @param started the time from which the file counts its intervals
   */
  public static void write(Path file, Instant started, List<Interval> intervals)
      throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    HistogramLogWriter writer = new HistogramLogWriter(log);
    writer.outputLogFormatVersion();
    writer.outputComment("[diolab: values in nanoseconds, maxima shown in microseconds]");
    writer.outputBaseTime(started.toEpochMilli());
    writer.outputStartTime(started.toEpochMilli());
    writer.outputLegend();
    for (Interval interval : intervals) {
      Histogram tagged = interval.nanoseconds().copy();
      tagged.setTag(interval.phase().tag());
      writer.outputIntervalHistogram(
          seconds(started, interval.start()),
          seconds(started, interval.end()),
          tagged,
          NANOSECONDS_PER_UNIT);
    }
    writer.close();
    AtomicFile.write(file, log.toByteArray());
  }

  /**
   * Reads the histograms of a cell.
   *
   * @param rounds how many intervals each recorded phase must have
   * @throws RunFormatException if the file is missing, damaged, or holds another number of rounds
   */
  public static CellHistograms read(Path file, int rounds) throws IOException {
    Map<Phase, List<Histogram>> byPhase = decode(file);
    for (Phase phase : Phase.values()) {
      int found = byPhase.getOrDefault(phase, List.of()).size();
      if (found != rounds && (found != 0 || phase == Phase.TOTAL)) {
        throw new RunFormatException(
            "%s holds %d intervals with the tag %s, but run.json says %d rounds"
                .formatted(file, found, phase.tag(), rounds));
      }
    }
    return new CellHistograms(byPhase);
  }

  private static Map<Phase, List<Histogram>> decode(Path file) throws IOException {
    Map<Phase, List<Histogram>> byPhase = new EnumMap<>(Phase.class);
    try {
      HistogramLog.read(
          file,
          (tag, histogram) -> {
            Phase phase = PHASE_BY_TAG.get(tag);
            if (phase != null) {
              byPhase.computeIfAbsent(phase, any -> new ArrayList<>()).add(histogram);
            }
          });
    } catch (NoSuchFileException e) {
      throw new RunFormatException("%s does not exist, but run.json names it".formatted(file), e);
    } catch (DataFormatException | RuntimeException e) {
      // Each kind of damage ends in another exception of Java's.
      throw new RunFormatException("%s is damaged: %s".formatted(file, e.getMessage()), e);
    }
    return byPhase;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
