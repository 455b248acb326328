package dev.diolab.benchmarks.verify.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.history.Violation;
import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.OpKind;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.benchmarks.verify.script.ShortScripts;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private static final DioStrategy STRATEGY =
      Strategies.all().stream()
          .filter(each -> each.name().equals("iomap-endio"))
          .findFirst()
          .orElseThrow();
  private static final ConversionPolicy END_IO =
      Policies.all().stream()
          .filter(each -> each.name().equals("end-io"))
          .findFirst()
          .orElseThrow();
  private static final Op WRITE = new Op(OpKind.WRITE, 0, 0, 4096);
  private static final Op ALLOCATE = new Op(OpKind.FALLOCATE, 0, 0, 4096);
  private static final Op FSYNC = new Op(OpKind.FSYNC, 0, 0, 0);

  private static Script script(List<Op> setup, List<Op> ops) {
    return new Script(4096, 0, setup, List.of(ops));
  }

  private static Recorder recorder(ConversionPolicy policy) {
    return new Recorder(STRATEGY, policy, 100);
  }

  @Test
  void oneThreadAlwaysGivesTheSameRun() throws IOException {
    Script script = ShortScripts.get(5000, 1024);

    RecordedRun one = new Recorder(STRATEGY, END_IO).record(script, 1);
    RecordedRun two = new Recorder(STRATEGY, END_IO).record(script, 2);

    assertThat(one.history().events().toString()).isEqualTo(two.history().events().toString());
    assertThat(one.log().writes().toString()).isEqualTo(two.log().writes().toString());
    assertThat(one.log().flushes()).isEqualTo(two.log().flushes());
  }

  @Test
  void bothFilesAreReadWhenAllIsOver() throws IOException {
    RecordedRun run = recorder(END_IO).record(script(List.of(), List.of(WRITE, FSYNC)), 1);

    assertThat(run.violations()).isEmpty();
    assertThat(run.history().events())
        .filteredOn(event -> event.op().kind() == OpKind.READ)
        .extracting(event -> event.seen() == null ? -1 : event.seen().length)
        .containsExactly(8, 0);
  }

  /**
   * The write-out cuts the unwritten extents, which takes a node, and there is no block for it: a
   * sync and a direct read may say so.
   */
  @Test
  void writeOutThatFindsNoBlockForANodeIsNoBug() throws IOException {
    List<Op> ops = new ArrayList<>();
    ops.add(new Op(OpKind.FALLOCATE, 0, 0, 15 * 4096));
    for (int block = 0; block < 15; block += 2) {
      ops.add(new Op(OpKind.BUFFERED_WRITE, 0, block * 4096L, 4096));
    }
    ops.add(FSYNC);

    RecordedRun run =
        recorder(END_IO).record(new Script(4096, 15, List.of(), List.of(List.copyOf(ops))), 1);

    assertThat(run.violations()).isEmpty();
    assertThat(run.history().events())
        .filteredOn(event -> event.op().kind().isSync() || event.op().kind() == OpKind.READ)
        .extracting(event -> event.end() == Event.NEVER)
        .containsExactly(true, true, false);
  }

  @Test
  void storeBehindTheEndIsLeftOut() throws IOException {
    Op store = new Op(OpKind.MMAP_STORE, 0, 0, 8192);

    RecordedRun run = recorder(END_IO).record(script(List.of(), List.of(WRITE, store)), 1);

    assertThat(run.violations()).isEmpty();
    assertThat(run.history().events())
        .filteredOn(event -> event.op().equals(store))
        .extracting(Event::end)
        .containsExactly(Event.NEVER);
  }

  @Test
  void operationThatHangsIsToldAndIsPartOfTheHistory() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    Recorder recorder = recorder(new FailingPolicy(never::await));

    RecordedRun run = recorder.record(script(List.of(ALLOCATE), List.of(FSYNC, WRITE, FSYNC)), 1);

    assertThat(recorder.hung()).isTrue();
    assertThat(run.violations()).extracting(Violation::claim).containsExactly(Claim.G8);
    assertThat(run.history().events())
        .extracting(Event::op, event -> event.end() == Event.NEVER)
        .containsExactly(tuple(ALLOCATE, false), tuple(FSYNC, false), tuple(WRITE, true));
  }

  @Test
  void errorThatADeviceWithoutFaultsCannotCauseIsABug() throws IOException {
    RecordedRun run =
        recorder(
                new FailingPolicy(
                    () -> {
                      throw new IOException("from nowhere");
                    }))
            .record(script(List.of(ALLOCATE), List.of(WRITE, FSYNC)), 1);

    assertThat(run.violations()).extracting(Violation::claim).containsExactly(Claim.G8);
    assertThat(run.violations().get(0).message()).contains("from nowhere");
  }

  @Test
  void failureInTheSetupIsAFindingAndLeavesEmptyFiles() throws IOException {
    RecordedRun run =
        recorder(
                new FailingPolicy(
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
            .record(script(List.of(ALLOCATE, WRITE), List.of(FSYNC)), 1);

    assertThat(run.violations()).extracting(Violation::claim).containsExactly(Claim.G8);
    assertThat(run.history().events()).isEmpty();
  }

  /** What a policy does instead of converting. */
  private interface Failure {
    void happen() throws IOException, InterruptedException;
  }

  private record FailingPolicy(Failure failure) implements ConversionPolicy {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public String origin() {
      return "this test";
    }

    @Override
    public String summary() {
      return "fails";
    }

    @Override
    public Set<Guarantee> guarantees() {
      return EnumSet.allOf(Guarantee.class);
    }

    @Override
    public void endIo(UnwrittenWrite write) throws IOException {
      try {
        failure.happen();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Test
  void whatIsSubmittedIsOverBeforeTheAwaitThatFollows() throws IOException {
    Op submitted = new Op(OpKind.ASYNC_WRITE, 0, 0, 4096);
    Op read = new Op(OpKind.ASYNC_READ, 0, 0, 4096);
    Op await = new Op(OpKind.AWAIT, 0, 0, 0);

    RecordedRun run =
        new Recorder(STRATEGY, END_IO)
            .record(script(List.of(ALLOCATE), List.of(submitted, await, read, FSYNC)), 1);

    assertThat(run.violations()).isEmpty();
    List<Event> events = run.history().events();
    Event write = event(events, submitted);
    assertThat(write.begin()).isLessThan(write.end());
    assertThat(write.end()).isLessThan(event(events, await).end());
    assertThat(event(events, read).seen()).hasSize(8);
    assertThat(events).allMatch(event -> event.end() != Event.NEVER);
  }

  @Test
  void aCompletionThatFailsIsABug() throws IOException {
    RecordedRun run =
        recorder(
                new FailingPolicy(
                    () -> {
                      throw new IOException("from nowhere");
                    }))
            .record(script(List.of(ALLOCATE), List.of(new Op(OpKind.ASYNC_WRITE, 0, 0, 4096))), 1);

    assertThat(run.violations()).extracting(Violation::claim).containsExactly(Claim.G8);
    assertThat(run.violations().get(0).message()).contains("from nowhere");
  }

  private static Event event(List<Event> events, Op op) {
    return events.stream().filter(event -> event.op().equals(op)).findFirst().orElseThrow();
  }
}
