package dev.diolab.benchmarks.verify.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.OpKind;
import dev.diolab.engine.format.Poison;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadOracleTest {
  private static final Event FIRST = write(1, 1, 2);

  @Test
  void aReadSeesWhatWasWrittenLast() {
    Event second = write(2, 3, 4);

    assertThat(broken(FIRST, second, read(5, 6, word(2, 0), word(2, 1)))).isEmpty();
    assertThat(broken(FIRST, second, read(5, 6, word(1, 0), word(1, 1)))).containsOnly(Claim.G4);
    assertThat(broken(FIRST, read(5, 6, Words.ZERO, Words.ZERO))).containsOnly(Claim.G4);
  }

  @Test
  void aReadBesideAWriteSeesAllOfItOrNothing() {
    Event inFlight = write(2, 3, 9);

    assertThat(broken(FIRST, inFlight, read(4, 6, word(1, 0), word(1, 1)))).isEmpty();
    assertThat(broken(FIRST, inFlight, read(4, 6, word(2, 0), word(2, 1)))).isEmpty();
    assertThat(broken(FIRST, inFlight, read(4, 6, word(2, 0), word(1, 1)))).containsOnly(Claim.G7);
  }

  @Test
  void aReadSeesNothingThatWasNotWrittenThere() {
    assertThat(broken(read(5, 6, Poison.WORD, Words.ZERO))).containsOnly(Claim.G1);
    assertThat(broken(FIRST, read(5, 6, word(1, 1), word(1, 1)))).contains(Claim.G1);
  }

  @Test
  void aTruncateBesideTheReadExplainsZeros() {
    Event truncate = new Event(2, 0, new Op(OpKind.TRUNCATE, 0, 0, 0), 3, Event.NEVER, null);

    assertThat(broken(FIRST, truncate, read(5, 6, Words.ZERO, Words.ZERO))).isEmpty();
  }

  private static List<Claim> broken(Event... events) {
    return new ReadOracle(new History(List.of(events), 0), 0)
        .check().stream().map(Violation::claim).distinct().toList();
  }

  private static Event write(int id, long begin, long end) {
    return new Event(id, 0, new Op(OpKind.WRITE, 0, 0, 1024), begin, end, null);
  }

  private static Event read(long begin, long end, long... seen) {
    return new Event(9, 1, new Op(OpKind.READ, 0, 0, 1024), begin, end, seen);
  }

  private static long word(int id, long sector) {
    return Words.of(id, 0, sector);
  }
}
