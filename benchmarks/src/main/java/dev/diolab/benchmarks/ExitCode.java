package dev.diolab.benchmarks;

/** Exit codes of every verb; scripts may rely on them. */
public enum ExitCode {
  /** Done; for {@code doctor}: this disk can be measured. */
  OK(0),
  /** The work was done, and found something wrong: damage, or a guarantee that fell. */
  FINDINGS(1),
  /** Wrong usage: unknown verb, option, strategy, workload or profile, or an impossible value. */
  USAGE(2),
  /** The machine, the disk or the image is not fit for the run; nothing was measured. */
  ENVIRONMENT(3),
  /** The run began and failed; no complete run directory exists. */
  RUN_FAILED(4),
  /** Ended by SIGINT; the JVM itself exits with 128 + 2. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process exits with. */
  public int code() {
    return code;
  }
}
