package dev.diolab.results.verify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.diolab.results.run.Require;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contents of {@code verify.json}: what was attacked and what held. The schema is documented in
 * {@code results/docs/verify-json.md}; a component that is not {@code @Nullable} is a mandatory
 * field.
 *
 * @param schema {@link #SCHEMA}
 * @param code the code that was attacked
 * @param profile the profile that was asked for, e.g. {@code quick}
 * @param seed the seed of all randomness
 * @param shards the parts that this holds, each {@code i/n} with the same {@code n}, none twice; a
 *     run that was not dealt out holds {@code 1/1}
 * @param started when the run began, ISO 8601 in UTC; the earliest of merged parts
 * @param seconds how long it took; the sum of merged parts
 * @param states crash states of all cells
 * @param cells what was found, one entry for each strategy and policy that was asked for, also
 *     where none of its cases fell into this part
 * @param corruption what became of damaged metadata, where that was tried
 */
public record Verification(
    int schema,
    Code code,
    String profile,
    long seed,
    List<String> shards,
    String started,
    double seconds,
    long states,
    List<VerifiedCell> cells,
    @Nullable Corruption corruption) {

  /** The schema that this version reads and writes. */
  public static final int SCHEMA = 1;

  /** Refuses another schema, bad values, bad shards, and two cells of the same name. */
  public Verification {
    Require.that(
        schema == SCHEMA, "schema is %d, but this diolab reads %d of verify.json", schema, SCHEMA);
    Require.quantity("seconds", seconds);
    Require.count("states", states);
    requireInstant(started);
    shards = Require.list("shards", shards);
    requireShards(shards.stream().map(Shard::parse).toList());
    cells = Require.list("cells", cells);
    Set<String> names = new HashSet<>();
    for (VerifiedCell cell : cells) {
      Require.that(names.add(cell.name()), "two cells are of %s", cell.name());
    }
    long sum = cells.stream().mapToLong(VerifiedCell::states).sum();
    Require.that(sum == states, "states is %d, but the cells have %d together", states, sum);
  }

  private static void requireInstant(String started) {
    try {
      Instant.parse(started);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "started is \"%s\", but must be an ISO 8601 time in UTC".formatted(started), e);
    }
  }

  private static void requireShards(List<Shard> shards) {
    Require.that(!shards.isEmpty(), "shards is empty; a run that was not dealt out holds 1/1");
    Require.that(
        shards.stream().map(Shard::count).distinct().count() == 1,
        "shards are of different numbers: %s",
        shards);
    Require.that(
        shards.stream().distinct().count() == shards.size(), "a shard is there twice: %s", shards);
  }

  /** The shards as numbers. */
  public List<Shard> parts() {
    return shards.stream().map(Shard::parse).toList();
  }

  /** Whether every part is there. */
  @JsonIgnore
  public boolean isComplete() {
    return parts().getFirst().count() == shards.size();
  }

  /** Whether no declared guarantee fell, and no damaged metadata got by or ended badly. */
  @JsonIgnore
  public boolean isClean() {
    return cells.stream().allMatch(cell -> cell.failures().isEmpty())
        && (corruption == null || corruption.failures() == 0);
  }

  /** When it began. */
  public Instant start() {
    return Instant.parse(started);
  }

  /** The cell of a strategy with a policy, if there is one. */
  public Optional<VerifiedCell> cell(String strategy, String policy) {
    return cells.stream()
        .filter(cell -> cell.strategy().equals(strategy) && cell.policy().equals(policy))
        .findFirst();
  }
}
