package dev.diolab.benchmarks.verify.replay;

import dev.diolab.benchmarks.verify.crash.Explorer;
import dev.diolab.benchmarks.verify.history.History;
import dev.diolab.benchmarks.verify.history.Violation;
import dev.diolab.benchmarks.verify.record.Recorder;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tries a saved case again. */
public final class Replay {
  /** How often a workload is run again that went wrong without a crash. */
  private static final int TRIES = 300;

  private Replay() {}

  /**
   * What is wrong now: recovers the saved image and judges it by the saved history; a case without
   * a crash is run again until it goes wrong in the same way, some hundred times at most.
   */
  public static List<Violation> run(SavedCase saved, DioStrategy strategy, ConversionPolicy policy)
      throws IOException {
    if (saved.crash() != null) {
      return new Explorer(strategy, policy)
          .judge(
              CaseFile.image(saved.crash()),
              new History(saved.events(), saved.setupEnd()),
              saved.crash().tick());
    }
    List<Violation> found = new ArrayList<>();
    Recorder recorder = new Recorder(strategy, policy);
    for (int i = 0; i < TRIES && !recorder.hung() && !breaks(found, saved); i++) {
      found.addAll(recorder.record(saved.script(), i).violations());
    }
    return found;
  }

  private static boolean breaks(List<Violation> found, SavedCase saved) {
    return found.stream().anyMatch(each -> each.claim().label().equals(saved.claim()));
  }
}
