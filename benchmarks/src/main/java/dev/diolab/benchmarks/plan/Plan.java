package dev.diolab.benchmarks.plan;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.strategies.Policies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The cells of a run and the order in which they take their turns.
 *
 * <p>Cells that differ in strategy and policy only are compared, so they run next to each other,
 * and so do those of a block with controls; in each round their order is shuffled anew from the
 * seed, and a round of the whole run ends before the next begins. A drift of the disk or the
 * machine then meets all strategies alike, and a twin as the cell that it repeats.
 */
public final class Plan {
  private static final long MIB = 1L << 20;

  /** What a chunk of TSO32 stands for; see facts on databases, P1. */
  private static final long CHUNK_BYTES = 32 * MIB;

  /** The largest log of WAL-COMMIT, and all logs of SEG-ROLL, on a hard disk. */
  public static final long HARD_DISK_LOG_BYTES = 2 * MIB;

  /** A log of WAL-COMMIT beyond this has segments of it. */
  private static final long SEGMENT_BYTES = 16 * MIB;

  /** What the smallest files of BROKER-APPEND, SEG-ROLL or IBD-GROW take together. */
  private static final long SMALL_FILES_BYTES = 4 * MIB;

  /** What a block of a profile writes to be measured with every policy. */
  private static final String ALL_POLICIES = "all";

  private final List<CellPlan> cells;
  private final List<Turn> turns;

  private Plan(List<CellPlan> cells, List<Turn> turns) {
    this.cells = List.copyOf(cells);
    this.turns = List.copyOf(turns);
  }

  /**
   * The same plan with test files on the image of at most {@code bytes}; those of TSO32, SCAN+PUNCH
   * and LSM-FLUSH+WAL in whole chunks.
   *
   * @throws Failure when not even one chunk fits
   */
  public Plan withFilesUpTo(long bytes) {
    return with(cell -> fit(cell, bytes));
  }

  private Plan with(UnaryOperator<CellPlan> change) {
    return new Plan(
        cells.stream().map(change).toList(),
        turns.stream().map(turn -> new Turn(change.apply(turn.cell()), turn.round())).toList());
  }

  /**
   * The same plan with as much work as a hard disk does in minutes: TSO32 fills one chunk, all
   * files of LSM-FLUSH+WAL fit one, the logs of WAL-COMMIT and SEG-ROLL have at most {@link
   * #HARD_DISK_LOG_BYTES}. Everything else runs for a time, or is sorted by the cache of the disk.
   */
  public Plan forHardDisk() {
    UnaryOperator<CellPlan> less =
        cell ->
            switch (cell.workload()) {
              case TSO32, LSM_FLUSH_WAL -> cell.withFileBytes(CHUNK_BYTES);
              case WAL_COMMIT, SEG_ROLL ->
                  cell.withFileBytes(Math.min(cell.fileBytes(), HARD_DISK_LOG_BYTES));
              default -> cell;
            };
    return with(less);
  }

  private static CellPlan fit(CellPlan cell, long bytes) {
    if (!cell.workload().onFile() || cell.fileBytes() <= bytes) {
      return cell;
    }
    long unit = unit(cell.workload());
    long fitting = bytes / unit * unit;
    if (fitting == 0) {
      throw Failure.usage(
          "the image is too small for " + cell.workload().label() + ": give a larger --size");
    }
    return cell.withFileBytes(fitting);
  }

  private static long unit(Workload workload) {
    return switch (workload) {
      case TSO32, SCAN_PUNCH, LSM_FLUSH_WAL -> CHUNK_BYTES;
      case WAL_COMMIT -> SEGMENT_BYTES;
      case BROKER_APPEND, SEG_ROLL, IBD_GROW -> SMALL_FILES_BYTES;
      default -> MIB;
    };
  }

  /**
   * Applies {@code selection} to {@code profile}.
   *
   * @throws Failure when a name is unknown, a named workload does not take the threads, or nothing
   *     is left to measure
   */
  public static Plan of(Profile profile, Selection selection, long seed) {
    OpenLoops.requireArrivals(selection);
    List<List<CellPlan>> comparisons = once(comparisons(profile, selection));
    if (comparisons.isEmpty()) {
      throw Failure.usage(
          "nothing to measure: the profile has no cell of the workloads that " + asked(selection));
    }
    Offer offer = selection.offer();
    if (offer == null) {
      return of(comparisons, seed);
    }
    Double rate = offer.opsPerSecond();
    if (rate == null) {
      List<List<CellPlan>> swept =
          selection.threads().isEmpty() ? busiest(comparisons) : comparisons;
      return sweep(swept, loads(profile, offer), selection, seed);
    }
    OfferedLoad load = OfferedLoad.rate(offer.arrivals(), rate);
    return of(comparisons, seed).with(cell -> OpenLoops.offered(cell, load, selection));
  }

