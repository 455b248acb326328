package dev.diolab.benchmarks.verify.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.device.RecordedWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TornAndReorderedWritesTest {
  private static RecordedWrite write(long begin, long end, long offset, int bytes) {
    return new RecordedWrite(begin, end, offset, new byte[bytes], false);
  }

  private static Set<CrashState> choose(long seed, List<RecordedWrite> loose) {
    return new StateChoice(seed).of(new CrashPoint(1000, loose));
  }

  @Test
  void fewWritesAreLostInEveryCombinationAndEveryOrderThatMatters() {
    RecordedWrite one = write(1, 4, 0, 512);
    RecordedWrite same = write(2, 3, 0, 512);
    RecordedWrite apart = write(5, 6, 4096, 512);

    assertThat(choose(1, List.of(one, same, apart)))
        .extracting(state -> state.applied().stream().map(Applied::write).toList())
        .containsExactlyInAnyOrder(
            List.of(),
            List.of(one),
            List.of(same),
            List.of(apart),
            List.of(one, apart),
            List.of(same, apart),
            List.of(one, same),
            List.of(same, one),
            List.of(one, same, apart),
            List.of(same, one, apart));
  }

  @Test
  void noOrderPutsAWriteBeforeOneThatHadEndedWhenItBegan() {
    List<RecordedWrite> loose =
        List.of(write(1, 9, 0, 512), write(2, 3, 0, 512), write(4, 8, 0, 512), write(5, 6, 0, 512));

    for (long seed = 0; seed < 50; seed++) {
      for (CrashState state : choose(seed, loose)) {
        List<Applied> applied = state.applied();
        for (int i = 0; i < applied.size(); i++) {
          for (Applied later : applied.subList(i + 1, applied.size())) {
            assertThat(later.write().isBefore(applied.get(i).write())).isFalse();
          }
        }
      }
    }
  }

  @Test
  void tornWriteIsNeitherThereNorLost() {
    RecordedWrite small = write(1, 2, 0, 1024);
    RecordedWrite sector = write(3, 4, 4096, 512);

    for (long seed = 0; seed < 50; seed++) {
      assertThat(choose(seed, List.of(small, sector)))
          .flatExtracting(CrashState::applied)
          .filteredOn(applied -> applied.sectors() != Applied.WHOLE)
          .isNotEmpty()
          .allSatisfy(applied -> assertThat(applied.write()).isEqualTo(small))
          .allSatisfy(applied -> assertThat(applied.isTorn()).isTrue())
          .allSatisfy(applied -> assertThat(applied.has(0) || applied.has(1)).isTrue());
    }
  }

  @Test
  void writeOfManySectorsIsTornOnceAndNotOverAndOver() {
    Applied torn = new Applied(write(1, 2, 0, 200 * 512), 1);

    List<Integer> there = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      if (torn.has(i)) {
        there.add(i);
      }
    }

    assertThat(there).containsExactly(0, 1, 2, 3);
    assertThat(torn.isTorn()).isTrue();
    assertThat(new Applied(torn.write(), Applied.WHOLE).isTorn()).isFalse();
  }

  @Test
  void prefixOfMoreThan64WritesHasNoHoles() {
    List<RecordedWrite> loose =
        LongStream.range(0, 100).mapToObj(i -> write(2 * i, 2 * i + 1, 512 * i, 512)).toList();

    for (long seed = 0; seed < 20; seed++) {
      assertThat(choose(seed, loose))
          .extracting(state -> state.applied().stream().map(Applied::write).toList())
          .filteredOn(writes -> writes.size() < 100 && !writes.isEmpty())
          .anySatisfy(writes -> assertThat(writes).isEqualTo(loose.subList(0, writes.size())));
    }
  }
}
