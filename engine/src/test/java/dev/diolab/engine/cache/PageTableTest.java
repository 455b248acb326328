package dev.diolab.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTableTest {
  private final PageTable table = new PageTable();

  @ParameterizedTest
  @ValueSource(longs = {10, 200, 5_000, 1L << 40})
  void findsWhatAModelFinds(long span) {
    TreeMap<Long, Page> model = new TreeMap<>();
    SplittableRandom random = new SplittableRandom(span);
    for (int i = 0; i < 20_000; i++) {
      long index = random.nextLong(span);
      Page there = model.get(index);
      if (there == null && model.size() < 300) {
        Page page = page(index);
        model.put(index, page);
        table.put(page);
      } else if (there != null && random.nextBoolean()) {
        there.dirtySectors = random.nextInt(4) == 0 ? 1 : 0;
        there.writeback = random.nextInt(4) == 0;
        table.noteBusy(there);
      } else if (there != null || !model.isEmpty()) {
        Page gone = there == null ? model.firstEntry().getValue() : there;
        gone.dirtySectors = 0;
        gone.writeback = false;
        table.noteBusy(gone);
        table.remove(gone);
        model.remove(gone.index);
      }
      compare(model, random.nextLong(span));
    }
  }

  private void compare(NavigableMap<Long, Page> model, long index) {
    assertThat(table.size()).isEqualTo(model.size());
    assertThat(table.get(index)).isSameAs(model.get(index));
    Long next = model.ceilingKey(index);
    assertThat(table.nextPage(index)).isEqualTo(next == null ? PageTable.NONE : next);
    long busy =
        model.tailMap(index).values().stream()
            .filter(page -> page.isDirty() || page.writeback)
            .mapToLong(page -> page.index)
            .findFirst()
            .orElse(PageTable.NONE);
    assertThat(table.nextBusy(index)).isEqualTo(busy);
  }

  @Test
  void aPageThatIsThereAlreadyIsABug() {
    table.put(page(7));
    assertThatThrownBy(() -> table.put(page(7)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("7");
  }

  private static Page page(long index) {
    Page page = new Page(MemorySegment.ofArray(new byte[0]), 0, false);
    page.index = index;
    return page;
  }
}
