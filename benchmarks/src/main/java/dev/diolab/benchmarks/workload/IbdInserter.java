package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.record.PhaseRecorder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The one who makes pages dirty in IBD-GROW: of each batch of 128 pages a fifth were never in use,
 * and where a tablespace has none left, it is extended while the batch before is flushed. The
 * others are pages of batches before.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class IbdInserter {
  /** Pages of a batch: innodb_doublewrite_pages. */
  static final int BATCH_PAGES = 128;

  /** A fifth of a batch. */
  private static final int NEW_PAGES = 26;

  private final List<Tablespace> tablespaces;
  private final FlushRounds rounds;
  private final Random random;
  private final PhaseRecorder extensions = new PhaseRecorder();

  /** Pages handed over. */
  private long pages;

  IbdInserter(List<Tablespace> tablespaces, FlushRounds rounds, long seed) {
    this.tablespaces = List.copyOf(tablespaces);
    this.rounds = rounds;
    this.random = new Random(Seeds.derive(seed, "inserter"));
  }

  /** Makes batches until all tablespaces are full. */
  void run() throws IOException {
    boolean complete = false;
    try {
      boolean wanted = true;
      while (wanted && !open().isEmpty()) {
        FlushBatch batch = nextBatch();
        pages += batch.pages().size();
        wanted = rounds.offer(batch);
      }
      rounds.end();
      complete = true;
    } finally {
      if (!complete) {
        rounds.fail();
      }
    }
  }

  private List<Integer> open() {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < tablespaces.size(); i++) {
      if (!tablespaces.get(i).isFull()) {
        open.add(i);
      }
    }
    return open;
  }

  private FlushBatch nextBatch() throws IOException {
    List<Integer> before = tablespaces.stream().map(Tablespace::used).toList();
    int readable = before.stream().mapToInt(Integer::intValue).sum();
    List<FlushBatch.Page> batch = new ArrayList<>();
    List<Integer> open = open();
    while (batch.size() < NEW_PAGES && !open.isEmpty()) {
      int chosen = open.get(random.nextInt(open.size()));
      batch.add(new FlushBatch.Page(chosen, tablespaces.get(chosen).newPage(extensions)));
      open = open();
    }
    Set<FlushBatch.Page> again = new LinkedHashSet<>();
    while (again.size() < Math.min(BATCH_PAGES - NEW_PAGES, readable / 2)) {
      int chosen = random.nextInt(tablespaces.size());
      again.add(new FlushBatch.Page(chosen, random.nextInt(before.get(chosen))));
    }
    batch.addAll(again);
    Collections.shuffle(batch, random);
    return new FlushBatch(batch, before);
  }

  /** How long each extension took. */
  PhaseRecorder extensions() {
    return extensions;
  }

  /** Pages that were to be written. */
  long pages() {
    return pages;
  }
}
