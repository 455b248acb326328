package dev.diolab.benchmarks.verify.script;

import dev.diolab.benchmarks.content.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Lets threads of scripts submit direct I/O and go on, and wait for it now and then. */
final class AsyncScripts {
  private static final int SECTOR = 512;
  private static final int FIRST_BLOCK = 8;
  private static final int LAST_BLOCK = 22;

  private AsyncScripts() {}

  /** {@code script} as it is, or in one of three cases with asynchronous operations. */
  static Script vary(Script script, long seed) {
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "asynchronous"));
    if (random.nextInt(3) > 0) {
      return script;
    }
    List<List<Op>> threads = new ArrayList<>();
    for (List<Op> ops : script.threads()) {
      List<Op> all = new ArrayList<>();
      if (random.nextInt(3) == 0) {
        partsOfOneBlock(all, script.blockSize(), random);
      }
      all.addAll(submitted(ops, random));
      threads.add(all);
    }
    return new Script(script.blockSize(), script.freeBlocks(), script.setup(), threads);
  }

  /**
   * Parts of a block that is most likely unwritten, all in flight at once: each zeroes the rest.
   */
  private static void partsOfOneBlock(List<Op> ops, int blockSize, SplittableRandom random) {
    int file = random.nextInt(Script.FILES);
    long block = (long) random.nextInt(FIRST_BLOCK, LAST_BLOCK) * blockSize;
    ops.add(new Op(OpKind.FALLOCATE, file, block, blockSize));
    int sectors = blockSize / SECTOR;
    int step = random.nextInt(1, sectors / 2 + 1);
    for (int sector = random.nextInt(step); sector < sectors && ops.size() < 5; sector += step) {
      ops.add(new Op(OpKind.ASYNC_WRITE, file, block + (long) sector * SECTOR, SECTOR));
    }
    ops.add(new Op(OpKind.AWAIT, file, 0, 0));
    ops.add(new Op(OpKind.FSYNC, file, 0, 0));
  }

  private static List<Op> submitted(List<Op> ops, SplittableRandom random) {
    List<Op> result = new ArrayList<>();
    boolean inFlight = false;
    for (Op op : ops) {
      Op varied = random.nextInt(8) > 0 ? submitted(op) : op;
      result.add(varied);
      inFlight |= varied.kind().isAsync();
      if (inFlight && random.nextInt(5) == 0) {
        result.add(new Op(OpKind.AWAIT, op.file(), 0, 0));
        inFlight = false;
      }
    }
    return result;
  }

  private static Op submitted(Op op) {
    OpKind kind =
        switch (op.kind()) {
          case WRITE -> OpKind.ASYNC_WRITE;
          case DSYNC_WRITE -> OpKind.ASYNC_DSYNC_WRITE;
          case READ -> OpKind.ASYNC_READ;
          default -> op.kind();
        };
    return new Op(kind, op.file(), op.offset(), op.bytes());
  }
}