  /**
   * What several blocks come to, since options may make them alike, is measured as the first says.
   */
  private static List<List<CellPlan>> once(List<List<CellPlan>> comparisons) {
    Set<String> ids = new HashSet<>();
    return comparisons.stream()
        .map(comparison -> comparison.stream().filter(cell -> ids.add(cell.id())).toList())
        .filter(comparison -> !comparison.isEmpty())
        .toList();
  }

  /** Of each workload and variant the comparison with the most threads, to be done soon. */
  private static List<List<CellPlan>> busiest(List<List<CellPlan>> comparisons) {
    Map<String, List<CellPlan>> byVariant = new LinkedHashMap<>();
    for (List<CellPlan> comparison : comparisons) {
      CellPlan first = comparison.getFirst();
      byVariant.merge(
          first.workload().label() + " " + first.variant(),
          comparison,
          (one, other) -> other.getFirst().threads() > one.getFirst().threads() ? other : one);
    }
    return List.copyOf(byVariant.values());
  }

  private static String asked(Selection selection) {
    if (!selection.workloads().isEmpty()) {
      return selection.offer() == null
          ? "--workload names"
          : "--workload names, in a variant that can be offered a rate";
    }
    return selection.offer() == null
        ? "take as many threads as --threads names"
        : "can be offered a rate: " + OpenLoops.workloads();
  }

  private static Plan of(List<List<CellPlan>> comparisons, long seed) {
    return new Plan(comparisons.stream().flatMap(List::stream).toList(), turns(comparisons, seed));
  }

  /**
   * First what each strategy does in a closed loop, in all rounds; then all loads, for which it has
   * to be known, and strategies take turns at each of them. One comparison after the other, so that
   * little time lies between a capacity and its loads.
   */
  private static Plan sweep(
      List<List<CellPlan>> comparisons, List<OfferedLoad> loads, Selection selection, long seed) {
    List<CellPlan> cells = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    for (List<CellPlan> comparison : comparisons) {
      // Loads are not told apart from each other, so that nobody asks for their noise.
      List<CellPlan> capacities = comparison.stream().filter(cell -> !cell.twin()).toList();
      List<List<CellPlan>> underLoad = new ArrayList<>();
      for (OfferedLoad load : loads) {
        underLoad.add(
            capacities.stream().map(cell -> OpenLoops.offered(cell, load, selection)).toList());
      }
      Plan capacity = of(List.of(capacities), seed);
      Plan offered = of(underLoad, Seeds.derive(seed, "loads"));
      for (Plan part : List.of(capacity, offered)) {
        cells.addAll(part.cells);
        turns.addAll(part.turns);
      }
    }
    return new Plan(cells, turns);
  }

  private static List<OfferedLoad> loads(Profile profile, Offer offer) {
    return OpenLoops.percents(profile).stream()
        .map(percent -> OfferedLoad.share(offer.arrivals(), percent))
        .toList();
  }

  /** All cells, in the profile's order. */
  public List<CellPlan> cells() {
    return cells;
  }

  /** All turns, in the order in which they are measured. */
  public List<Turn> turns() {
    return turns;
  }

  /** Whether any cell needs the image. */
  public boolean needsImage() {
    return cells.stream().anyMatch(cell -> cell.workload().onFile());
  }

  /** Size of the largest test file in bytes. */
  public long largestFileBytes() {
    return cells.stream()
        .filter(cell -> cell.workload().onFile())
        .mapToLong(CellPlan::fileBytes)
        .max()
        .orElse(0);
  }

