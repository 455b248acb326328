package dev.diolab.benchmarks.verify.fsx;

import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;

/** The exerciser as it runs inside of a loader of a mutant. It takes and returns only JDK types. */
public final class FsxAttack {
  private static final int LONGEST_FILE = 40_000;
  private static final int LONGEST_OP = 10_000;
  private static final long PATIENCE_MILLIS = 10_000;

  private FsxAttack() {}

  /** What went wrong with a file under random operations; empty for nothing. */
  public static String run(int blockSize, int threads, int operations, long seed)
      throws IOException {
    Settings settings =
        new Settings(
            operations,
            LONGEST_FILE,
            LONGEST_OP,
            1,
            1,
            1,
            true,
            true,
            true,
            true,
            true,
            Access.MIXED,
            false,
            0,
            threads);
    Difference difference =
        Exerciser.run(
                settings,
                seed,
                (contents, file) ->
                    new VolumeSubject(
                        new MemoryDevice(VolumeSubject.deviceBytes(file.longestFile())),
                        blockSize,
                        Strategies.byName("iomap-endio"),
                        Policies.byName("end-io"),
                        contents,
                        file),
                new Exerciser.Patience(PATIENCE_MILLIS, done -> {}))
            .difference();
    return difference == null ? "" : difference.message();
  }
}
