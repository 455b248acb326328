package dev.diolab.benchmarks.verify.script;

import dev.diolab.results.run.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * A workload: what is done first, by one thread, and is durable; then what several threads do at
 * the same time, each its own list in order.
 *
 * @param blockSize block size of the volume
 * @param freeBlocks blocks that stay free for the files, so that freed ones are soon used again; 0
 *     when the volume is not filled up
 * @param setup what makes the files as they are before the recording
 * @param threads what each thread does
 */
public record Script(int blockSize, int freeBlocks, List<Op> setup, List<List<Op>> threads) {
  /** Files of every script. */
  public static final int FILES = 2;

  /** No file reaches beyond this many bytes. */
  public static final int MAX_FILE_BYTES = 256 * 1024;

  /** Refuses a block size that no volume has, and copies the lists. */
  public Script {
    Require.that(
        blockSize == 1024 || blockSize == 2048 || blockSize == 4096,
        "blockSize is %d, but must be 1024, 2048 or 4096",
        blockSize);
    Require.count("freeBlocks", freeBlocks);
    setup = Require.list("setup", setup);
    threads = threads.stream().map(List::copyOf).toList();
  }

  /** Operations of all threads. */
  public int operations() {
    return threads.stream().mapToInt(List::size).sum();
  }

  /** Whether each run of it is the same: one thread that waits for all it does. */
  public boolean isDeterministic() {
    return threads.size() == 1 && !isAsync();
  }

  /** Whether some operation is submitted and not waited for. */
  public boolean isAsync() {
    return threads.stream().anyMatch(ops -> ops.stream().anyMatch(op -> op.kind().isAsync()));
  }

  /** The same without {@code count} operations of {@code thread} from {@code from} on. */
  public Script without(int thread, int from, int count) {
    List<List<Op>> rest = new ArrayList<>(threads);
    List<Op> ops = new ArrayList<>(rest.get(thread));
    ops.subList(from, from + count).clear();
    rest.set(thread, ops);
    return new Script(blockSize, freeBlocks, setup, rest);
  }

  /** The same without {@code thread}. */
  public Script withoutThread(int thread) {
    List<List<Op>> rest = new ArrayList<>(threads);
    rest.remove(thread);
    return new Script(blockSize, freeBlocks, setup, rest);
  }

  /** The same without operation {@code index} of the setup. */
  public Script withoutSetup(int index) {
    List<Op> rest = new ArrayList<>(setup);
    rest.remove(index);
    return new Script(blockSize, freeBlocks, rest, threads);
  }
}
