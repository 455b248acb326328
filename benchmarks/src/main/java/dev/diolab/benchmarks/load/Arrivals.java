package dev.diolab.benchmarks.load;

/** How operations arrive in an open loop. */
public enum Arrivals {
  /** At equal distances. */
  CONSTANT("constant"),
  /** At random and independently of each other, so that distances are exponential. */
  POISSON("poisson");

  private final String label;

  Arrivals(String label) {
    this.label = label;
  }

  /** The name on the command line and in results. */
  public String label() {
    return label;
  }
}
