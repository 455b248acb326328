package dev.diolab.benchmarks.verify.script;

import dev.diolab.benchmarks.content.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Lets threads of scripts submit direct I/O and go on, and wait for it now and then. */
final class AsyncScripts {
  private AsyncScripts() {}

  /** {@code script} as it is, or in one of three cases with asynchronous operations. */
  static Script vary(Script script, long seed) {
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "asynchronous"));
    if (random.nextInt(3) > 0) {
      return script;
    }
    List<List<Op>> threads = new ArrayList<>();
    for (List<Op> ops : script.threads()) {
      threads.add(submitted(ops, random));
    }
    return new Script(script.blockSize(), script.freeBlocks(), script.setup(), threads);
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
