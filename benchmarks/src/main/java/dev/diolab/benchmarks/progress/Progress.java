package dev.diolab.benchmarks.progress;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one long task: a line that is redrawn on a terminal, or one line for each step
 * where the output goes into a file.
 *
 * <p>Progress is counted in expected seconds; the time left is what is expected still, corrected by
 * how the expectation held so far.
 *
 * <p>Thread safety: one thread reports; the library's own thread redraws.
 */
public final class Progress implements AutoCloseable {
  private static final int REDRAW_MILLIS = 250;

  /** Below this share of the work the correction would be a guess. */
  private static final double TRUSTED_SHARE = 0.02;

  private final PrintStream out;
  private final double expectedSeconds;
  private final long startNanos = System.nanoTime();
  private final @Nullable ProgressBar bar;
  private volatile String step = "";
  private volatile double doneSeconds;
  private volatile long stepNanos = startNanos;

  private Progress(PrintStream out, boolean interactive, double expectedSeconds) {
    this.out = out;
    this.expectedSeconds = expectedSeconds;
    this.bar = interactive ? bar(out) : null;
  }

  /**
   * Begins to report to standard error.
   *
   * @param expectedSeconds how long the task will take at a guess
   */
  public static Progress begin(double expectedSeconds) {
    return new Progress(System.err, isTerminal(), expectedSeconds);
  }

  /** Begins to report to a file or a pipe. */
  static Progress plain(PrintStream out, double expectedSeconds) {
    return new Progress(out, false, expectedSeconds);
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /** Says what is being done now, and how much of the expected time lies behind. */
  public void step(String what, double doneExpectedSeconds) {
    stepNanos = System.nanoTime();
    step = what;
    doneSeconds = doneExpectedSeconds;
    if (bar == null) {
      out.println(line());
    } else {
      bar.stepTo((long) doneExpectedSeconds);
    }
  }

  /** As {@link #step}, but silent where every step would be a line of its own. */
  public void advance(String what, double doneExpectedSeconds) {
    if (bar != null) {
      step(what, doneExpectedSeconds);
    }
  }

  private ProgressBar bar(PrintStream target) {
    return new ProgressBarBuilder()
        .setInitialMax(Math.max(1, (long) expectedSeconds))
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .continuousUpdate()
        .setRenderer(this::render)
        .setConsumer(new ConsoleProgressBarConsumer(target))
        .clearDisplayOnFinish()
        .build();
  }

  private String render(ProgressState state, int width) {
    String line = line();
    return line.length() <= width ? line : line.substring(0, Math.max(0, width));
  }

  /** The time first: what does not fit a narrow terminal is the end. */
  private String line() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    return Durations.clock(elapsed)
        + left(elapsed).map(left -> ", " + Durations.clock(left) + " left").orElse("")
        + "  "
        + step;
  }

  private Optional<Duration> left(Duration elapsed) {
    double rest = expectedSeconds - doneSeconds;
    if (rest <= 0) {
      return Optional.empty();
    }
    double inStep = (System.nanoTime() - stepNanos) / 1e9;
    double beforeStep = elapsed.toMillis() / 1000.0 - inStep;
    double factor = doneSeconds < expectedSeconds * TRUSTED_SHARE ? 1 : beforeStep / doneSeconds;
    return Optional.of(Duration.ofMillis((long) (Math.max(0, rest * factor - inStep) * 1000)));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
