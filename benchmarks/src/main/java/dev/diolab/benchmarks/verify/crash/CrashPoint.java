package dev.diolab.benchmarks.verify.crash;

import dev.diolab.engine.device.RecordedWrite;
import java.util.List;

/**
 * A moment at which the machine may stop.
 *
 * @param tick what happened up to here, happened
 * @param loose the writes that had begun and were not durable, by begin: each may be lost
 */
record CrashPoint(long tick, List<RecordedWrite> loose) {}
