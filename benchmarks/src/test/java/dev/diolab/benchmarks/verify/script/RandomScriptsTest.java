package dev.diolab.benchmarks.verify.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomScriptsTest {
  private static final List<Script> SCRIPTS =
      LongStream.range(0, 300).mapToObj(RandomScripts::get).toList();

  @Test
  void theSameSeedGivesTheSameScript() {
    assertThat(RandomScripts.get(42)).isEqualTo(RandomScripts.get(42));
    assertThat(RandomScripts.get(42)).isNotEqualTo(RandomScripts.get(43));
  }

  @Test
  void everyKindOfOperationIsUsed() {
    Set<OpKind> kinds = EnumSet.noneOf(OpKind.class);
    operations().forEach(op -> kinds.add(op.kind()));

    assertThat(kinds).containsExactlyInAnyOrder(OpKind.values());
  }

  @Test
  void everyOperationIsAlignedAndBelowTheLargestFile() {
    assertThat(operations())
        .allMatch(
            op ->
                op.offset() >= 0
                    && op.end() <= Script.MAX_FILE_BYTES
                    && (op.offset() | op.bytes()) % 512 == 0);
  }

  private static List<Op> operations() {
    return SCRIPTS.stream()
        .flatMap(script -> script.threads().stream())
        .flatMap(Collection::stream)
        .toList();
  }
}
