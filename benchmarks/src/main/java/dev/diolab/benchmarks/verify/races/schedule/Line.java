package dev.diolab.benchmarks.verify.races.schedule;

/**
 * One line of an interleaving.
 *
 * @param actor who
 * @param what what he does or where he waits
 */
public record Line(String actor, String what) {
  @Override
  public String toString() {
    return String.format("%-10s %s", actor, what);
  }
}
