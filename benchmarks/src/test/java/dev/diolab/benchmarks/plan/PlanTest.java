package dev.diolab.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.Failure;
import dev.diolab.strategies.Strategies;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Profile PROFILE =
      new Profile(
          "for this test",
          256,
          3,
          64,
          List.of(
              new Block(
                  "PAGE-OVERWRITE",
                  List.of("4k-write"),
                  List.of(1, 4),
                  1.0,
                  0.5,
                  64,
                  null,
                  null,
                  null,
                  null),
              new Block(
                  "TSO32",
                  List.of("unwritten, dsync"),
                  List.of(4),
                  null,
                  null,
                  null,
                  2,
                  1,
                  null,
                  null)));

  private static final int STRATEGIES = Strategies.all().size();

  @Test
  void crossesVariantsThreadsAndStrategies() {
    Plan plan = Plan.of(PROFILE, Selection.ALL, 1);

    assertThat(plan.cells()).hasSize(3 * STRATEGIES);
    assertThat(plan.turns()).hasSize(2 * 3 * STRATEGIES + STRATEGIES);
  }

  @Test
  void runsComparedCellsNextToEachOtherInEveryRound() {
    List<Turn> turns = Plan.of(PROFILE, Selection.ALL, 1).turns();

    for (int from = 0; from < turns.size(); from += STRATEGIES) {
      List<Turn> group = turns.subList(from, from + STRATEGIES);
      assertThat(group.stream().map(PlanTest::comparison).distinct()).hasSize(1);
      assertThat(group.stream().map(turn -> turn.cell().strategy())).doesNotHaveDuplicates();
    }
  }

  @Test
  void endsARoundBeforeTheNextBegins() {
    assertThat(Plan.of(PROFILE, Selection.ALL, 1).turns().stream().map(Turn::round)).isSorted();
  }

  @Test
  void shufflesEveryRoundAnewAndAllBySeed() {
    List<Turn> turns = Plan.of(PROFILE, Selection.ALL, 1).turns();
    List<List<String>> orders = new ArrayList<>();
    for (int round = 1; round <= 3; round++) {
      int wanted = round;
      orders.add(
          turns.stream()
              .filter(turn -> turn.round() == wanted && turn.cell().threads() == 1)
              .map(turn -> turn.cell().strategy())
              .toList());
    }

    assertThat(orders).doesNotHaveDuplicates();
    assertThat(turns).isEqualTo(Plan.of(PROFILE, Selection.ALL, 1).turns());
    assertThat(turns).isNotEqualTo(Plan.of(PROFILE, Selection.ALL, 2).turns());
  }

  @Test
  void takesFromTheProfileWhatTheOptionsName() {
    Selection selection =
        new Selection(
            List.of(Workload.PAGE_OVERWRITE),
            List.of("no-lock", "i-mutex"),
            List.of("sync-commit", "end-io"),
            List.of(16),
            2.5,
            0.1,
            1);

    Plan plan = Plan.of(PROFILE, selection, 1);

    assertThat(plan.cells().stream().map(cell -> cell.strategy() + "/" + cell.policy()))
        .containsExactlyInAnyOrder(
            "no-lock/sync-commit", "no-lock/end-io", "i-mutex/sync-commit", "i-mutex/end-io");
    assertThat(plan.cells())
        .allSatisfy(
            cell -> {
              assertThat(cell.threads()).isEqualTo(16);
              assertThat(cell.seconds()).isEqualTo(2.5);
              assertThat(cell.warmupSeconds()).isEqualTo(0.1);
              assertThat(cell.rounds()).isEqualTo(1);
            });
  }

  @Test
  void leavesOutThreadsThatAWorkloadCannotHaveUnlessItIsNamed() {
    Profile halves =
        new Profile("", 256, 1, 64, List.of(PROFILE.blocks().getFirst(), interference()));

    assertThat(Plan.of(halves, threads(List.of(), 1), 1).cells())
        .extracting(CellPlan::workload)
        .containsOnly(Workload.PAGE_OVERWRITE);
    assertThat(Plan.of(halves, threads(List.of(), 1, 2), 1).cells())
        .filteredOn(cell -> cell.workload() == Workload.INTERFERENCE)
        .extracting(CellPlan::threads)
        .containsOnly(2);
    assertThatThrownBy(() -> Plan.of(halves, threads(List.of(Workload.INTERFERENCE), 1), 1))
        .isInstanceOf(Failure.class)
        .hasMessage("INTERFERENCE needs at least 2 threads");
    Profile alone = new Profile("", 256, 1, 64, List.of(interference()));
    assertThatThrownBy(() -> Plan.of(alone, threads(List.of(), 1), 1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("take as many threads as --threads names");
  }

  private static Block interference() {
    return new Block(
        "INTERFERENCE",
        List.of("4k reads beside nobody"),
        List.of(8),
        1.0,
        1.0,
        64,
        null,
        null,
        null,
        null);
  }

  private static Selection threads(List<Workload> workloads, Integer... threads) {
    return new Selection(workloads, List.of(), List.of(), List.of(threads), null, null, null);
  }

  @Test
  void measuresLookUpsOnceBecauseNoStrategyPlaysAPart() {
    Profile lookups =
        new Profile(
            "",
            256,
            1,
            64,
            List.of(
                new Block(
                    "EXTENT-LOOKUP",
                    List.of("100 extents"),
                    List.of(1),
                    1.0,
                    1.0,
                    null,
                    null,
                    null,
                    null,
                    null)));

    assertThat(Plan.of(lookups, Selection.ALL, 1).cells())
        .extracting(CellPlan::strategy)
        .containsExactly("no-lock");
  }

  @Test
  void crossesAllStrategiesWithThePoliciesOfABlock() {
    Profile policies =
        new Profile(
            "",
            256,
            1,
            64,
            List.of(
                new Block(
                    "TSO32",
                    List.of("unwritten, no sync"),
                    List.of(4),
                    null,
                    null,
                    null,
                    1,
                    null,
                    List.of("end-io", "sync-commit"),
                    null)));

    assertThat(Plan.of(policies, Selection.ALL, 1).cells())
        .hasSize(2 * STRATEGIES)
        .extracting(CellPlan::policy)
        .containsOnly("end-io", "sync-commit");
  }

  @Test
  void crossesAllStrategiesWithEveryPolicyWhereABlockSaysAll() {
    Profile policies =
        new Profile(
            "",
            256,
            1,
            64,
            List.of(
                new Block(
                    "TSO32",
                    List.of("unwritten, dsync, depth 16"),
                    List.of(4),
                    null,
                    null,
                    null,
                    1,
                    null,
                    List.of("all"),
                    null)));

    assertThat(Plan.of(policies, Selection.ALL, 1).cells())
        .filteredOn(cell -> cell.strategy().equals("i-mutex"))
        .extracting(CellPlan::policy)
        .doesNotHaveDuplicates()
        .contains("end-io", "sync-commit", "buffered-fallback");
  }

  @Test
  void measuresControlsOnceForEachStrategyInTurnWithTheVariantsOfTheirBlock() {
    Profile controlled =
        new Profile(
            "",
            256,
            2,
            64,
            List.of(
                new Block(
                    "TSO32",
                    List.of("unwritten, dsync"),
                    List.of(1, 8),
                    null,
                    null,
                    null,
                    1,
                    null,
                    List.of("end-io", "sync-commit"),
                    List.of("rewritten, dsync"))));

    for (Selection selection : List.of(Selection.ALL, selecting("group", "sync-commit"))) {
      Plan plan = Plan.of(controlled, selection, 1);

      assertThat(plan.cells()).hasSize(2 * 3 * STRATEGIES);
      assertThat(plan.cells())
          .filteredOn(cell -> cell.variant().equals("rewritten, dsync"))
          .hasSize(2 * STRATEGIES)
          .extracting(CellPlan::policy)
          .containsOnly("end-io");
      List<Turn> first = plan.turns().subList(0, 3 * STRATEGIES);
      assertThat(first).extracting(turn -> turn.cell().threads()).containsOnly(1);
      assertThat(first.stream().map(turn -> turn.cell().variant()).toList())
          .as("shuffled together")
          .isNotEqualTo(first.stream().map(turn -> turn.cell().variant()).sorted().toList());
    }
  }

  @Test
  void measuresOneStrategyTwiceInTurnWithAllOthers() {
    Plan plan = Plan.of(twins("iomap-endio"), Selection.ALL, 1);

    assertThat(plan.cells()).hasSize(2 * (STRATEGIES + 1));
    assertThat(plan.cells())
        .filteredOn(CellPlan::twin)
        .hasSize(2)
        .allSatisfy(
            twin -> {
              assertThat(twin.strategy()).isEqualTo("iomap-endio");
              assertThat(twin.id()).endsWith("_twin");
              assertThat(plan.cells())
                  .filteredOn(cell -> !cell.twin() && cell.asTwin().equals(twin))
                  .hasSize(1);
            });
    for (int from = 0; from < plan.turns().size(); from += STRATEGIES + 1) {
      List<Turn> group = plan.turns().subList(from, from + STRATEGIES + 1);
      assertThat(group.stream().map(PlanTest::comparison).distinct()).hasSize(1);
      assertThat(group).filteredOn(turn -> turn.cell().twin()).hasSize(1);
    }
  }

  @Test
  void measuresOnceWhatOptionsMakeOfSeveralBlocks() {
    Block one = PROFILE.blocks().getFirst();
    Block fewerRounds =
        new Block(
            "PAGE-OVERWRITE", List.of("4k-write"), List.of(8), 9.0, 9.0, 64, null, 1, null, null);
    Profile split = new Profile("", 256, 3, 64, List.of(one, fewerRounds));

    assertThat(Plan.of(split, Selection.ALL, 1).cells()).hasSize(3 * STRATEGIES);
    assertThat(Plan.of(split, threads(List.of(), 4), 1).cells())
        .hasSize(STRATEGIES)
        .allMatch(cell -> cell.rounds() == 3 && cell.seconds() == 1.0);
  }

  @Test
  void hasNoTwinOfAStrategyThatWasNotChosen() {
    Selection selection =
        new Selection(List.of(), List.of("i-mutex"), List.of(), List.of(), null, null, null);

    assertThat(Plan.of(twins("iomap-endio"), selection, 1).cells())
        .hasSize(2)
        .noneMatch(CellPlan::twin);
  }

  @Test
  void refusesATwinThatIsNeverRanked() {
    assertThatThrownBy(() -> twins("no-lock"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twin no-lock is never ranked");
    assertThatThrownBy(() -> twins("no-such")).hasMessageContaining("no-such");
  }

  private static Profile twins(String strategy) {
    Block block =
        new Block(
            "PAGE-OVERWRITE",
            List.of("4k-write"),
            List.of(1, 4),
            1.0,
            0.5,
            64,
            null,
            null,
            null,
            null,
            strategy);
    return new Profile("", 256, 3, 64, List.of(block));
  }

  private static Selection selecting(String... policies) {
    return new Selection(List.of(), List.of(), List.of(policies), List.of(), null, null, null);
  }

  @Test
  void leavesOutPairsThatCannotBeRunAndRefusesThoseThatAreNamed() {
    assertThat(Plan.of(PROFILE, selecting(List.of(), "zero-ahead-16"), 1).cells())
        .isNotEmpty()
        .extracting(CellPlan::strategy)
        .contains("iomap-endio")
        .doesNotContain("placeholder");
    assertThatThrownBy(
            () -> Plan.of(PROFILE, selecting(List.of("placeholder"), "zero-ahead-16"), 1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("placeholder does not take policy zero-ahead-16; it takes: end-io");
  }

  private static Selection selecting(List<String> strategies, String policy) {
    return new Selection(
        List.of(Workload.PAGE_OVERWRITE), strategies, List.of(policy), List.of(), null, null, null);
  }

  @Test
  void shrinksFilesToTheImageInWholeChunks() {
    Plan plan = Plan.of(PROFILE, Selection.ALL, 1).withFilesUpTo(50L << 20);

    assertThat(
            plan.cells().stream()
                .collect(Collectors.toMap(CellPlan::workload, CellPlan::fileBytes, Math::max)))
        .containsEntry(Workload.PAGE_OVERWRITE, 50L << 20)
        .containsEntry(Workload.TSO32, 32L << 20);
    assertThat(plan.turns()).allSatisfy(turn -> assertThat(plan.cells()).contains(turn.cell()));
  }

  @Test
  void refusesAnImageWithoutRoomForOneChunk() {
    assertThatThrownBy(() -> Plan.of(PROFILE, Selection.ALL, 1).withFilesUpTo(20L << 20))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("too small for TSO32");
  }

  @Test
  void refusesMoreThreadsThanAWorkloadTakes() {
    Selection many =
        new Selection(
            List.of(Workload.SEG_ROLL), List.of(), List.of(), List.of(33), null, null, null);

    assertThatThrownBy(() -> Plan.of(Profiles.builtIn().byName("ssd"), many, 1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("SEG-ROLL takes at most 32 threads");
  }

  @Test
  void refusesAProfileWithoutTheWorkload() {
    Selection none =
        new Selection(
            List.of(Workload.LOCK_COST), List.of(), List.of(), List.of(), null, null, null);

    assertThatThrownBy(() -> Plan.of(PROFILE, none, 1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("nothing to measure");
  }

  private static String comparison(Turn turn) {
    CellPlan cell = turn.cell();
    return cell.workload() + cell.variant() + cell.threads() + turn.round();
  }

  @Test
  void aHardDiskGetsOneChunkAndASmallLogAndAllElse() {
    Profile quick = Profiles.builtIn().byName("ssd");
    Plan plan = Plan.of(quick, Selection.ALL, 1);

    Plan less = plan.forHardDisk();

    assertThat(less.turns()).hasSameSizeAs(plan.turns());
    for (int i = 0; i < plan.cells().size(); i++) {
      CellPlan before = plan.cells().get(i);
      CellPlan after = less.cells().get(i);
      assertThat(after.id()).isEqualTo(before.id());
      switch (before.workload()) {
        case TSO32, LSM_FLUSH_WAL -> assertThat(after.fileBytes()).isEqualTo(32L << 20);
        case WAL_COMMIT, SEG_ROLL ->
            assertThat(after.fileBytes()).isEqualTo(Plan.HARD_DISK_LOG_BYTES);
        default -> assertThat(after).isEqualTo(before);
      }
    }
  }
}