  private static List<Turn> turns(List<List<CellPlan>> comparisons, long seed) {
    int rounds =
        comparisons.stream().flatMap(List::stream).mapToInt(CellPlan::rounds).max().orElse(0);
    List<Turn> turns = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      Random random = new Random(Seeds.derive(seed, round));
      for (List<CellPlan> comparison : comparisons) {
        List<CellPlan> order = new ArrayList<>(comparison);
        Collections.shuffle(order, random);
        for (CellPlan cell : order) {
          if (round <= cell.rounds()) {
            turns.add(new Turn(cell, round));
          }
        }
      }
    }
    return turns;
  }

  private static List<List<CellPlan>> comparisons(Profile profile, Selection selection) {
    List<List<CellPlan>> comparisons = new ArrayList<>();
    for (Block block : profile.blocks()) {
      Workload workload = Workload.byLabel(block.workload());
      if (!selection.workloads().isEmpty() && !selection.workloads().contains(workload)) {
        continue;
      }
      List<String> variants = variants(block, workload, selection);
      if (variants.isEmpty()) {
        continue;
      }
      List<Integer> threadCounts = threads(block, workload, selection);
      if (block.controls() != null) {
        for (int threads : threadCounts) {
          comparisons.add(withControls(profile, block, selection, workload, variants, threads));
        }
      } else {
        for (String variant : variants) {
          for (int threads : threadCounts) {
            comparisons.add(
                comparison(
                    profile,
                    block,
                    selection,
                    workload,
                    variant,
                    policies(block, selection),
                    threads));
          }
        }
      }
    }
    return comparisons;
  }

  /** Those of the block, of which an open loop leaves out what cannot be offered a rate. */
  private static List<String> variants(Block block, Workload workload, Selection selection) {
    return block.variants().stream()
        .filter(variant -> selection.offer() == null || workload.takesArrivals(variant))
        .toList();
  }

  /**
   * Those of the options, or of the block. What a workload cannot take is left out where it was not
   * asked for by name, like a workload that cannot be offered a rate.
   */
  private static List<Integer> threads(Block block, Workload workload, Selection selection) {
    if (workload.onFile() && !selection.threads().isEmpty()) {
      return selection.workloads().isEmpty()
          ? selection.threads().stream().filter(workload::takesThreads).toList()
          : selection.threads();
    }
    return block.threads();
  }

  /** Variants of a block, and its controls of each strategy's own policy. */
  private static List<CellPlan> withControls(
      Profile profile,
      Block block,
      Selection selection,
      Workload workload,
      List<String> variants,
      int threads) {
    List<CellPlan> cells = new ArrayList<>();
    for (String variant : variants) {
      cells.addAll(
          comparison(
              profile, block, selection, workload, variant, policies(block, selection), threads));
    }
    for (String control : Objects.requireNonNull(block.controls())) {
      cells.addAll(comparison(profile, block, selection, workload, control, List.of(), threads));
    }
    return cells;
  }

  private static List<CellPlan> comparison(
      Profile profile,
      Block block,
      Selection selection,
      Workload workload,
      String variant,
      List<String> policies,
      int threads) {
    Contender.requireTaken(selection.strategies(), selection.policies());
    requireTaken(workload, threads);
    // EXTENT-LOOKUP takes no lock of a strategy: it is measured once, under the ceiling's name.
    List<Contender> contenders =
        workload == Workload.EXTENT_LOOKUP
            ? List.of(Contender.ceiling())
            : Contender.cross(selection.strategies(), policies);
    List<CellPlan> cells =
        contenders.stream()
            .map(
                contender ->
                    new CellPlan(
                        workload,
                        variant,
                        contender.strategy(),
                        contender.policy(),
                        threads,
                        seconds(block, selection),
                        warmupSeconds(block, selection),
                        fileBytes(block),
                        rounds(profile, block, selection)))
            .toList();
    return Stream.concat(cells.stream(), twin(block, cells)).toList();
  }

  /** The first cell of the strategy that the block wants twice, where it was chosen. */
  private static Stream<CellPlan> twin(Block block, List<CellPlan> cells) {
    return cells.stream()
        .filter(cell -> cell.strategy().equals(block.twin()))
        .limit(1)
        .map(CellPlan::asTwin);
  }

  private static void requireTaken(Workload workload, int threads) {
    if (threads > workload.mostThreads()) {
      throw Failure.usage(
          workload.label() + " takes at most " + workload.mostThreads() + " threads");
    }
    if (threads < workload.leastThreads()) {
      throw Failure.usage(
          workload.label() + " needs at least " + workload.leastThreads() + " threads");
    }
  }

  private static List<String> policies(Block block, Selection selection) {
    if (!selection.policies().isEmpty()) {
      return selection.policies();
    }
    if (block.policies() == null) {
      return List.of();
    }
    return block.policies().equals(List.of(ALL_POLICIES))
        ? Policies.all().stream().map(ConversionPolicy::name).toList()
        : block.policies();
  }

  private static double seconds(Block block, Selection selection) {
    if (block.seconds() == null) {
      return 0;
    }
    return selection.seconds() == null ? block.seconds() : selection.seconds();
  }

  private static double warmupSeconds(Block block, Selection selection) {
    if (block.warmupSeconds() == null) {
      return 0;
    }
    return selection.warmupSeconds() == null ? block.warmupSeconds() : selection.warmupSeconds();
  }

  private static long fileBytes(Block block) {
    if (block.chunks() != null) {
      return block.chunks() * CHUNK_BYTES;
    }
    return block.fileMiB() == null ? 0 : block.fileMiB() * MIB;
  }

  private static int rounds(Profile profile, Block block, Selection selection) {
    if (selection.rounds() != null) {
      return selection.rounds();
    }
    return block.rounds() == null ? profile.rounds() : block.rounds();
  }
}
