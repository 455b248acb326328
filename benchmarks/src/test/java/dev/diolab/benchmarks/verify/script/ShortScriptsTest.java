package dev.diolab.benchmarks.verify.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShortScriptsTest {
  @Test
  void allSequencesOfUpToThreeOperationsAreThereOnce() {
    Set<List<List<Op>>> sequences = new HashSet<>();
    Set<Op> letters = new HashSet<>();
    for (int i = 0; i < ShortScripts.count(); i++) {
      Script script = ShortScripts.get(i, 4096);
      sequences.add(script.threads());
      letters.addAll(script.threads().get(0));
    }

    int n = letters.size();
    assertThat(sequences).hasSize(ShortScripts.count()).hasSize(n + n * n + n * n * n);
  }

  @Test
  void everyOperationStaysBelowTheLargestFile() {
    for (int i = 0; i < ShortScripts.count(); i++) {
      assertThat(ShortScripts.get(i, 4096).threads().get(0))
          .allMatch(op -> op.end() <= Script.MAX_FILE_BYTES && op.offset() % 512 == 0);
    }
  }
}
