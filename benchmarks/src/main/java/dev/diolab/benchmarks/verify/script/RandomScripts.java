package dev.diolab.benchmarks.verify.script;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Long scripts for several threads from a seed. Threads play phrases: a few operations that belong
 * together, such as filling preallocated space piece by piece, or cutting a file so often that its
 * extent tree gets a second level and then freeing it, so that its node becomes data of another
 * file. Half of the scripts are of direct I/O alone, the others mix it with the page cache, mapped
 * stores, punches and zeroed ranges. In a third of them direct I/O is asynchronous, see {@link
 * AsyncScripts}.
 */
public final class RandomScripts {
  private static final int SECTOR = 512;
  private static final int MAX_BLOCKS = 24;

  private final SplittableRandom random;
  private final int blockSize;

  /** Whether the page cache and the punches take part. */
  private final boolean mixed;

  private RandomScripts(long seed) {
    this.random = new SplittableRandom(seed);
    this.blockSize = random.nextBoolean() ? 4096 : 1024;
    this.mixed = random.nextBoolean();
  }

  /** The script of {@code seed}. */
  public static Script get(long seed) {
    return AsyncScripts.vary(new RandomScripts(seed).script(), seed);
  }

  private Script script() {
    int threads = random.nextInt(1, 4);
    int phrases = random.nextInt(2, 6);
    boolean crowded = random.nextBoolean();
    int freeBlocks = crowded ? random.nextInt(MAX_BLOCKS / 2, MAX_BLOCKS) : 0;
    boolean race = threads > 1 && random.nextBoolean();
    List<Op> setup = race || random.nextBoolean() ? ShortScripts.setup(blockSize) : List.of();
    int raceBlock = random.nextInt(4, 8); // unwritten after the setup
    List<List<Op>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      List<Op> ops = new ArrayList<>();
      if (race) {
        sameBlock(ops, 0, raceBlock);
      }
      for (int phrase = 0; phrase < phrases; phrase++) {
        add(ops);
      }
      all.add(ops);
    }
    if (threads > 1 && random.nextInt(3) > 0) {
      all.set(0, syncs(all.get(1).size()));
    }
    return new Script(blockSize, freeBlocks, setup, all);
  }

  private void add(List<Op> ops) {
    int file = random.nextInt(Script.FILES);
    if (mixed && random.nextInt(5) < 3) {
      addMixed(ops, file);
      return;
    }
    switch (random.nextInt(10)) {
      case 0, 1 -> fill(ops, file);
      case 2 -> append(ops, file);
      case 3, 4 -> fragmentAndFree(ops, file);
      case 5 -> sameBlock(ops, file, random.nextInt(MAX_BLOCKS));
      case 6 -> cutAndGrow(ops, file);
      default -> {
        for (int i = random.nextInt(1, 5); i > 0; i--) {
          ops.add(single(file));
        }
      }
    }
  }

  private void addMixed(List<Op> ops, int file) {
    switch (random.nextInt(6)) {
      case 0, 1 -> sameRange(ops, file);
      case 2 -> appendBuffered(ops, file);
      case 3 -> punchBetween(ops, file);
      case 4 -> storeAndSync(ops, file);
      default -> {
        for (int i = random.nextInt(1, 5); i > 0; i--) {
          ops.add(singleMixed(file));
        }
      }
    }
  }

  /** Direct and buffered I/O on the same blocks. */
  private void sameRange(List<Op> ops, int file) {
    int blocks = random.nextInt(1, 5);
    long start = (long) random.nextInt(MAX_BLOCKS - blocks) * blockSize;
    for (int i = random.nextInt(2, 6); i > 0; i--) {
      OpKind kind =
          switch (random.nextInt(8)) {
            case 0, 1 -> OpKind.WRITE;
            case 2 -> OpKind.READ;
            case 3, 4 -> OpKind.BUFFERED_WRITE;
            case 5 -> OpKind.BUFFERED_DSYNC_WRITE;
            case 6 -> OpKind.MMAP_STORE;
            default -> OpKind.BUFFERED_READ;
          };
      int from = random.nextInt(blocks);
      int count = random.nextInt(1, blocks - from + 1);
      ops.add(new Op(kind, file, start + (long) from * blockSize, count * blockSize));
    }
    maybeSync(ops, file);
  }

  /** A log through the page cache, in pieces that are not of blocks. */
  private void appendBuffered(List<Op> ops, int file) {
    long at = (long) random.nextInt(MAX_BLOCKS - 6) * blockSize;
    if (random.nextBoolean()) {
      ops.add(new Op(OpKind.TRUNCATE, file, at, 0)); // so that each write moves the end
    }
    for (int i = random.nextInt(2, 5); i > 0; i--) {
      int bytes = random.nextInt(1, 4) * (random.nextBoolean() ? blockSize : SECTOR);
      ops.add(new Op(bufferedKind(), file, at, bytes));
      at += bytes;
    }
    maybeSync(ops, file);
  }

  /** Blocks that are written, go away, and are written again. */
  private void punchBetween(List<Op> ops, int file) {
    int blocks = random.nextInt(2, 7);
    long start = (long) random.nextInt(MAX_BLOCKS - blocks) * blockSize;
    ops.add(new Op(anyWriteKind(), file, start, blocks * blockSize));
    maybeSync(ops, file);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int from = random.nextInt(2 * blocks) * blockSize / 2;
      int bytes = Math.min(blocks * blockSize - from, random.nextInt(1, 5) * blockSize / 2);
      ops.add(new Op(zeroKind(), file, start + from, bytes));
      if (random.nextBoolean()) {
        ops.add(new Op(anyWriteKind(), file, start + from, bytes));
      }
    }
    maybeSync(ops, file);
  }

  /** Stores into a file that is long enough for them. */
  private void storeAndSync(List<Op> ops, int file) {
    int blocks = random.nextInt(2, 9);
    long start = (long) random.nextInt(MAX_BLOCKS - blocks) * blockSize;
    if (random.nextBoolean()) {
      ops.add(new Op(OpKind.FALLOCATE, file, start, blocks * blockSize));
    }
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      int sector = random.nextInt(blocks * blockSize / SECTOR);
      int sectors = random.nextInt(1, blocks * blockSize / SECTOR - sector + 1);
      long at = start + (long) sector * SECTOR;
      ops.add(new Op(OpKind.MMAP_STORE, file, at, sectors * SECTOR));
    }
    maybeSync(ops, file);
  }

  private Op singleMixed(int file) {
    int sectors = random.nextInt(1, 4 * blockSize / SECTOR);
    OpKind kind =
        switch (random.nextInt(6)) {
          case 0, 1 -> bufferedKind();
          case 2 -> OpKind.MMAP_STORE;
          case 3 -> OpKind.BUFFERED_READ;
          case 4 -> zeroKind();
          default -> writeKind();
        };
    return new Op(kind, file, sectors(), sectors * SECTOR);
  }

  private OpKind zeroKind() {
    return switch (random.nextInt(4)) {
      case 0 -> OpKind.ZERO_RANGE;
      case 1 -> OpKind.ZERO_RANGE_KEEP_SIZE;
      default -> OpKind.PUNCH_HOLE;
    };
  }

  private OpKind bufferedKind() {
    return random.nextInt(4) == 0 ? OpKind.BUFFERED_DSYNC_WRITE : OpKind.BUFFERED_WRITE;
  }

  private OpKind anyWriteKind() {
    return random.nextBoolean() ? writeKind() : bufferedKind();
  }

  /** Ts'o's pattern: preallocate, then fill piece by piece. */
  private void fill(List<Op> ops, int file) {
    int blocks = random.nextInt(2, 9);
    long start = (long) random.nextInt(MAX_BLOCKS - blocks) * blockSize;
    OpKind kind = random.nextInt(3) == 0 ? OpKind.FALLOCATE : OpKind.FALLOCATE_KEEP_SIZE;
    if (kind == OpKind.FALLOCATE_KEEP_SIZE) {
      ops.add(new Op(OpKind.TRUNCATE, file, start, 0)); // so that each write moves the end
    }
    ops.add(new Op(kind, file, start, blocks * blockSize));
    boolean dsync = random.nextInt(3) == 0; // as a database writes its log
    for (int i = 0; i < blocks; i++) {
      OpKind write = dsync ? OpKind.DSYNC_WRITE : writeKind();
      ops.add(new Op(write, file, start + (long) i * blockSize, blockSize));
    }
    maybeSync(ops, file);
  }

  private void append(List<Op> ops, int file) {
    long at = (long) random.nextInt(MAX_BLOCKS - 4) * blockSize;
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int bytes = random.nextInt(1, 3) * (random.nextBoolean() ? blockSize : SECTOR);
      ops.add(new Op(writeKind(), file, at, bytes));
      at += bytes;
    }
    maybeSync(ops, file);
  }

  /**
   * Single blocks with gaps between them need a tree node; then everything is freed, and a file
   * takes as many blocks as it can get.
   */
  private void fragmentAndFree(List<Op> ops, int file) {
    ops.add(new Op(OpKind.TRUNCATE, file, 0, 0));
    for (int block = 0; block < 12; block += 2) {
      ops.add(new Op(OpKind.WRITE, file, (long) block * blockSize, blockSize));
    }
    ops.add(new Op(OpKind.FSYNC, file, 0, 0));
    ops.add(new Op(OpKind.TRUNCATE, file, 0, 0));
    maybeSync(ops, file);
    int other = random.nextInt(Script.FILES);
    int blocks = random.nextInt(1, 5);
    for (int block = 0; block < MAX_BLOCKS; block += blocks) {
      ops.add(new Op(OpKind.WRITE, other, (long) block * blockSize, blocks * blockSize));
    }
    maybeSync(ops, other);
  }

  /** What was behind a new end within a block must not come back when the file grows. */
  private void cutAndGrow(List<Op> ops, int file) {
    long end = sectors();
    ops.add(new Op(OpKind.WRITE, file, end / blockSize * blockSize, blockSize));
    ops.add(new Op(OpKind.TRUNCATE, file, end, 0));
    long further = (end / blockSize + random.nextInt(1, 3)) * blockSize;
    ops.add(
        random.nextBoolean()
            ? new Op(OpKind.TRUNCATE, file, further, 0)
            : new Op(writeKind(), file, further, blockSize));
    maybeSync(ops, file);
  }

  /** Parts of one block, by sectors. */
  private void sameBlock(List<Op> ops, int file, int number) {
    long block = (long) number * blockSize;
    for (int i = random.nextInt(2, 5); i > 0; i--) {
      int sector = random.nextInt(blockSize / SECTOR);
      ops.add(new Op(writeKind(), file, block + (long) sector * SECTOR, SECTOR));
    }
  }

  private Op single(int file) {
    int kind = random.nextInt(16);
    if (kind < 6) {
      int blocks = random.nextInt(1, 5);
      long start = (long) random.nextInt(MAX_BLOCKS - blocks) * blockSize;
      return new Op(writeKind(), file, start, blocks * blockSize);
    } else if (kind < 8) {
      int bytes = random.nextInt(1, 5) * SECTOR;
      return new Op(writeKind(), file, sectors(), bytes);
    } else if (kind < 10) {
      int blocks = random.nextInt(1, 9);
      return new Op(
          OpKind.READ, file, (long) random.nextInt(MAX_BLOCKS) * blockSize, blocks * blockSize);
    } else if (kind < 12) {
      OpKind mode = random.nextBoolean() ? OpKind.FALLOCATE : OpKind.FALLOCATE_KEEP_SIZE;
      int blocks = random.nextInt(1, 9);
      return new Op(mode, file, (long) random.nextInt(MAX_BLOCKS) * blockSize, blocks * blockSize);
    } else if (kind < 13) {
      return new Op(OpKind.TRUNCATE, file, sectors(), 0);
    }
    return sync(file);
  }

  private List<Op> syncs(int count) {
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ops.add(sync(random.nextInt(Script.FILES)));
    }
    return ops;
  }

  private void maybeSync(List<Op> ops, int file) {
    if (random.nextBoolean()) {
      ops.add(sync(file));
    }
  }

  private Op sync(int file) {
    return new Op(random.nextBoolean() ? OpKind.FSYNC : OpKind.FDATASYNC, file, 0, 0);
  }

  private OpKind writeKind() {
    return random.nextInt(4) == 0 ? OpKind.DSYNC_WRITE : OpKind.WRITE;
  }

  /** A place in the file that need not be the start of a block. */
  private long sectors() {
    return (long) random.nextInt((MAX_BLOCKS - 1) * blockSize / SECTOR) * SECTOR;
  }
}
