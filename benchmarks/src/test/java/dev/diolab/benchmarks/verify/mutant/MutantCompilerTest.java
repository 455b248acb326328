package dev.diolab.benchmarks.verify.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.benchmarks.verify.mutant.Mutant.Attack;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MutantCompilerTest {
  private static final Mutant MUTANT =
      new Mutant(
          "test", "A.java", "flush(); commit();", "commit();", Set.of(Claim.G2), Attack.CRASH);

  @Test
  void theTextIsReplacedInAnyLayout() {
    assertThat(MutantCompiler.change(MUTANT, "begin();\n  flush();\n  commit();\nend();"))
        .isEqualTo("begin();\n  commit();\nend();");
  }

  @Test
  void aMutantThatDidNotKeepUpWithTheCodeIsRefused() {
    assertThatThrownBy(() -> MutantCompiler.change(MUTANT, "flush();\nlog();\ncommit();"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("A.java")
        .hasMessageContaining("any more");
    assertThatThrownBy(() -> MutantCompiler.change(MUTANT, "flush(); commit(); flush(); commit();"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("more than once");
  }
}
