package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.diolab.results.Cells;
import dev.diolab.results.compare.ClawBack.Group;
import dev.diolab.results.compare.ClawBack.Row;
import dev.diolab.results.compare.ClawBack.State;
import dev.diolab.results.compare.ClawBack.Sync;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClawBackTest {

  @Test
  void aShareIsOfThePlainOverwritesOfTheSameStrategySyncAndThreads() {
    ClawBack clawBack =
        only(
            cell("i-mutex", "group", "unwritten, dsync").opsPerSecond(49, 51),
            cell("i-mutex", "end-io", "rewritten, dsync").opsPerSecond(100, 100),
            cell("iomap-endio", "end-io", "rewritten, dsync").opsPerSecond(7, 7),
            cell("i-mutex", "end-io", "rewritten, fdatasync").opsPerSecond(8, 8),
            cell("i-mutex", "end-io", "rewritten, dsync").threads(1).opsPerSecond(9, 9));

    Row row = unwritten(clawBack).getFirst();

    assertThat(row.share()).isCloseTo(0.5, within(1e-9));
    assertThat(row.shareRange()).isEqualTo(new Range(0.49, 0.51));
    assertThat(Numbers.ratio(row.throughput())).isEqualTo("0.50 (0.39–0.64)");
    assertThat(row.isTie()).isFalse();
    assertThat(clawBack.lacking()).isEmpty();
  }

  @Test
  void aRangeTakesTheSlowestRoundByTheFastestOfTheOtherAndTheReverseATieTheInterval() {
    Row row =
        unwritten(
                only(
                    cell("i-mutex", "group", "unwritten, dsync")
                        .opsPerSecond(90, 110)
                        .p99Us(200, 300),
                    cell("i-mutex", "end-io", "rewritten, dsync")
                        .opsPerSecond(100, 120)
                        .p99Us(100, 150)))
            .getFirst();

    assertThat(row.shareRange()).isEqualTo(new Range(90 / 120.0, 110 / 100.0));
    assertThat(Numbers.ratio(row.throughput())).isEqualTo("0.91 (0.50–1.64)");
    assertThat(row.isTie()).as("the interval holds 1").isTrue();
    assertThat(Numbers.ratio(row.p99())).isEqualTo("2.0 (0.58–6.9)");
  }

  @Test
  void oneRoundIsNoTie() {
    Row row =
        unwritten(
                only(
                    cell("i-mutex", "group", "unwritten, dsync").opsPerSecond(100),
                    cell("i-mutex", "end-io", "rewritten, dsync").opsPerSecond(100)))
            .getFirst();

    assertThat(row.share()).isEqualTo(1);
    assertThat(row.hasSpread()).isFalse();
    assertThat(row.isTie()).isFalse();
  }

  @Test
  void ofSeveralControlsTheOneOfTheSamePolicyCounts() {
    ClawBack clawBack =
        only(
            cell("i-mutex", "group", "unwritten, dsync").opsPerSecond(50),
            cell("i-mutex", "end-io", "rewritten, dsync").opsPerSecond(1),
            cell("i-mutex", "group", "rewritten, dsync").opsPerSecond(100));

    assertThat(unwritten(clawBack).getFirst().share()).isEqualTo(0.5);
  }

  @Test
  void rowsStandBySyncThreadsStrategyStateAndShare() {
    ClawBack clawBack =
        only(
            cell("no-lock", "end-io", "rewritten, fdatasync").ceiling(),
            cell("no-lock", "end-io", "unwritten, fdatasync").ceiling(),
            cell("i-mutex", "end-io", "unwritten, fdatasync").opsPerSecond(100),
            cell("i-mutex", "group", "unwritten, fdatasync").opsPerSecond(300),
            cell("i-mutex", "end-io", "zeroed+fill, fdatasync"),
            cell("i-mutex", "end-io", "zeroed, fdatasync"),
            cell("i-mutex", "end-io", "rewritten, fdatasync"),
            cell("i-mutex", "end-io", "rewritten, dsync"),
            cell("i-mutex", "end-io", "unwritten, dsync"),
            cell("i-mutex", "end-io", "rewritten, dsync").threads(1),
            cell("i-mutex", "end-io", "unwritten, dsync").threads(1),
            cell("i-mutex", "end-io", "unwritten, no sync"));

    assertThat(clawBack.groups())
        .extracting(group -> group.sync() + " " + group.threads())
        .containsExactly("DSYNC 1", "DSYNC 8", "FDATASYNC 8");
    assertThat(clawBack.groups().getLast().rows())
        .extracting(row -> row.strategy() + " " + row.state() + " " + row.policy())
        .containsExactly(
            "i-mutex REWRITTEN end-io",
            "i-mutex ZEROED end-io",
            "i-mutex ZEROED_AND_CHARGED end-io",
            "i-mutex UNWRITTEN group",
            "i-mutex UNWRITTEN end-io",
            "no-lock REWRITTEN end-io",
            "no-lock UNWRITTEN end-io");
    assertThat(clawBack.atMostThreads())
        .extracting(Group::sync, Group::threads)
        .containsExactly(tuple(Sync.DSYNC, 8), tuple(Sync.FDATASYNC, 8));
  }

  @Test
  void anotherDepthOrDeviceIsAnotherClawBack() {
    List<ClawBack> all =
        ClawBack.of(
            List.of(
                cell("i-mutex", "end-io", "unwritten, dsync").measured(),
                cell("i-mutex", "end-io", "rewritten, dsync").measured(),
                cell("i-mutex", "end-io", "unwritten, dsync, depth 16").measured(),
                cell("i-mutex", "end-io", "unwritten, dsync").device("uring").measured()));

    assertThat(all)
        .extracting(one -> one.subject().title())
        .containsExactly(
            "TSO32 durable writes",
            "TSO32 durable writes, depth 16",
            "TSO32 durable writes (uring)");
    assertThat(all).extracting(one -> one.groups().size()).containsExactly(1, 0, 0);
    assertThat(all.get(1).lacking())
        .containsExactly("TSO32 rewritten, dsync, depth 16 at 8 threads (i-mutex)");
  }

  @Test
  void withoutControlThereIsNoShareAndItIsSaidWhy() {
    ClawBack clawBack =
        only(
            cell("i-mutex", "end-io", "unwritten, dsync"),
            cell("i-mutex", "group", "unwritten, dsync"),
            cell("placeholder", "group", "unwritten, dsync"),
            cell("iomap-endio", "end-io", "unwritten, dsync"),
            cell("iomap-endio", "end-io", "rewritten, dsync"));

    assertThat(unwritten(clawBack)).extracting(Row::strategy).containsExactly("iomap-endio");
    assertThat(clawBack.lacking())
        .containsExactly("TSO32 rewritten, dsync at 8 threads (i-mutex, placeholder)");
  }

  @Test
  void thereIsNoneWithoutDurableWritesIntoUnwrittenSpace() {
    assertThat(
            ClawBack.of(
                List.of(
                    cell("i-mutex", "end-io", "rewritten, dsync").measured(),
                    cell("i-mutex", "end-io", "zeroed, dsync").measured(),
                    cell("i-mutex", "end-io", "unwritten, no sync").measured(),
                    Cells.of("i-mutex").measured())))
        .isEmpty();
  }

  private static Cells cell(String strategy, String policy, String variant) {
    return Cells.of(strategy).workload("TSO32").variant(variant).policy(policy).threads(8);
  }

  private static ClawBack only(Cells... cells) {
    List<ClawBack> all = ClawBack.of(List.of(cells).stream().map(Cells::measured).toList());
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static List<Row> unwritten(ClawBack clawBack) {
    return clawBack.groups().getFirst().of(State.UNWRITTEN);
  }
}
