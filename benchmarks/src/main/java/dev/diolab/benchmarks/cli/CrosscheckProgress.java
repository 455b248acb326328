package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.progress.Progress;
import java.util.List;

/** Counts the turns of a crosscheck. */
final class CrosscheckProgress implements AutoCloseable {
  private static final double EXTRA_SECONDS = 1.3;

  private final Progress progress;
  private final double secondsPerTurn;
  private int turn;

  private CrosscheckProgress(Progress progress, double secondsPerTurn) {
    this.progress = progress;
    this.secondsPerTurn = secondsPerTurn;
  }

  static CrosscheckProgress begin(
      List<Integer> threads, int contenders, int rounds, double seconds) {
    return begin(threads.size() * contenders * rounds, seconds + EXTRA_SECONDS);
  }

  /** A preparation, and {@code turns} that take about as long each. */
  static CrosscheckProgress begin(int turns, double secondsPerTurn) {
    return new CrosscheckProgress(Progress.begin(secondsPerTurn * (1 + turns)), secondsPerTurn);
  }

  void step(String what) {
    progress.step(what, secondsPerTurn * turn);
    turn++;
  }

  @Override
  public void close() {
    progress.close();
  }
}
