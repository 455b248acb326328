package dev.diolab.engine.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.diolab.engine.format.BitmapBlock;
import dev.diolab.engine.format.CorruptImageException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocatorTest {

  @Test
  void emptyVolumeHasAllItsDataBlocksFree() throws IOException {
    TestVolume volume = new TestVolume(1024, 8064 + 1000);

    assertThat(volume.geometry.groupCount()).isEqualTo(2);
    assertThat(volume.allocator.freeBlocks()).isEqualTo(8063 + 999);
    assertThat(volume.allocator.pinnedBlocks()).isZero();
  }

  @Test
  void runBeginsAtAFreeGoal() throws IOException {
    TestVolume volume = new TestVolume(4096, 1000);
    long goal = volume.geometry.groupFirst(0) + 500;

    BlockRun run = volume.take(goal, 10);

    assertThat(run.start()).isEqualTo(goal);
    assertThat(run.count()).isEqualTo(10);
  }

  @Test
  void goalOutsideTheGroupsMeansAnywhere() throws IOException {
    TestVolume volume = new TestVolume(4096, 1000);

    for (long goal : new long[] {-5, 0, volume.geometry.blocks(), Long.MAX_VALUE}) {
      assertThat(volume.take(goal, 10).count()).isEqualTo(10);
    }
  }

  @Test
  void searchSkipsRunsThatAreTooShortAndWrapsInTheGroup() throws IOException {
    TestVolume volume = new TestVolume(4096, 201);
    long first = volume.geometry.groupFirst(0) + 1;
    volume.take(first, 200);
    volume.free(first + 10, 20);
    volume.free(first + 100, 5);
    volume.free(first + 150, 8);
    volume.commit();

    BlockRun run = volume.take(first + 90, 8);
    assertThat(run.start()).isEqualTo(first + 150);
    run = volume.take(first + 90, 20);
    assertThat(run.start()).isEqualTo(first + 10);
    assertThat(run.count()).isEqualTo(20);
    run = volume.take(first, 8);
    assertThat(run.start()).as("the longest run left").isEqualTo(first + 100);
    assertThat(run.count()).isEqualTo(5);
  }

  @Test
  void fullGroupIsPassedOver() throws IOException {
    TestVolume volume = new TestVolume(1024, 8064 * 3);
    long goal = volume.geometry.groupFirst(1) + 1;
    assertThat(volume.take(goal, 8063).count()).isEqualTo(8063);

    assertThat(volume.geometry.groupOf(volume.take(goal, 1).start())).isEqualTo(2);
  }

  @Test
  void fullVolumeSaysWhatWasWantedAndWhatIsLeft() throws IOException {
    TestVolume volume = new TestVolume(1024, 50);
    volume.take(0, 49);

    assertThatExceptionOfType(NoSpaceException.class)
        .isThrownBy(() -> volume.take(0, 7))
        .withMessageContaining("7 blocks wanted")
        .withMessageContaining("0 free")
        .withMessageContaining("volume of 60 blocks");
  }

  @Test
  void metadataComesFromTheEndOfTheGroup() throws IOException {
    TestVolume volume = new TestVolume(1024, 8064 * 2);
    long goal = volume.geometry.groupFirst(0) + 1;

    long meta = volume.change(1, handle -> volume.allocator.allocateMeta(handle, goal));

    assertThat(meta).isEqualTo(volume.geometry.groupFirst(1) - 1);
    assertThat(volume.take(goal, 8062).count()).isEqualTo(8062);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 4096})
  void chunksFallocatedOneAfterTheOtherAreContiguous(int blockSize) throws IOException {
    TestVolume volume = new TestVolume(blockSize, 70_000);
    long goal = volume.geometry.groupFirst(0);
    int runs = 0;
    for (long done = 0; done < 60_000; runs++) {
      BlockRun run = volume.take(goal, Math.min(8192, 60_000 - done));
      boolean first = goal == volume.geometry.bitmapBlock(volume.geometry.groupOf(goal));
      assertThat(run.start()).isEqualTo(first ? goal + 1 : goal);
      goal = run.start() + run.count();
      done += run.count();
    }

    assertThat(runs).isLessThanOrEqualTo(60_000 / 8192 + 1 + volume.geometry.groupCount());
  }

  @Test
  void freeOfAFreeBlockIsReportedAndChangesNothing() throws IOException {
    TestVolume volume = new TestVolume(1024, 100);
    BlockRun run = volume.take(0, 10);
    long free = volume.allocator.freeBlocks();

    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> volume.free(run.start() + 5, 6));
    assertThat(volume.allocator.freeBlocks()).isEqualTo(free);
    assertThat(volume.allocator.pinnedBlocks()).isZero();
  }

  @Test
  void freeOfABitmapOrBeyondAGroupIsReported() throws IOException {
    TestVolume volume = new TestVolume(1024, 8064 * 2);
    long second = volume.geometry.groupFirst(1);

    assertThatExceptionOfType(CorruptImageException.class).isThrownBy(() -> volume.free(second, 1));
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> volume.free(second - 1, 2));
    assertThatExceptionOfType(CorruptImageException.class).isThrownBy(() -> volume.free(0, 1));
  }

  /** The runs of a group against a plain search in a bit set. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void groupAgreesWithABitSet(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    TestVolume volume = new TestVolume(1024, 700);
    int blocks = volume.geometry.groupBlocks(0);
    long first = volume.geometry.groupFirst(0);
    BitSet used = new BitSet();
    used.set(0);
    used.set(blocks, 8064);
    BitSet pinned = new BitSet();
    for (int i = 0; i < 3000; i++) {
      int at = random.nextInt(blocks);
      int count = 1 + random.nextInt(70);
      int dice = random.nextInt(8);
      if (dice == 0) {
        volume.commit();
        used.andNot(pinned);
        pinned.clear();
      } else if (dice < 4) {
        int end = at;
        while (end < blocks && end - at < count && end > 0 && used.get(end) && !pinned.get(end)) {
          end++;
        }
        if (end > at) {
          volume.free(first + at, end - at);
          pinned.set(at, end);
        }
      } else if (used.cardinality() < 8064) {
        BlockRun run = volume.take(first + at, count);
        int[] expected = search(used, at, count);
        assertThat(new long[] {run.start() - first, run.count()})
            .containsExactly(expected[0], expected[1]);
        used.set(expected[0], expected[0] + expected[1]);
      }
      assertThat(volume.allocator.freeBlocks()).isEqualTo(8064 - used.cardinality());
      assertThat(volume.allocator.pinnedBlocks()).isEqualTo(pinned.cardinality());
    }
  }

  /**
   * First run of {@code want} from {@code goal} on, then from 0; else the longest in that order.
   */
  private static int[] search(BitSet used, int goal, int want) {
    List<Integer> starts = new ArrayList<>();
    starts.add(used.nextClearBit(goal));
    for (int bit = goal; bit < 8064; bit++) {
      if (!used.get(bit) && (bit == 0 || used.get(bit - 1)) && bit != starts.get(0)) {
        starts.add(bit);
      }
    }
    for (int bit = 0; bit < goal; bit++) {
      if (!used.get(bit) && (bit == 0 || used.get(bit - 1))) {
        starts.add(bit);
      }
    }
    int[] best = {-1, 0};
    for (int start : starts) {
      int end = used.nextSetBit(start);
      int length = Math.min(want, (end < 0 ? 8064 : end) - start);
      if (start < 8064 && length > best[1]) {
        best = new int[] {start, length};
      }
    }
    return best;
  }

  /** Threads allocate, free and commit at once; a block has one owner at a time. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void noBlockIsGivenOutTwice(int threads) throws Exception {
    TestVolume volume = new TestVolume(1024, 8064 * 2 + 3000);
    AtomicIntegerArray owners = new AtomicIntegerArray((int) volume.geometry.blocks());
    long free = volume.allocator.freeBlocks();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> results = new ArrayList<>();
      for (int thread = 1; thread <= threads; thread++) {
        int id = thread;
        results.add(pool.submit(() -> allocateAndFree(volume, owners, id)));
      }
      for (Future<?> result : results) {
        result.get();
      }
    }
    assertThat(volume.allocator.freeBlocks()).isEqualTo(free);
    assertThat(volume.allocator.pinnedBlocks()).isZero();
    for (int group = 0; group < volume.geometry.groupCount(); group++) {
      byte[] bitmap = volume.cache.get(volume.geometry.bitmapBlock(group), BitmapBlock.SEAL).data();
      assertThat(BitmapBlock.countFree(bitmap)).isEqualTo(volume.geometry.groupBlocks(group) - 1);
    }
  }

  private static @Nullable Void allocateAndFree(
      TestVolume volume, AtomicIntegerArray owners, int id) throws IOException {
    SplittableRandom random = new SplittableRandom(id);
    Deque<long[]> held = new ArrayDeque<>();
    BlockRun run = new BlockRun();
    for (int i = 0; i < 20_000 || !held.isEmpty(); i++) {
      TestHandle handle = new TestHandle(1);
      if (i < 20_000 && random.nextInt(5) < 3) {
        try {
          long goal = random.nextLong(volume.geometry.blocks());
          volume.allocator.allocate(handle, goal, 1 + random.nextInt(60), run);
          for (long block = run.start(); block < run.start() + run.count(); block++) {
            if (!owners.compareAndSet((int) block, 0, id)) {
              throw new AssertionError("block " + block + " has an owner");
            }
          }
          held.add(new long[] {run.start(), run.count()});
        } catch (NoSpaceException e) {
          assertThat(held).as("somebody holds the blocks").isNotNull();
        }
      } else if (!held.isEmpty()) {
        long[] oldest = held.remove();
        // The owner ends before the commit: whoever gets a block earlier meets it.
        volume.allocator.free(handle, oldest[0], oldest[1]);
        for (long block = oldest[0]; block < oldest[0] + oldest[1]; block++) {
          if (!owners.compareAndSet((int) block, id, 0)) {
            throw new AssertionError("block " + block + " has another owner");
          }
        }
      }
      handle.close();
      handle.commit();
    }
    return null;
  }

  @Test
  void damagedBitmapIsRefusedAtMount() throws IOException {
    TestVolume volume = new TestVolume(1024, 100);
    long number = volume.geometry.bitmapBlock(0);
    byte[] intact = volume.read(number);

    for (int at = 0; at < intact.length; at += 5) {
      byte[] damaged = intact.clone();
      damaged[at] ^= 0x04;
      volume.write(number, damaged);
      assertThatExceptionOfType(CorruptImageException.class)
          .as("byte %d", at)
          .isThrownBy(volume::open)
          .withMessageContaining("block " + number);
    }
  }

  @Test
  void bitmapOfAnotherGroupOrLengthIsRefusedAtMount() throws IOException {
    TestVolume volume = new TestVolume(1024, 100);
    long number = volume.geometry.bitmapBlock(0);
    byte[] bitmap = new byte[1024];

    BitmapBlock.init(bitmap, 3, 100);
    BitmapBlock.SEAL.seal(bitmap, number);
    volume.write(number, bitmap);
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(volume::open)
        .withMessageContaining("group is 3, expected 0");

    BitmapBlock.init(bitmap, 0, 101);
    BitmapBlock.SEAL.seal(bitmap, number);
    volume.write(number, bitmap);
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(volume::open)
        .withMessageContaining("bit 100 is clear");
  }
}
