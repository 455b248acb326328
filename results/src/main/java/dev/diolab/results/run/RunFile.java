package dev.diolab.results.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contents of {@code run.json}. The schema is documented in {@code results/docs/run-json.md}; a
 * component that is not {@code @Nullable} is a mandatory field.
 *
 * @param schema {@link #SCHEMA}
 * @param started when the run began
 * @param elapsedSeconds how long the run took, set-up included
 * @param environment the machine and its settings: names to texts, numbers and truth values
 * @param git the source that measured
 * @param profile the profile that was asked for, e.g. {@code quick}
 * @param seed the seed of all randomness of the run
 * @param parameters what the profile and the options came to: names to texts, numbers and truth
 *     values
 * @param verdicts where the verdicts of the cells come from; absent in runs of versions that looked
 *     for none
 * @param cells what was measured; no two cells have the same key
 * @param twins cells that were measured once more under the same key, in turn with all others, to
 *     show how far equals come apart; absent where none were
 */
public record RunFile(
    String schema,
    Instant started,
    double elapsedSeconds,
    Map<String, Object> environment,
    Git git,
    String profile,
    long seed,
    Map<String, Object> parameters,
    @Nullable VerdictSource verdicts,
    List<Cell> cells,
    @Nullable List<Cell> twins) {

  /** The schema that this version reads and writes. */
  public static final String SCHEMA = "diolab-run/1";

  /** Refuses another schema, values that are not flat, and cells with the same key. */
  public RunFile {
    Require.that(
        schema.equals(SCHEMA), "schema is \"%s\", but this diolab reads \"%s\"", schema, SCHEMA);
    Require.quantity("elapsedSeconds", elapsedSeconds);
    environment = Require.flat("environment", environment);
    parameters = Require.flat("parameters", parameters);
    cells = Require.list("cells", cells);
    Set<CellKey> keys = new HashSet<>();
    for (Cell cell : cells) {
      Require.that(keys.add(cell.key()), "two cells have the key (%s)", cell.key());
    }
    twins = twins == null ? null : Require.list("twins", twins);
    for (Cell twin : twins == null ? List.<Cell>of() : twins) {
      Require.that(keys.contains(twin.key()), "no cell has the key of a twin (%s)", twin.key());
    }
  }

  /** A run without twins. */
  public RunFile(
      String schema,
      Instant started,
      double elapsedSeconds,
      Map<String, Object> environment,
      Git git,
      String profile,
      long seed,
      Map<String, Object> parameters,
      @Nullable VerdictSource verdicts,
      List<Cell> cells) {
    this(
        schema,
        started,
        elapsedSeconds,
        environment,
        git,
        profile,
        seed,
        parameters,
        verdicts,
        cells,
        null);
  }

  /** The twins, none where there are none. */
  public List<Cell> twinCells() {
    return twins == null ? List.of() : twins;
  }

  /**
   * Reads a {@code run.json}. Fields that this version does not know are skipped.
   *
   * @throws RunFormatException if the file is missing, truncated, or lacks a mandatory field
   */
  public static RunFile read(Path file) throws IOException {
    return RecordJson.read(file, RunFile.class);
  }

  /** Writes a {@code run.json}: the whole file or, on failure, nothing. */
  public void write(Path file) throws IOException {
    RecordJson.write(file, this);
  }
}
