package dev.diolab.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diolab.results.SyntheticRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCheckTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Fields of run.json and the percentile that each states. */
  private static final Map<String, Double> PERCENTILES =
      Map.of("p50Us", 50.0, "p90Us", 90.0, "p99Us", 99.0, "p999Us", 99.9, "maxUs", 100.0);

  @TempDir private static Path directory;
  private static RunFile run;

  @BeforeAll
  static void measure() throws IOException {
    run =
        SyntheticRun.in(directory, 5)
            .operationsPerRound(1_000)
            .add("TSO32", "unwritten, fdatasync", 32768, true, 8)
            .offered(new Offered("constant", 2_000, null))
            .add("PAGE-OVERWRITE", "4k-write", 4096, false, 8)
            .run();
  }

  @BeforeEach
  void writeRun() throws IOException {
    run.write(directory.resolve("run.json"));
  }

  @Test
  void aRunAsItWasWrittenIsFreeOfContradictions() throws IOException {
    assertThat(contradictions()).isEmpty();
  }

  /** With HdrHistogram's own reader and nothing of ours but the names of the fields. */
  @Test
  void percentilesRecomputedFromTheLogEqualThoseOfRunJson() throws IOException {
    JsonNode cells = MAPPER.readTree(directory.resolve("run.json").toFile()).get("cells");
    int compared = 0;
    for (JsonNode cell : cells) {
      Histogram total = merged(cell, "total");
      assertThat(total.getTotalCount()).isEqualTo(cell.get("operations").asLong());
      compared += comparePercentiles(cell, total);
      for (Map.Entry<String, JsonNode> phase : cell.get("phases").properties()) {
        compared += comparePercentiles(phase.getValue(), merged(cell, phase.getKey()));
      }
      if (cell.has("sync")) {
        compared += comparePercentiles(cell.get("sync"), merged(cell, "sync"));
      }
      if (cell.has("openLoop")) {
        JsonNode response = cell.get("openLoop").get("response");
        compared += comparePercentiles(response, merged(cell, "response"));
      }
    }
    assertThat(compared)
        .as("5 of operations, 2 of each phase, 3 of syncs or 5 of responses")
        .isEqualTo(5 * 20 + 5 * 22);
  }

  /** How many percentiles a part of {@code run.json} has, all of which were compared. */
  private static int comparePercentiles(JsonNode stated, Histogram recorded) {
    int compared = 0;
    for (Map.Entry<String, Double> percentile : PERCENTILES.entrySet()) {
      JsonNode value = stated.get(percentile.getKey());
      if (value != null) {
        double recomputed = recorded.getValueAtPercentile(percentile.getValue()) / 1e3;
        assertThat(value.asDouble())
            .as(percentile.getKey())
            .isCloseTo(recomputed, Percentage.withPercentage(0.1));
        compared++;
      }
    }
    return compared;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/operations",
        "/p50Us",
        "/p90Us",
        "/p99Us",
        "/p999Us",
        "/maxUs",
        "/phases/lockWait/p50Us",
        "/phases/mapping/p99Us",
        "/phases/device/meanUs",
        "/phases/conversion/p50Us",
        "/phases/journalWait/meanUs",
        "/phases/total/p99Us",
        "/sync/count",
        "/sync/p50Us",
        "/sync/p99Us",
        "/sync/maxUs",
        "/opsPerSecond"
      })
  void aChangedFigureIsFound(String pointer) throws IOException {
    Path file = directory.resolve("run.json");
    ObjectNode tree = (ObjectNode) MAPPER.readTree(file.toFile());
    int slash = pointer.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) tree.at("/cells/1" + pointer.substring(0, slash));
    String field = pointer.substring(slash + 1);
    if (parent.get(field).isIntegralNumber()) {
      parent.put(field, parent.get(field).asLong() + 1);
    } else {
      parent.put(field, parent.get(field).asDouble() * 1.2);
    }
    MAPPER.writeValue(file.toFile(), tree);

    assertThat(contradictions())
        .singleElement()
        .asString()
        .startsWith("TSO32, unwritten, fdatasync, placeholder, end-io, 8 threads, file: ")
        .contains(pointer.substring(1).replace('/', '.'));
  }

  private List<String> contradictions() throws IOException {
    RunDirectory run = RunDirectory.read(directory);
    List<String> found = new ArrayList<>();
    for (Cell cell : run.run().cells()) {
      found.addAll(RunCheck.contradictions(cell, run.histograms(cell)));
    }
    return found;
  }

  private Histogram merged(JsonNode cell, String tag) throws IOException {
    Histogram sum = new Histogram(3);
    try (HistogramLogReader reader =
        new HistogramLogReader(directory.resolve(cell.get("histogram").asText()).toFile())) {
      while (reader.hasNext()) {
        EncodableHistogram next = reader.nextIntervalHistogram();
        if (next instanceof Histogram histogram && tag.equals(next.getTag())) {
          sum.add(histogram);
        }
      }
    }
    return sum;
  }
}
