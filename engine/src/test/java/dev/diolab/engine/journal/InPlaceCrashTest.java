package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.BLOCK_SIZE;
import static dev.diolab.engine.journal.JournalWorld.HOMES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.format.BlockSeal;
import dev.diolab.engine.format.Bytes;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.journal.TestDevice.CrashWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Blocks of two sectors, each with a value and a checksum, that are changed by transactions and in
 * place in turn: after a crash at any write, torn or not, each sector holds a value that is not
 * older than what was reported durable, and not newer than what had begun to be made so.
 */
class InPlaceCrashTest {
  private static final int BLOCKS = 4;
  private static final int SECTOR = 512;
  private static final int SECTORS = BLOCK_SIZE / SECTOR;

  /** So few uncommitted changes that no handle has to commit for want of room. */
  private static final int MOST_UNCOMMITTED = 3;

  private static final BlockSeal SEAL = new SectorSeal();

  /** A value of a sector, and how many events had happened when it might reach the device. */
  private record Change(int item, long value, int begun, int durable) {}

  private final List<Change> changes = new ArrayList<>();

  /** Changes of the running transaction; their events are not known yet. */
  private final List<Change> uncommitted = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"32, 1", "32, 2", "64, 3", "64, 4"})
  void everyCrashLeavesValuesThatAreDurableAndNoneThatWereNotCommitted(int journalBlocks, long seed)
      throws IOException {
    JournalWorld world = JournalWorld.fresh(journalBlocks);
    Random random = new Random(seed);
    int inPlace = 0;
    for (int value = 1; value <= 400; value++) {
      MetaBlock block = world.cache.get(random.nextInt(BLOCKS), SEAL);
      int sector = random.nextInt(SECTORS);
      if (random.nextInt(3) == 0) {
        inPlace += changeInPlace(world, block, sector, value) ? 1 : 0;
      } else {
        changeInJournal(world, block, sector, value, random.nextBoolean());
        if (random.nextBoolean() || uncommitted.size() == MOST_UNCOMMITTED) {
          commit(world);
        }
      }
    }
    assertThat(inPlace).isGreaterThan(40);
    assertThat(world.journal.counters().checkpoints()).isGreaterThan(3);

    CrashWalk walk = world.device.crashWalk();
    while (walk.hasNext()) {
      int event = walk.advance();
      check(walk.losingAll(), event, journalBlocks);
      check(walk.losingNone(), event, journalBlocks);
      check(walk.losingSome(random), event, journalBlocks);
      check(walk.losingSome(random), event, journalBlocks);
    }
  }

  private boolean changeInPlace(JournalWorld world, MetaBlock block, int sector, long value)
      throws IOException {
    int begun = world.device.eventCount();
    boolean changed =
        world
            .journal
            .inPlace(block)
            .change(
                () -> {
                  Bytes.putLong(block.data(), sector * SECTOR, value);
                  return true;
                });
    if (changed) {
      changes.add(new Change(item(block, sector), value, begun, world.device.eventCount()));
    }
    return changed;
  }

  private void changeInJournal(
      JournalWorld world, MetaBlock block, int sector, long value, boolean bringsHome)
      throws IOException {
    try (Handle handle = world.journal.start(1)) {
      handle.modify(block);
      Bytes.putLong(block.data(), sector * SECTOR, value);
      if (bringsHome) {
        handle.bringHome(block);
      }
    }
    uncommitted.add(new Change(item(block, sector), value, 0, 0));
  }

  private void commit(JournalWorld world) throws IOException {
    int begun = world.device.eventCount();
    world.journal.commitAll();
    int durable = world.device.eventCount();
    uncommitted.forEach(each -> changes.add(new Change(each.item(), each.value(), begun, durable)));
    uncommitted.clear();
  }

  private static int item(MetaBlock block, int sector) {
    return (int) block.number() * SECTORS + sector;
  }

  private void check(byte[] image, int event, int journalBlocks) throws IOException {
    long[] floor = new long[BLOCKS * SECTORS];
    long[] ceiling = new long[BLOCKS * SECTORS];
    for (Change change : changes) {
      if (change.durable() <= event) {
        floor[change.item()] = Math.max(floor[change.item()], change.value());
      }
      if (change.begun() <= event) {
        ceiling[change.item()] = Math.max(ceiling[change.item()], change.value());
      }
    }
    TestDevice device = new TestDevice(image.clone(), false);
    Journal.recover(device, HOMES, journalBlocks, BLOCK_SIZE);
    byte[] recovered = device.image();
    for (int item = 0; item < floor.length; item++) {
      SectorSeal.verifySector(recovered, item * SECTOR, item / SECTORS);
      assertThat(Bytes.getLong(recovered, item * SECTOR))
          .as("sector %d after %d events", item, event)
          .isBetween(floor[item], ceiling[item]);
    }
  }

  /** A checksum at the end of each sector, as each inode record has one of its own. */
  private static final class SectorSeal implements BlockSeal {
    @Override
    public void seal(byte[] block, long number) {
      for (int at = 0; at < block.length; at += SECTOR) {
        Bytes.putInt(block, at + SECTOR - Integer.BYTES, checksum(block, at, number));
      }
    }

    @Override
    public void verify(byte[] block, long number) throws CorruptImageException {
      for (int at = 0; at < block.length; at += SECTOR) {
        verifySector(block, at, number);
      }
    }

    static void verifySector(byte[] image, int at, long number) throws CorruptImageException {
      int found = Bytes.getInt(image, at + SECTOR - Integer.BYTES);
      boolean neverWritten = Bytes.getLong(image, at) == 0 && found == 0;
      if (!neverWritten && found != checksum(image, at, number)) {
        throw new CorruptImageException("sector at " + at + " is torn or mixed");
      }
    }

    private static int checksum(byte[] block, int at, long number) {
      CRC32C crc = new CRC32C();
      crc.update(block, at, SECTOR - Integer.BYTES);
      crc.update((int) number);
      return (int) crc.getValue();
    }
  }
}
