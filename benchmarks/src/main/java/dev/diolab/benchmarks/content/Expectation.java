package dev.diolab.benchmarks.content;

/** What a file must hold: for each unit, which version of this trial it carries. */
@FunctionalInterface
public interface Expectation {
  /** Says that this trial never wrote a unit. */
  long NEVER_WRITTEN = 0;

  /** The version of the last write of {@code unit}, from 1 on, or {@link #NEVER_WRITTEN}. */
  long version(long unit);
}
