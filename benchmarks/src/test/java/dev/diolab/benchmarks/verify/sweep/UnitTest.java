package dev.diolab.benchmarks.verify.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.benchmarks.verify.script.ShortScripts;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnitTest {
  @Test
  void evenUnitsGoThroughAllShortScriptsOnBothBlockSizes() {
    int turns = 2 * ShortScripts.count();
    Set<Script> scripts = new HashSet<>();
    for (long turn = 0; turn < turns; turn++) {
      scripts.add(new Unit(2 * turn, 5).script());
    }

    assertThat(scripts).hasSize(turns);
  }

  @Test
  void scriptsOfOneAndTwoOperationsComeFirst() {
    int turns = 2 * ShortScripts.count(2);
    Set<Script> scripts = new HashSet<>();
    for (long turn = 0; turn < turns; turn++) {
      scripts.add(new Unit(2 * turn, 5).script());
    }

    assertThat(scripts).hasSize(turns).allMatch(script -> script.operations() <= 2);
    assertThat(new Unit(2L * turns, 5).script().operations()).isEqualTo(3);
  }
}
