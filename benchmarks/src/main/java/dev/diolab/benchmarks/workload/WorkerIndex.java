package dev.diolab.benchmarks.workload;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** Which of the workers of a trial a thread of JMH is. */
@State(Scope.Thread)
public class WorkerIndex {
  private int value;

  /** Asks JMH. */
  @Setup(Level.Trial)
  public void join(ThreadParams thread) {
    value = thread.getThreadIndex();
  }

  /** From 0 on. */
  int value() {
    return value;
  }
}
