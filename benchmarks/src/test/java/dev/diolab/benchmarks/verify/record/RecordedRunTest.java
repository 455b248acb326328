package dev.diolab.benchmarks.verify.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.benchmarks.verify.script.ShortScripts;
import dev.diolab.engine.device.RecordedWrite;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedRunTest {
  private static final Script SCRIPT = ShortScripts.get(ShortScripts.count() / 3, 4096);

  /** Of each file: through the page cache and directly. */
  private static final int READS_AT_THE_END = 2;

  @Test
  void aScriptOfOneThreadGivesTheSameRunTwice() throws IOException {
    RecordedRun one = record();
    RecordedRun two = record();

    assertThat(two.log().flushes()).isEqualTo(one.log().flushes());
    assertThat(places(two)).isEqualTo(places(one));
    assertThat(two.history().events().stream().map(Event::toString))
        .containsExactlyElementsOf(one.history().events().stream().map(Event::toString).toList());
  }

  @Test
  void theSetupIsInTheBaseAndNotInTheLog() throws IOException {
    RecordedRun run = record();

    assertThat(run.history().events())
        .hasSize(SCRIPT.setup().size() + SCRIPT.operations() + READS_AT_THE_END * Script.FILES);
    assertThat(run.history().events().subList(0, SCRIPT.setup().size()))
        .allMatch(event -> event.end() <= run.history().setupEnd());
    assertThat(run.log().writes()).allMatch(write -> write.begin() > run.history().setupEnd());
  }

  /** Begin, end and place of each write; not its data, as commit records hold the time of day. */
  private static List<String> places(RecordedRun run) {
    return run.log().writes().stream().map(RecordedWrite::toString).toList();
  }

  private static RecordedRun record() throws IOException {
    return new Recorder(Strategies.byName("i-mutex"), Policies.byName("end-io")).record(SCRIPT, 1);
  }
}
