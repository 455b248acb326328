package dev.diolab.benchmarks.verify.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShortScriptsTest {
  @Test
  void allSequencesOfUpToThreeOperationsOfAllAlphabetsAreThere() {
    Set<List<List<Op>>> sequences = new HashSet<>();
    for (int i = 0; i < ShortScripts.count(); i++) {
      sequences.add(ShortScripts.get(i, 4096).threads());
    }

    int direct = 21 + 21 * 21 + 21 * 21 * 21;
    int mixed = 17 + 17 * 17 + 17 * 17 * 17;
    int async = 11 + 11 * 11 + 11 * 11 * 11;
    int all = direct + mixed - 3 + async - 3;
    assertThat(ShortScripts.count()).as("fsyncs alone only once").isEqualTo(all);
    assertThat(sequences).hasSize(all);
  }

  @Test
  void theShortestHaveTheLowestNumbers() {
    for (int i = 0; i < ShortScripts.count(); i++) {
      int length = ShortScripts.get(i, 1024).operations();
      assertThat(i)
          .isLessThan(ShortScripts.count(length))
          .isGreaterThanOrEqualTo(ShortScripts.count(length - 1));
    }
  }

  @Test
  void everyOperationStaysBelowTheLargestFile() {
    for (int i = 0; i < ShortScripts.count(); i++) {
      assertThat(ShortScripts.get(i, 4096).threads().get(0))
          .allMatch(op -> op.end() <= Script.MAX_FILE_BYTES && op.offset() % 512 == 0);
    }
  }
}
