package dev.diolab.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.load.ArrivalRate;
import dev.diolab.benchmarks.load.Arrivals;
import dev.diolab.strategies.Strategies;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenLoopPlanTest {
  private static final int STRATEGIES = Strategies.all().size();
  private static final int ROUNDS = 2;
  private static final Offer SWEEP = new Offer(Arrivals.POISSON, null);

  private static final Profile PROFILE =
      new Profile(
          "for this test",
          256,
          ROUNDS,
          64,
          List.of(
              new Block(
                  "PAGE-OVERWRITE",
                  List.of("4k-write", "4k-mixed"),
                  List.of(1, 16),
                  1.0,
                  0.5,
                  64,
                  null,
                  null,
                  null,
                  null),
              new Block(
                  "SCAN+PUNCH",
                  List.of("1 file"),
                  List.of(4),
                  null,
                  null,
                  64,
                  null,
                  1,
                  null,
                  null)),
          List.of(10, 50, 110));

  private static final Profile LOG =
      new Profile(
          "a log",
          256,
          1,
          64,
          List.of(
              new Block(
                  "WAL-COMMIT",
                  List.of("unwritten, dsync"),
                  List.of(8),
                  null,
                  null,
                  2,
                  null,
                  null,
                  null,
                  null)),
          List.of(50, 100));

  @Test
  void aRateIsOfferedToEveryCellThatTakesOne() {
    Plan plan = plan(new Offer(Arrivals.CONSTANT, 5_000.0));

    assertThat(plan.cells())
        .hasSize(4 * STRATEGIES)
        .allSatisfy(
            cell -> {
              assertThat(cell.workload()).isEqualTo(Workload.PAGE_OVERWRITE);
              assertThat(cell.load()).isEqualTo(new OfferedLoad(Arrivals.CONSTANT, 5_000.0, null));
              assertThat(cell.seconds()).isEqualTo(1.0);
            });
    assertThat(plan.turns()).allSatisfy(turn -> assertThat(plan.cells()).contains(turn.cell()));
  }

  @Test
  void aLowRateIsMeasuredLongerSoThatSomethingArrives() {
    assertThat(plan(new Offer(Arrivals.POISSON, 2.0)).cells())
        .extracting(CellPlan::seconds)
        .containsOnly(15.0);
  }

  @Test
  void aSweepMeasuresTheCapacityInAllRoundsBeforeTheLoadsThatAreSharesOfIt() {
    List<Turn> turns = plan(SWEEP).turns();

    int ofOneVariant = ROUNDS * STRATEGIES * (1 + 3);
    assertThat(turns).hasSize(2 * ofOneVariant);
    for (List<Turn> part :
        List.of(turns.subList(0, ofOneVariant), turns.subList(ofOneVariant, turns.size()))) {
      assertThat(part.stream().map(turn -> turn.cell().variant()).distinct()).hasSize(1);
      int capacities = ROUNDS * STRATEGIES;
      assertThat(part.subList(0, capacities))
          .allSatisfy(turn -> assertThat(turn.cell().load()).isNull());
      assertThat(part.subList(capacities, part.size()))
          .allSatisfy(turn -> assertThat(turn.cell().load()).isNotNull());
    }
  }

  @Test
  void strategiesTakeTurnsAtEachLoadOfASweep() {
    List<Turn> turns = plan(SWEEP).turns();

    for (int from = 0; from < turns.size(); from += STRATEGIES) {
      List<Turn> group = turns.subList(from, from + STRATEGIES);
      assertThat(group.stream().map(turn -> turn.cell().strategy())).doesNotHaveDuplicates();
      assertThat(group.stream().map(OpenLoopPlanTest::percent).distinct()).hasSize(1);
    }
    assertThat(
            turns.stream()
                .filter(turn -> turn.round() == 2 && turn.cell().variant().equals("4k-write"))
                .map(OpenLoopPlanTest::percent)
                .distinct())
        .containsExactly(0, 10, 50, 110);
  }

  @Test
  void whatInAClosedLoopRunsUntilItsLogIsFullIsOfferedALoadForAChosenTime() {
    Offer rate = new Offer(Arrivals.POISSON, 500.0);
    Selection longer =
        new Selection(List.of(), List.of(), List.of(), List.of(), 7.0, null, null, rate);

    assertThat(Plan.of(LOG, selection(List.of(), List.of(), rate), 1).cells())
        .hasSize(STRATEGIES)
        .extracting(CellPlan::seconds)
        .containsOnly(2.0);
    assertThat(Plan.of(LOG, longer, 1).cells()).extracting(CellPlan::seconds).containsOnly(7.0);
  }

  @Test
  void aSweepOfALogFillsItInAClosedLoopFirst() {
    List<CellPlan> cells = Plan.of(LOG, selection(List.of(), List.of(), SWEEP), 1).cells();

    assertThat(cells).hasSize(STRATEGIES * (1 + 2));
    assertThat(cells.subList(0, STRATEGIES))
        .allSatisfy(
            capacity -> {
              assertThat(capacity.load()).isNull();
              assertThat(capacity.seconds()).isZero();
              assertThat(capacity.parts()).containsExactly("commit", "log write");
            });
    assertThat(cells.subList(STRATEGIES, cells.size()))
        .allSatisfy(
            offered -> {
              assertThat(offered.load()).isNotNull();
              assertThat(offered.seconds()).isEqualTo(2.0);
              assertThat(offered.parts()).as("nobody asks for log writes").containsOnly("commit");
            });
  }

  @Test
  void everyLoadBelongsToACapacityOfTheSamePlanAndHasANameOfItsOwn() {
    Plan plan = plan(SWEEP);
    List<String> ids = plan.cells().stream().map(CellPlan::id).toList();

    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9_-]+"));
    assertThat(plan.cells()).allSatisfy(cell -> assertThat(ids).contains(cell.closedLoop().id()));
    assertThat(plan.cells()).extracting(CellPlan::title).doesNotHaveDuplicates();
  }

  @Test
  void aSweepTakesTheLargestNumberOfThreadsUnlessTheyAreNamed() {
    assertThat(plan(SWEEP).cells()).extracting(CellPlan::threads).containsOnly(16);
    assertThat(Plan.of(PROFILE, selection(List.of(), List.of(2, 3), SWEEP), 1).cells())
        .extracting(CellPlan::threads)
        .containsOnly(2, 3);
  }

  @Test
  void aShareOfTheCapacityIsItsRate() {
    assertThat(OfferedLoad.share(Arrivals.POISSON, 70).rate(() -> 2_000))
        .isEqualTo(new ArrivalRate(Arrivals.POISSON, 1_400));
    assertThat(OfferedLoad.rate(Arrivals.CONSTANT, 9).rate(() -> 2_000))
        .isEqualTo(new ArrivalRate(Arrivals.CONSTANT, 9));
  }

  @Test
  void aWorkloadThatTakesNoArrivalsIsRefusedByName() {
    Selection named =
        selection(List.of(Workload.PAGE_OVERWRITE, Workload.SCAN_PUNCH), List.of(), SWEEP);

    assertThatThrownBy(() -> Plan.of(PROFILE, named, 1))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "SCAN+PUNCH cannot be offered a rate; these can: PAGE-OVERWRITE, TSO32, WAL-COMMIT");
  }

  @Test
  void aProfileInWhichNothingTakesArrivalsIsRefused() {
    Profile none = new Profile("", 256, 1, 64, List.of(PROFILE.blocks().getLast()), List.of(50));

    assertThatThrownBy(() -> Plan.of(none, selection(List.of(), List.of(), SWEEP), 1))
        .isInstanceOf(Failure.class)
        .hasMessageEndingWith("that can be offered a rate: PAGE-OVERWRITE, TSO32, WAL-COMMIT");
  }

  @Test
  void threadsWithSeveralWritesInFlightAreOfferedNoRate() {
    Offer rate = new Offer(Arrivals.POISSON, 500.0);
    Selection named = selection(List.of(Workload.TSO32), List.of(), rate);
    Profile mixed = fills(List.of("unwritten, dsync", "unwritten, dsync, depth 16"));
    Profile asynchronous = fills(List.of("unwritten, dsync, depth 16"));

    assertThat(Plan.of(mixed, named, 1).cells())
        .hasSize(STRATEGIES)
        .extracting(CellPlan::variant)
        .containsOnly("unwritten, dsync");
    assertThatThrownBy(() -> Plan.of(asynchronous, named, 1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("nothing to measure")
        .hasMessageContaining("in a variant that can be offered a rate");
  }

  private static Profile fills(List<String> variants) {
    Block block = new Block("TSO32", variants, List.of(4), null, null, null, 1, null, null, null);
    return new Profile("fills", 256, 1, 64, List.of(block));
  }

  @Test
  void aProfileWithoutLoadsHasNoSweep() {
    Profile without = new Profile("", 256, 1, 64, List.of(PROFILE.blocks().getFirst()));

    assertThatThrownBy(() -> Plan.of(without, selection(List.of(), List.of(), SWEEP), 1))
        .isInstanceOf(Failure.class)
        .hasMessage("this profile has no loads to sweep over");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "ssd", "full"})
  void theBuiltInSweepsBeginWhereFewWaitAndEndBeyondTheCapacity(String name) {
    List<Integer> percents =
        Objects.requireNonNull(Profiles.builtIn().byName(name).sweepPercents());

    assertThat(percents).containsExactly(10, 25, 50, 70, 80, 90, 100, 110);
  }

  @Test
  void aProfileWhoseLoadsDoNotAscendIsRefused() {
    assertThatThrownBy(() -> new Profile("", 256, 1, 64, PROFILE.blocks(), List.of(50, 50)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[50, 50] do not ascend");
  }

  private static int percent(Turn turn) {
    OfferedLoad load = turn.cell().load();
    return load == null ? 0 : Objects.requireNonNull(load.percent());
  }

  private static Plan plan(Offer offer) {
    return Plan.of(PROFILE, selection(List.of(), List.of(), offer), 1);
  }

  private static Selection selection(List<Workload> workloads, List<Integer> threads, Offer offer) {
    return new Selection(workloads, List.of(), List.of(), threads, null, null, null, offer);
  }
}
