package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.BLOCK_SIZE;
import static dev.diolab.engine.journal.JournalWorld.HOMES;
import static dev.diolab.engine.journal.JournalWorld.SEAL;

import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.journal.TestDevice.Event;
import dev.diolab.engine.journal.TestDevice.Kind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/**
 * Seeded changes to a journal, and the oracle of what each crash may leave of them.
 *
 * <p>Blocks are changed, freed, used for file data that bypasses the journal, and used for metadata
 * again. No two writes carry the same value.
 */
final class CrashWorkload {
  private static final long FREE = -1;
  private static final int BLOCKS_PER_HANDLE = 3;

  /** At {@code event} events, everything up to {@code tid} had been reported durable. */
  private record Report(int event, long tid) {}

  /** File data written to a free block, as event number {@code event}. */
  private record DataWrite(int block, int event, long value) {}

  private final JournalWorld world;
  private final Random random;
  private final long[] live = new long[HOMES];
  private final NavigableMap<Long, long[]> stateAfter = new TreeMap<>();
  private final List<Report> reports = new ArrayList<>();
  private final List<DataWrite> dataWrites = new ArrayList<>();
  private final List<Integer> reusable = new ArrayList<>();
  private List<Event> events = List.of();
  private long nextValue = 1;

  CrashWorkload(JournalWorld world, long seed) {
    this.world = world;
    this.random = new Random(seed);
    stateAfter.put(0L, live.clone());
  }

  void run(int handles) throws IOException {
    for (int i = 0; i < handles; i++) {
      long tid = changeBlocks();
      if (random.nextBoolean()) {
        world.journal.commit(tid);
      }
      reportDurable(tid);
      if (!reusable.isEmpty() && random.nextInt(3) == 0) {
        writeData(reusable.get(random.nextInt(reusable.size())));
      }
    }
    world.journal.commitAll();
    reportDurable(stateAfter.lastKey());
    events = world.device.events();
  }

  /** The newest tid that had been reported durable when {@code event} events had happened. */
  long reportedAt(int event) {
    long tid = 0;
    for (Report report : reports) {
      if (report.event() <= event) {
        tid = report.tid();
      }
    }
    return tid;
  }

  /**
   * The tid whose state {@code image}, recovered from a crash after {@code event} events, shows; -1
   * when it shows none that is at least {@code oldest}.
   */
  long tidOf(byte[] image, int event, long oldest) throws IOException {
    for (Map.Entry<Long, long[]> state : stateAfter.tailMap(oldest).entrySet()) {
      if (shows(image, state.getValue(), event)) {
        return state.getKey();
      }
    }
    return -1;
  }

  private long changeBlocks() throws IOException {
    try (Handle handle = world.journal.start(BLOCKS_PER_HANDLE)) {
      int changes = 1 + random.nextInt(BLOCKS_PER_HANDLE);
      for (int i = 0; i < changes; i++) {
        int block = random.nextInt(HOMES);
        if (live[block] == FREE) {
          reuse(handle, block);
        } else if (random.nextInt(4) == 0) {
          free(handle, block);
        } else {
          set(handle, world.block(block));
        }
      }
      stateAfter.put(handle.tid(), live.clone());
      return handle.tid();
    }
  }

  private void set(Handle handle, MetaBlock block) {
    live[(int) block.number()] = nextValue;
    JournalWorld.set(handle, block, nextValue++);
  }

  private void free(Handle handle, int block) throws IOException {
    live[block] = FREE;
    handle.forget(world.block(block));
    handle.afterCommit(() -> reusable.add(block));
  }

  private void reuse(Handle handle, int block) {
    if (reusable.remove(Integer.valueOf(block))) {
      set(handle, world.cache.fresh(block, SEAL));
    }
  }

  private void writeData(int block) throws IOException {
    byte[] data = new byte[BLOCK_SIZE];
    JournalWorld.fill(data, nextValue);
    SEAL.seal(data, block);
    world.device.write(MemorySegment.ofArray(data), 0, (long) block * BLOCK_SIZE, BLOCK_SIZE);
    dataWrites.add(new DataWrite(block, world.device.eventCount(), nextValue++));
  }

  private void reportDurable(long newest) {
    long tid = newest;
    while (!world.journal.isDurable(tid)) {
      tid--;
    }
    reports.add(new Report(world.device.eventCount(), tid));
  }

  private boolean shows(byte[] image, long[] state, int event) throws IOException {
    for (int number = 0; number < HOMES; number++) {
      byte[] block = Arrays.copyOfRange(image, number * BLOCK_SIZE, (number + 1) * BLOCK_SIZE);
      boolean right =
          state[number] == FREE
              ? holdsItsData(block, number, event)
              : JournalWorld.value(block) == state[number] && isWhole(block, number);
      if (!right) {
        return false;
      }
    }
    return true;
  }

  /** File data that was flushed and not overwritten since must be there; else anything may be. */
  private boolean holdsItsData(byte[] block, int number, int event) {
    DataWrite last = null;
    for (DataWrite write : dataWrites) {
      boolean isBegun = write.event() <= event + 1;
      if (write.block() == number && isBegun) {
        last = write;
      }
    }
    if (last == null || !isFlushed(last.event(), event)) {
      return true;
    }
    return isSuperseded(last, event) || JournalWorld.value(block) == last.value();
  }

  private boolean isFlushed(int from, int to) {
    List<Event> between = events.subList(Math.min(from, to), to);
    return between.stream().anyMatch(event -> event.kind() == Kind.FLUSH);
  }

  /** Whether the block was used for metadata, and so written by a checkpoint, after the data. */
  private boolean isSuperseded(DataWrite data, int event) {
    List<Event> later = events.subList(data.event(), event);
    long offset = (long) data.block() * BLOCK_SIZE;
    return later.stream()
        .anyMatch(
            write -> write.offset() <= offset && offset < write.offset() + write.bytes().length);
  }

  private static boolean isWhole(byte[] block, int number) {
    try {
      SEAL.verify(block, number);
      return true;
    } catch (CorruptImageException e) {
      return false;
    }
  }
}
