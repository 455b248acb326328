package dev.diolab.benchmarks.workload;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * The warm-up or the measured time of a fork, as JMH plans it.
 *
 * @param measured whether it is the measured time
 * @param nanos how long it is to last
 */
record Stretch(boolean measured, long nanos) {
  static Stretch of(IterationParams iteration) {
    return new Stretch(
        iteration.getType() == IterationType.MEASUREMENT,
        iteration.getTime().convertTo(TimeUnit.NANOSECONDS));
  }
}
