package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.plan.Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What numbers on the command line may be. */
final class Ranges {
  private static final double MAX_SECONDS = 3600;
  private static final int MAX_ROUNDS = 1000;
  private static final int MAX_DEPTH = 1024;
  private static final double MAX_RATE = 10_000_000;

  private Ranges() {}

  static void requireThreads(List<Integer> threads) {
    for (int count : threads) {
      if (count < 1 || count > Block.MAX_THREADS) {
        throw Failure.usage("--threads " + count + " is not from 1 to " + Block.MAX_THREADS);
      }
    }
  }

  static void requireDepths(List<Integer> depths) {
    for (int depth : depths) {
      if (depth < 1 || depth > MAX_DEPTH) {
        throw Failure.usage("--depth " + depth + " is not from 1 to " + MAX_DEPTH);
      }
    }
  }

  static void requireSeconds(String option, @Nullable Double seconds) {
    if (seconds != null && !(seconds > 0 && seconds <= MAX_SECONDS)) {
      throw Failure.usage(option + " " + seconds + " is not above 0 and at most 3600");
    }
  }

  static void requireRate(@Nullable Double opsPerSecond) {
    if (opsPerSecond != null && !(opsPerSecond >= 1 && opsPerSecond <= MAX_RATE)) {
      throw Failure.usage("--rate " + opsPerSecond + " is not from 1 to 10000000");
    }
  }

  static void requireRounds(@Nullable Integer rounds) {
    if (rounds != null && (rounds < 1 || rounds > MAX_ROUNDS)) {
      throw Failure.usage("--rounds " + rounds + " is not from 1 to " + MAX_ROUNDS);
    }
  }
}
