package dev.diolab.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Does something to each element of a list, on all CPUs. */
final class OnAllCpus {
  /** What is done to one element, by any thread. */
  @FunctionalInterface
  interface Step<T, R> {
    R apply(T element) throws IOException;
  }

  private OnAllCpus() {}

  /**
   * What the step gives for each element, in the order of the elements.
   *
   * @throws IOException that of a step that failed; others may not have been done then
   */
  static <T, R> List<R> map(List<T> elements, Step<T, R> step) throws IOException {
    try {
      return elements.parallelStream().map(element -> unchecked(step, element)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static <T, R> R unchecked(Step<T, R> step, T element) {
    try {
      return step.apply(element);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
