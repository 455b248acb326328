package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.BLOCK_SIZE;
import static dev.diolab.engine.journal.JournalWorld.HOMES;

import dev.diolab.engine.format.JournalHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A log of three transactions of which the test knows every block, and from that what recovery must
 * find when some of the blocks are others.
 *
 * <p>The model parses nothing. A transaction is whole when all of its blocks are what was written;
 * a block proves that the first one that is not was committed when it is, byte by byte, its commit
 * record or a journal block of a later one.
 */
final class KnownLog {
  static final int JOURNAL_BLOCKS = 32;
  static final int RING = JOURNAL_BLOCKS - 1;

  /** Its first word is that of a journal block: the log holds it escaped. */
  private static final long LOOKS_LIKE_A_JOURNAL_BLOCK =
      0x0000_0007_0000_0000L | JournalHeader.MAGIC;

  /** What a transaction does: values of homes, and homes that it frees. */
  private record Step(Map<Long, Long> changes, Set<Long> freed) {}

  private static final List<Step> STEPS =
      List.of(
          new Step(new TreeMap<>(Map.of(3L, 31L, 4L, 41L, 9L, 91L)), Set.of()),
          new Step(new TreeMap<>(Map.of(3L, LOOKS_LIKE_A_JOURNAL_BLOCK)), Set.of(4L)),
          new Step(new TreeMap<>(Map.of(9L, 93L, 12L, 123L)), Set.of()));

  /** What recovery must do with an image. */
  record Expected(int transactions, long lastTid, boolean refused, List<Long> homes) {}

  /**
   * A transaction as it stands in the log: [start, end) counted from the first block of the log.
   */
  private record Span(long tid, int start, int end) {}

  private final int startInRing;
  private final byte[] before;
  private final byte[] image;
  private final List<Span> spans = new ArrayList<>();

  /** Journal blocks that stand in the log or are put there, with their tids. */
  private final Map<ByteBuffer, Long> tidOfJournalBlock = new HashMap<>();

  private final Map<ByteBuffer, Long> tidOfCommitRecord = new HashMap<>();

  /** A log that begins at block {@code startInRing} of a ring full of older transactions. */
  KnownLog(int startInRing) throws IOException {
    this.startInRing = startInRing;
    JournalWorld old = JournalWorld.unrecorded(JOURNAL_BLOCKS);
    // Three blocks each: twice around the ring, then on to the start.
    int done = 0;
    int value = 0;
    while (done % RING != startInRing || done < 2 * RING) {
      value++;
      int blocks = (done + 4) % RING == startInRing ? 2 : 1;
      long[] numbers = blocks == 2 ? new long[] {20, 21} : new long[] {20};
      old.journal.commit(old.change(value, numbers));
      done += 2 + blocks;
    }
    old.journal.close();
    this.before = old.device.image();
    JournalWorld world = JournalWorld.recovered(before.clone(), JOURNAL_BLOCKS);
    int start = 0;
    for (Step step : STEPS) {
      long tid = perform(world, step);
      int copies = step.changes().size();
      int end = start + 1 + copies + (step.freed().isEmpty() ? 0 : 1) + 1;
      spans.add(new Span(tid, start, end));
      start = end;
    }
    this.image = world.device.image();
    for (int i = 0; i < STEPS.size(); i++) {
      learnJournalBlocks(spans.get(i), STEPS.get(i).changes().size());
    }
  }

  private static long perform(JournalWorld world, Step step) throws IOException {
    long tid;
    try (Handle handle = world.journal.start(step.changes().size() + step.freed().size())) {
      for (Map.Entry<Long, Long> change : step.changes().entrySet()) {
        JournalWorld.set(handle, world.block(change.getKey()), change.getValue());
      }
      for (long freed : step.freed()) {
        handle.forget(world.block(freed));
      }
      tid = handle.tid();
    }
    world.journal.commit(tid);
    return tid;
  }

  /** All but the copies, which stand behind the first block. */
  private void learnJournalBlocks(Span span, int copies) {
    for (int at = span.start(); at < span.end(); at++) {
      if (at == span.start() || at > span.start() + copies) {
        tidOfJournalBlock.put(key(blockAt(image, at)), span.tid());
      }
    }
    tidOfCommitRecord.put(key(blockAt(image, span.end() - 1)), span.tid());
  }

  /** The image after the last commit. */
  byte[] image() {
    return image.clone();
  }

  /** Blocks of the three transactions. */
  int length() {
    return spans.getLast().end();
  }

  /** What the block was before the three transactions. */
  byte[] older(int index) {
    return blockAt(before, index);
  }

  /** The block at {@code index}, counted round the ring from the first block of the log. */
  byte[] blockAt(byte[] of, int index) {
    int offset = offset(index);
    return Arrays.copyOfRange(of, offset, offset + BLOCK_SIZE);
  }

  void put(byte[] into, int index, byte[] block) {
    System.arraycopy(block, 0, into, offset(index), BLOCK_SIZE);
  }

  /** A journal block of {@code type} after the three transactions. */
  byte[] later(int type) {
    byte[] block = new byte[BLOCK_SIZE];
    long tid = spans.getLast().tid() + 5;
    JournalHeader.seal(block, type, tid, 1);
    tidOfJournalBlock.put(key(block), tid);
    return block;
  }

  Expected expected(byte[] damaged) throws IOException {
    int whole = 0;
    while (whole < spans.size() && isWhole(damaged, spans.get(whole))) {
      whole++;
    }
    long expectedTid = whole < spans.size() ? spans.get(whole).tid() : spans.getLast().tid() + 1;
    int end = whole < spans.size() ? spans.get(whole).start() : length();
    boolean refused = false;
    for (int at = end; at < RING; at++) {
      ByteBuffer block = key(blockAt(damaged, at));
      refused |= tidOfJournalBlock.getOrDefault(block, 0L) > expectedTid;
      refused |= tidOfCommitRecord.getOrDefault(block, 0L) == expectedTid;
    }
    return new Expected(
        whole, whole == 0 ? 0 : spans.get(whole - 1).tid(), refused, homesAfter(whole));
  }

  private boolean isWhole(byte[] damaged, Span span) {
    for (int at = span.start(); at < span.end(); at++) {
      if (!Arrays.equals(blockAt(damaged, at), blockAt(image, at))) {
        return false;
      }
    }
    return true;
  }

  private List<Long> homesAfter(int transactions) throws IOException {
    Map<Long, Long> replayed = new TreeMap<>();
    for (Step step : STEPS.subList(0, transactions)) {
      replayed.putAll(step.changes());
      replayed.keySet().removeAll(step.freed());
    }
    long[] homes = JournalWorld.values(before);
    replayed.forEach((home, value) -> homes[home.intValue()] = value);
    return Arrays.stream(homes).boxed().toList();
  }

  private int offset(int index) {
    return (HOMES + 1 + (startInRing + index) % RING) * BLOCK_SIZE;
  }

  private static ByteBuffer key(byte[] block) {
    return ByteBuffer.wrap(block);
  }
}
