package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.BLOCK_SIZE;
import static dev.diolab.engine.journal.JournalWorld.HOMES;
import static dev.diolab.engine.journal.KnownLog.JOURNAL_BLOCKS;
import static dev.diolab.engine.journal.KnownLog.RING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.JournalHeader;
import dev.diolab.engine.format.Poison;
import dev.diolab.engine.journal.KnownLog.Expected;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every block of the ring meets every fate, alone and in pairs; {@link KnownLog} tells the truth.
 */
class RecoveryCasesTest {
  private static final int SECTOR = 512;

  /** A byte of each field of a header, of the first and the second sector, and the last one. */
  private static final int[] FLIPPED_BYTES = {0, 4, 8, 16, 20, 24, 33, 511, 512, 1023};

  /** What becomes of the block at an index of the log. */
  private interface Damage {
    void apply(KnownLog log, byte[] image, int index);
  }

  private record Fate(String name, Damage damage) {}

  private static final List<Fate> PLAIN_FATES =
      List.of(
          new Fate("zeroed", (log, image, at) -> log.put(image, at, new byte[BLOCK_SIZE])),
          new Fate("poison", (log, image, at) -> log.put(image, at, poison())),
          new Fate("older", (log, image, at) -> log.put(image, at, log.older(at))),
          new Fate("only first sector", (log, image, at) -> tear(log, image, at, SECTOR)),
          new Fate("only second sector", (log, image, at) -> tear(log, image, at, 0)),
          new Fate("swapped with the next", RecoveryCasesTest::swap),
          new Fate("later commit", (log, image, at) -> later(log, image, at, JournalHeader.COMMIT)),
          new Fate(
              "later descriptor",
              (log, image, at) -> later(log, image, at, JournalHeader.DESCRIPTOR)));

  @ParameterizedTest
  @ValueSource(ints = {0, 13, 22, 24, 26, 30})
  void everyFateOfEveryBlockEndsAsTheTableSays(int startInRing) throws IOException {
    KnownLog log = new KnownLog(startInRing);
    check(log, log.image(), "intact");
    List<Fate> fates = new ArrayList<>(PLAIN_FATES);
    for (int flipped : FLIPPED_BYTES) {
      fates.add(new Fate("flipped bit in byte " + flipped, (l, i, at) -> flip(l, i, at, flipped)));
    }
    for (int index = 0; index < RING; index++) {
      for (Fate fate : fates) {
        byte[] image = log.image();
        fate.damage().apply(log, image, index);
        check(log, image, "block " + index + " " + fate.name());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 24})
  void everyPairOfFatesOfTwoBlocksEndsAsTheTableSays(int startInRing) throws IOException {
    KnownLog log = new KnownLog(startInRing);
    for (int first = 0; first < log.length(); first++) {
      for (int second = first + 1; second < log.length() + 2; second++) {
        for (Fate one : PLAIN_FATES) {
          for (Fate other : PLAIN_FATES) {
            byte[] image = log.image();
            one.damage().apply(log, image, first);
            other.damage().apply(log, image, second);
            String what =
                "block " + first + " " + one.name() + ", block " + second + " " + other.name();
            check(log, image, what);
          }
        }
      }
    }
  }

  private static void check(KnownLog log, byte[] image, String what) throws IOException {
    Expected expected = log.expected(image);
    TestDevice device = new TestDevice(image.clone(), false);
    try {
      RecoverySummary summary = Journal.recover(device, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE);
      assertThat(expected.refused()).as("%s: must be refused", what).isFalse();
      assertThat(summary.transactions()).as(what).isEqualTo(expected.transactions());
      assertThat(summary.lastTid()).as(what).isEqualTo(expected.lastTid());
      assertThat(JournalWorld.values(device.image()))
          .as(what)
          .containsExactly(expected.homes().toArray(new Long[0]));
      assertThat(Journal.recover(device, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE).transactions())
          .as("%s, recovered twice", what)
          .isZero();
    } catch (CorruptImageException e) {
      assertThat(expected.refused()).as("%s: %s", what, e.getMessage()).isTrue();
      assertThat(e).hasMessageContaining("is damaged: it was committed");
      assertThat(device.image()).as(what).isEqualTo(image);
    }
  }

  private static byte[] poison() {
    byte[] block = new byte[BLOCK_SIZE];
    Poison.fill(MemorySegment.ofArray(block));
    return block;
  }

  /** The sector at {@code lost} is what it was before. */
  private static void tear(KnownLog log, byte[] image, int index, int lost) {
    byte[] block = log.blockAt(image, index);
    System.arraycopy(log.older(index), lost, block, lost, SECTOR);
    log.put(image, index, block);
  }

  private static void swap(KnownLog log, byte[] image, int index) {
    int next = (index + 1) % RING;
    byte[] block = log.blockAt(image, index);
    log.put(image, index, log.blockAt(image, next));
    log.put(image, next, block);
  }

  private static void later(KnownLog log, byte[] image, int index, int type) {
    log.put(image, index, log.later(type));
  }

  private static void flip(KnownLog log, byte[] image, int index, int flipped) {
    byte[] block = log.blockAt(image, index);
    block[flipped] ^= 0x20;
    log.put(image, index, block);
  }
}
