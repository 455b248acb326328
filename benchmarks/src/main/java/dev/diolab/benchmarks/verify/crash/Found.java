package dev.diolab.benchmarks.verify.crash;

import dev.diolab.benchmarks.verify.history.Violation;
import dev.diolab.benchmarks.verify.record.RecordedRun;
import org.jspecify.annotations.Nullable;

/**
 * A claim that was broken.
 *
 * @param run the workload
 * @param violation what is wrong
 * @param state the crash, null when it went wrong without one
 * @param recoveryImage when a second crash hit the recovery from {@code state}: the image that this
 *     left
 */
@SuppressWarnings("ArrayRecordComponent") // an image is megabytes; nobody changes it
public record Found(
    RecordedRun run,
    Violation violation,
    @Nullable CrashState state,
    byte @Nullable [] recoveryImage) {}
