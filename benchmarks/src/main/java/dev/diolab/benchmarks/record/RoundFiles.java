package dev.diolab.benchmarks.record;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.diolab.results.run.CellHistograms;
import dev.diolab.results.run.HistogramFile;
import dev.diolab.results.run.Interval;
import dev.diolab.results.run.Phase;
import dev.diolab.results.run.Slices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a fork hands what it measured to the parent: {@code BASE.json} and {@code BASE.hlog}. */
public final class RoundFiles {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private RoundFiles() {}

  /**
   * What a fork left behind.
   *
   * @param slices what was done from slice to slice; null where nobody asked
   */
  public record Round(
      RoundResult result,
      CellHistograms histograms,
      Instant start,
      Instant end,
      @Nullable Slices slices) {}

  private record Contents(RoundResult result, String start, String end, @Nullable Slices slices) {}

  /**
   * The base of the files of one part of what a fork measured; the fork's own base where it
   * measured one thing only.
   *
   * @param part label of the part, empty where there are none
   */
  public static Path ofPart(Path base, String part) {
    return part.isEmpty() ? base : withSuffix(base, "." + part.replaceAll("[^a-z0-9]+", "-"));
  }

  /** Writes both files; the JSON last, so that its presence says that the round is complete. */
  public static void write(
      Path base, RoundResult result, PhaseRecorder recorder, Instant start, Instant end)
      throws IOException {
    List<Interval> intervals = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      if (phase.isOfEveryOperation() || recorder.of(phase).getTotalCount() > 0) {
        intervals.add(new Interval(phase, start, end, recorder.of(phase)));
      }
    }
    HistogramFile.write(withSuffix(base, ".hlog"), start, intervals);
    MAPPER.writeValue(
        withSuffix(base, ".json").toFile(),
        new Contents(result, start.toString(), end.toString(), recorder.slices().orElse(null)));
  }

  /** Whether the fork of {@code base} came to its end. */
  public static boolean exist(Path base) {
    return Files.exists(withSuffix(base, ".json"));
  }

  /** Reads both files. */
  public static Round read(Path base) throws IOException {
    Contents contents = MAPPER.readValue(withSuffix(base, ".json").toFile(), Contents.class);
    return new Round(
        contents.result(),
        HistogramFile.read(withSuffix(base, ".hlog"), 1),
        Instant.parse(contents.start()),
        Instant.parse(contents.end()),
        contents.slices());
  }

  private static Path withSuffix(Path base, String suffix) {
    return base.resolveSibling(base.getFileName() + suffix);
  }
}
