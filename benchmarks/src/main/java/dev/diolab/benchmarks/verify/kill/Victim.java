package dev.diolab.benchmarks.verify.kill;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.workload.ForkSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One {@code bench} of a single fork, which will be killed.
 *
 * <p>Thread safety: none.
 */
final class Victim implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;
  private static final long POLL_MILLIS = 3;

  /** What JMH says when measuring begins: by then the test file is made and has been warmed up. */
  private static final String BEGUN = "\nIteration ";

  private final Process process;
  private final Path log;
  private final Path partial;

  private Victim(Process process, Path log, Path partial) {
    this.process = process;
    this.log = log;
    this.partial = partial;
  }

  /**
   * Starts a bench.
   *
   * @param command with all arguments
   * @param log takes what it says
   * @param runDirectory its {@code --out}
   */
  static Victim start(List<String> command, Path log, Path runDirectory) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    return new Victim(
        process, log, runDirectory.resolveSibling(runDirectory.getFileName() + ".partial"));
  }

  /**
   * Waits until the fork is measured.
   *
   * @throws Failure when the bench ends before
   */
  void awaitWork() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!works()) {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw Failure.run("the bench ended by itself: " + lastWords(), null);
      }
      if (System.nanoTime() > deadline) {
        throw Failure.run(
            "the bench did not begin to measure in %d s: %s"
                .formatted(PATIENCE_SECONDS, lastWords()),
            null);
      }
    }
  }

  private boolean works() throws IOException {
    Path jmh = partial.resolve("jmh.log");
    return Files.exists(jmh) && Files.readString(jmh, StandardCharsets.UTF_8).contains(BEGUN);
  }

  /**
   * Kills it after {@code delay}.
   *
   * @return whether it was still running then
   */
  boolean killAfter(Duration delay) throws InterruptedException {
    if (process.waitFor(delay.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    Family.kill(process);
    return true;
  }

  /** The mark of what its fork wrote; empty when it was done with its work before the kill. */
  OptionalLong trial() throws IOException {
    if (!Files.isDirectory(partial.resolve("forks"))) {
      return OptionalLong.empty();
    }
    try (Stream<Path> files = Files.list(partial.resolve("forks"))) {
      List<Path> settings =
          files.filter(file -> file.toString().endsWith("_settings.json")).toList();
      if (settings.size() != 1) {
        throw new AssertionError("one fork was asked for, but there were " + settings);
      }
      return OptionalLong.of(ForkSettings.read(settings.getFirst()).trial());
    }
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readString(log).lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "it said nothing" : lines.getLast().strip();
  }

  /** Leaves nothing of it running. */
  @Override
  public void close() {
    Family.kill(process);
  }
}
