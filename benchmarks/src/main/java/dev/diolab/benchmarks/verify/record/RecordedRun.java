package dev.diolab.benchmarks.verify.record;

import dev.diolab.benchmarks.verify.history.History;
import dev.diolab.benchmarks.verify.history.Violation;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.engine.device.DeviceLog;
import java.util.List;

/**
 * A script that was run, and all that is needed to build the states a crash could have left.
 *
 * @param script what was run
 * @param base the image before the first recorded write, with the setup on it; not to be changed
 * @param log what the device saw
 * @param history what was done, at the ticks of the log
 * @param violations what was wrong already while it ran
 */
@SuppressWarnings("ArrayRecordComponent") // an image is megabytes; nobody changes it
public record RecordedRun(
    Script script, byte[] base, DeviceLog log, History history, List<Violation> violations) {}
