package dev.diolab.results.compare;

import dev.diolab.results.run.Latency;

/** The percentiles that intervals are given for. */
public enum Percentile {
  /** The median. */
  P50("p50", 50),
  /** What one operation in a hundred exceeds. */
  P99("p99", 99),
  /** What one operation in a thousand exceeds. */
  P999("p99.9", 99.9);

  private final String title;
  private final double percent;

  Percentile(String title, double percent) {
    this.title = title;
    this.percent = percent;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** How many operations of a hundred do not exceed it. */
  public double percent() {
    return percent;
  }

  /** The percentile in microseconds. */
  public double of(Latency latency) {
    return switch (this) {
      case P50 -> latency.p50Us();
      case P99 -> latency.p99Us();
      case P999 -> latency.p999Us();
    };
  }
}
