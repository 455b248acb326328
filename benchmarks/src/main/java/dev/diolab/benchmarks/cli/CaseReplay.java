package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.plugin.Catalog;
import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.history.Violation;
import dev.diolab.benchmarks.verify.replay.CaseFile;
import dev.diolab.benchmarks.verify.replay.Replay;
import dev.diolab.benchmarks.verify.replay.SavedCase;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Replays a saved case and tells the story of it. */
final class CaseReplay {
  private final SavedCase saved;
  private final DioStrategy strategy;
  private final ConversionPolicy policy;
  private final PrintWriter console;

  private CaseReplay(SavedCase saved, Catalog catalog, PrintWriter console) {
    this.saved = saved;
    this.console = console;
    try {
      this.strategy = catalog.strategy(saved.strategy());
      this.policy = catalog.policy(saved.policy());
    } catch (Failure e) {
      throw Failure.usage(
          "the case needs what is not here: "
              + Failure.messageOf(e)
              + "; give the --plugin that it came from");
    }
  }

  /**
   * Replays the case in {@code file} with the code as it is now.
   *
   * @return {@link ExitCode#FINDINGS} when what the case shows is broken still
   * @throws Failure when {@code file} is no case, or its strategy or policy is not in {@code
   *     catalog}
   */
  static ExitCode run(Path file, Catalog catalog, PrintWriter console) throws IOException {
    return new CaseReplay(CaseFile.read(file), catalog, console).run();
  }

  private ExitCode run() throws IOException {
    tell();
    List<Violation> found = Replay.run(saved, strategy, policy);
    found.forEach(each -> console.println("now " + each.claim().label() + ": " + each.message()));
    boolean broken =
        found.stream().anyMatch(violation -> violation.claim().label().equals(saved.claim()));
    console.println((broken ? "BROKEN still: " : "held now: ") + saved.claim());
    return broken ? ExitCode.FINDINGS : ExitCode.OK;
  }

  private void tell() {
    console.printf(
        "%s of %s/%s: %s%n", saved.claim(), saved.strategy(), saved.policy(), saved.message());
    for (Event event : saved.events()) {
      String who = event.thread() < 0 ? "setup   " : "thread " + event.thread();
      console.printf("  %s  %s%n", who, event);
    }
    SavedCase.Crash crash = saved.crash();
    if (crash == null) {
      console.println("no crash: it went wrong while it ran, so it is run again");
      return;
    }
    boolean nothingLoose = crash.reached().isEmpty() && crash.lost().isEmpty();
    console.printf(
        "crash at tick %d; %s%n",
        crash.tick(),
        nothingLoose ? "everything written was durable" : "what no flush had made durable:");
    crash.reached().forEach(write -> console.println("  on the medium: " + write));
    crash.lost().forEach(write -> console.println("  lost: " + write));
    if (crash.inRecovery()) {
      console.println("a second crash hit the recovery from it");
    }
  }
}
