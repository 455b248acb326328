package dev.diolab.results.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of one verification together. What was tried and what fell is summed; messages and
 * cases are those of the lowest shard that has them.
 */
public final class Merge {
  private static final int NAMED_SHARDS = 8;

  private final List<Verification> parts;
  private final Verification first;

  private Merge(List<Verification> parts) {
    this.parts =
        parts.stream()
            .sorted(Comparator.comparingInt(part -> part.parts().getFirst().number()))
            .toList();
    this.first = this.parts.getFirst();
  }

  /**
   * The verification that {@code parts}, in any order, are the shards of.
   *
   * @throws IllegalArgumentException if the parts do not belong together (code, seed, profile,
   *     number of shards, cells or declarations differ), or a shard is missing or there twice; the
   *     message says which and how
   */
  public static Verification of(List<Verification> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to merge");
    }
    return new Merge(parts).merged();
  }

  private Verification merged() {
    requireSame("code", part -> part.code().digest());
    requireSame("seed", Verification::seed);
    requireSame("profile", Verification::profile);
    requireSame("number of shards", part -> part.parts().getFirst().count());
    requireSame("strategies and policies", part -> cellNames(part));
    requireEachShardOnce();
    List<VerifiedCell> cells = cells();
    return new Verification(
        Verification.SCHEMA,
        code(),
        first.profile(),
        first.seed(),
        parts.stream()
            .flatMap(part -> part.parts().stream())
            .sorted(Comparator.comparingInt(Shard::number))
            .map(Shard::toString)
            .toList(),
        parts.stream().map(Verification::start).sorted().findFirst().orElseThrow().toString(),
        parts.stream().mapToDouble(Verification::seconds).sum(),
        cells.stream().mapToLong(VerifiedCell::states).sum(),
        cells,
        corruption());
  }

  private void requireSame(String what, Function<Verification, Object> property) {
    for (Verification part : parts) {
      if (!property.apply(part).equals(property.apply(first))) {
        throw new IllegalArgumentException(
            "the %s of shard %s is %s, but that of shard %s is %s"
                .formatted(
                    what,
                    part.shards().getFirst(),
                    property.apply(part),
                    first.shards().getFirst(),
                    property.apply(first)));
      }
    }
  }

  private static String cellNames(Verification part) {
    return part.cells().stream()
        .map(VerifiedCell::name)
        .sorted()
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private void requireEachShardOnce() {
    Map<Integer, Integer> times = new TreeMap<>();
    parts.stream()
        .flatMap(part -> part.parts().stream())
        .forEach(shard -> times.merge(shard.number(), 1, Integer::sum));
    int count = first.parts().getFirst().count();
    List<String> wrong = new ArrayList<>();
    named(
            count,
            IntStream.rangeClosed(1, count).filter(i -> !times.containsKey(i)).boxed().toList())
        .ifPresent(names -> wrong.add("missing: " + names));
    named(count, times.keySet().stream().filter(i -> times.getOrDefault(i, 0) > 1).toList())
        .ifPresent(names -> wrong.add("more than once: " + names));
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "these are not all %d shards, each once; %s".formatted(count, String.join("; ", wrong)));
    }
  }

  private static Optional<String> named(int count, List<Integer> numbers) {
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    String names =
        numbers.stream()
            .limit(NAMED_SHARDS)
            .map(number -> number + "/" + count)
            .collect(Collectors.joining(", "));
    int more = numbers.size() - NAMED_SHARDS;
    return Optional.of(more > 0 ? names + " and " + more + " more" : names);
  }

  /** The same code may have been built from several commits; then none is named. */
  private Code code() {
    boolean sameCommit =
        parts.stream()
            .allMatch(part -> Objects.equals(part.code().commit(), first.code().commit()));
    return new Code(
        first.code().digest(),
        sameCommit ? first.code().commit() : null,
        parts.stream().anyMatch(part -> part.code().dirty()));
  }

  private List<VerifiedCell> cells() {
    List<VerifiedCell> cells = new ArrayList<>();
    for (VerifiedCell cell : first.cells()) {
      VerifiedCell sum = cell;
      for (Verification part : parts.subList(1, parts.size())) {
        sum = sum(sum, part.cell(cell.strategy(), cell.policy()).orElseThrow());
      }
      cells.add(sum);
    }
    return cells;
  }

  private static VerifiedCell sum(VerifiedCell one, VerifiedCell other) {
    Map<String, GuaranteeVerdict> guarantees = new LinkedHashMap<>();
    one.guarantees().forEach(verdict -> guarantees.put(verdict.guarantee(), verdict));
    for (GuaranteeVerdict verdict : other.guarantees()) {
      guarantees.merge(verdict.guarantee(), verdict, (left, right) -> sum(one, left, right));
    }
    return new VerifiedCell(
        one.strategy(),
        one.policy(),
        one.ceiling() || other.ceiling(),
        one.runs() + other.runs(),
        one.states() + other.states(),
        List.copyOf(guarantees.values()));
  }

  private static GuaranteeVerdict sum(
      VerifiedCell cell, GuaranteeVerdict left, GuaranteeVerdict right) {
    if (left.declared() != right.declared()) {
      throw new IllegalArgumentException(
          "%s of %s is declared in one shard and not in another"
              .formatted(left.guarantee(), cell.name()));
    }
    return left.plus(right);
  }

  private @Nullable Corruption corruption() {
    return parts.stream()
        .map(Verification::corruption)
        .filter(Objects::nonNull)
        .reduce(Corruption::plus)
        .orElse(null);
  }
}
