package dev.diolab.benchmarks.workload;

import java.util.List;

/**
 * Pages that IBD-GROW flushes together.
 *
 * @param pages what is written, each page once, in the order of writing
 * @param readable by tablespace, how many of its first pages were written before
 */
record FlushBatch(List<Page> pages, List<Integer> readable) {
  /**
   * A page of a tablespace.
   *
   * @param tablespace number of the tablespace
   * @param number number of the page in it
   */
  record Page(int tablespace, int number) {}

  FlushBatch {
    pages = List.copyOf(pages);
    readable = List.copyOf(readable);
  }

  /** Whether any page is of {@code tablespace}. */
  boolean touches(int tablespace) {
    return pages.stream().anyMatch(page -> page.tablespace() == tablespace);
  }
}
