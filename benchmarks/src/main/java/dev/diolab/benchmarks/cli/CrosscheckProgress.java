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
    double secondsPerTurn = seconds + EXTRA_SECONDS;
    double expected = secondsPerTurn * (1 + threads.size() * contenders * rounds);
    return new CrosscheckProgress(Progress.begin(expected), secondsPerTurn);
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
