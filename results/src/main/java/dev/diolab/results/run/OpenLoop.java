package dev.diolab.results.run;

/**
 * What came of the operations that arrived in an open loop, all rounds together. What was achieved
 * of the offered load is the cell's throughput.
 *
 * @param due operations that were due within the measured time
 * @param arrivedOpsPerSecond operations that were due, a second of that time: the offered load as
 *     it came out, which random arrivals miss by a little
 * @param unsent those of them that could not be sent before its end
 * @param response response time of those that were sent: from the moment an operation was due to
 *     its return
 */
public record OpenLoop(long due, double arrivedOpsPerSecond, long unsent, Latency response) {

  /** Refuses more unsent operations than were due. */
  public OpenLoop {
    Require.count("openLoop.due", due);
    Require.quantity("openLoop.arrivedOpsPerSecond", arrivedOpsPerSecond);
    Require.count("openLoop.unsent", unsent);
    Require.that(unsent <= due, "openLoop.unsent is %d, but due is %d", unsent, due);
  }
}
