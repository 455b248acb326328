package dev.diolab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Offered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file for benchstat, by the rules of proposal 14313 of Go. */
class BenchstatTest {
  private static final List<String> STRATEGIES = List.of("i-mutex", "iomap-endio");
  private static final int ROUNDS = 2;

  /** A variant of each workload, in its most troublesome spelling. */
  private static final List<List<String>> CELLS =
      List.of(
          List.of("TSO32", "zeroed+fill, no sync, depth 16", "file"),
          List.of("PAGE-OVERWRITE", "16k-mixed", "uring"),
          List.of("SCAN+PUNCH", "4 files, between scans", "file"),
          List.of("AIO-RANDOM-SYNC", "4k, unwritten, submit", "emulated-nvme-plp"),
          List.of("WAL-COMMIT", "unwritten beyond EOF, dsync, log write", "file"),
          List.of("BROKER-APPEND", "16 files, fdatasync every 16, truncate ahead, append", "file"),
          List.of("SEG-ROLL", "zero-fill 128k, dsync, between creations", "file"),
          List.of("HEAP-EXTEND", "zeros, direct, write", "file"),
          List.of("IBD-GROW", "fallocate and zeros, page write", "file"),
          List.of("LSM-FLUSH+WAL", "4 flushers, unwritten beyond EOF, commit", "file"),
          List.of("INTERFERENCE", "4k reads beside 1m writes", "file"),
          List.of("LOCK-COST", "4k-write", "memory"),
          List.of("CACHED-READ", "4k", "memory"),
          List.of("EXTENT-LOOKUP", "1000000 extents", "memory"));

  private static final List<Offered> LOADS =
      List.of(
          new Offered("constant", 2_000, null),
          new Offered("poisson", 2_000, null),
          new Offered("poisson", 3_000, 50),
          new Offered("poisson", 6_000, 100));

  @TempDir private static Path directory;
  private static List<String> lines = List.of();

  @BeforeAll
  static void writeReports() throws IOException {
    SyntheticRun run = SyntheticRun.in(directory, 3).rounds(ROUNDS).operationsPerRound(50);
    run.environment("cpuModel", "two\nlines");
    for (List<String> cell : CELLS) {
      add(run, cell.get(0), cell.get(1), cell.get(2));
    }
    for (Offered load : LOADS) {
      run.offered(load);
      add(run, "PAGE-OVERWRITE", "4k-write", "file");
      add(run, "WAL-COMMIT", "recycled, dsync, commit", "file");
    }
    run.write();
    ReportWriter.write(directory);
    lines = Files.readAllLines(directory.resolve("benchstat.txt"));
  }

  private static void add(SyntheticRun run, String workload, String variant, String device)
      throws IOException {
    for (String strategy : STRATEGIES) {
      run.add(new CellKey(workload, variant, strategy, "zero-ahead-16", 8, device), 4096, false);
    }
  }

  @Test
  void everyLineIsOneThatBenchstatReads() {
    assertThat(lines)
        .allMatch(
            line ->
                line.startsWith("# ")
                    || line.startsWith("Unit ")
                    || line.matches("[a-z][^\\sA-Z:]*: \\S.*")
                    || line.startsWith("Benchmark"));
    assertThat(lines).contains("profile: quick", "cpu: two lines", "Unit MB/s better=higher");
    assertThat(results()).allSatisfy(BenchstatTest::isResult);
  }

  /** A name, how many operations, and pairs of value and unit. */
  private static void isResult(String line) {
    String[] fields = line.split(" ", -1);
    assertThat(fields[0]).matches("Benchmark[A-Z]\\S*").doesNotMatch(".*-\\d+");
    assertThat(Long.parseLong(fields[1])).isPositive();
    assertThat(fields.length % 2).isZero();
    Set<String> units = new HashSet<>();
    for (int i = 2; i < fields.length; i += 2) {
      assertThat(Double.parseDouble(fields[i])).as(line).isFinite().isNotNegative();
      assertThat(units.add(fields[i + 1])).as(fields[i + 1]).isTrue();
    }
    assertThat(units).contains("ns/op", "MB/s", "p50-ns/op", "p99-ns/op", "p99.9-ns/op");
    List<String> parts = Arrays.asList(fields[0].split("/", -1));
    assertThat(parts.subList(1, parts.size())).allMatch(part -> part.matches("[a-z]+=[^=]+"));
    assertThat(keys(parts))
        .containsSubsequence("variant", "strategy", "policy", "threads")
        .doesNotHaveDuplicates();
  }

  private static List<String> keys(List<String> parts) {
    return parts.stream().skip(1).map(part -> part.substring(0, part.indexOf('='))).toList();
  }

  @Test
  void eachCellHasANameOfItsOwnAndALineForEachRound() {
    var byName =
        results().stream()
            .collect(
                Collectors.groupingBy(
                    line -> line.substring(0, line.indexOf(' ')), Collectors.counting()));

    assertThat(byName).hasSize(STRATEGIES.size() * (CELLS.size() + 2 * LOADS.size()));
    assertThat(byName.values()).containsOnly((long) ROUNDS);
  }

  @Test
  void theStrategyIsAKeyByItself() {
    for (List<String> cell : CELLS) {
      for (String strategy : STRATEGIES) {
        assertThat(results())
            .anyMatch(
                line ->
                    line.startsWith("Benchmark" + cell.getFirst() + "/variant=")
                        && line.contains("/strategy=%s/policy=zero-ahead-16/".formatted(strategy)));
      }
    }
  }

  @Test
  void openLoopsHaveTheirLoadInTheNameAndTheirResponseTimes() {
    List<String> open = results().stream().filter(line -> line.contains("/rate=")).toList();

    assertThat(open)
        .hasSize(STRATEGIES.size() * 2 * LOADS.size() * ROUNDS)
        .allMatch(line -> line.contains(" response-p99-ns/op "))
        .anyMatch(line -> line.contains("/threads=8/rate=2000/arrivals=constant "))
        .anyMatch(line -> line.contains("/threads=8/rate=50%/arrivals=poisson "));
    assertThat(results().stream().filter(line -> line.contains("response-")).toList())
        .isEqualTo(open);
  }

  @Test
  void commitAndSeedDoNotKeepRunsApart() {
    assertThat(lines)
        .contains("# commit: 89d48d6f0c2b7a1e5d3c4b6a79880123456789ab", "# seed: 12345")
        .noneMatch(line -> line.startsWith("commit:") || line.startsWith("seed:"));
  }

  private static List<String> results() {
    return lines.stream().filter(line -> line.startsWith("Benchmark")).toList();
  }
}
