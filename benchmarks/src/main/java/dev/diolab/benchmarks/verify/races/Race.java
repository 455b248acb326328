package dev.diolab.benchmarks.verify.races;

import dev.diolab.engine.locking.Guarantee;
import org.jspecify.annotations.Nullable;

/**
 * A bug that direct I/O had, as an interleaving.
 *
 * @param id entry of the catalogue (E5), or number of the test of xfstests (generic/239)
 * @param name what races, in a few words
 * @param scheme which scheme had it
 * @param source commit or thread
 * @param breaks the guarantee that falls; null when no guarantee is about this
 * @param blockSize bytes of a block of the volume
 * @param old what loses the race
 * @param scenario the race
 */
public record Race(
    String id,
    String name,
    String scheme,
    String source,
    @Nullable Guarantee breaks,
    int blockSize,
    OldWay old,
    Scenario scenario) {
  @Override
  public String toString() {
    return id + " " + name;
  }
}
