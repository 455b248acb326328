package dev.diolab.benchmarks.doctor;

import java.util.Locale;

/**
 * What one check found.
 *
 * @param level how bad it is
 * @param subject what was checked
 * @param sentence what was found
 * @param remedy what to do about it; empty when all is well
 */
public record Finding(Level level, String subject, String sentence, String remedy) {

  /** How bad a finding is. */
  public enum Level {
    /** Nothing to do. */
    OK,
    /** Measuring is possible, but the numbers will be coloured by this. */
    WARNING,
    /** Measuring is not possible. */
    PROBLEM
  }

  /** Nothing to do. */
  static Finding ok(String subject, String sentence) {
    return new Finding(Level.OK, subject, sentence, "");
  }

  /** Measuring is possible; {@code remedy} would make it better. */
  static Finding warning(String subject, String sentence, String remedy) {
    return new Finding(Level.WARNING, subject, sentence, remedy);
  }

  /** Measuring is not possible without {@code remedy}. */
  static Finding problem(String subject, String sentence, String remedy) {
    return new Finding(Level.PROBLEM, subject, sentence, remedy);
  }

  /** One line, and one more for the remedy. */
  public String toText() {
    String line =
        String.format(
            Locale.ROOT, "%-8s %-15s %s", level.name().toLowerCase(Locale.ROOT), subject, sentence);
    return remedy.isEmpty()
        ? line
        : line + System.lineSeparator() + " ".repeat(25) + "-> " + remedy;
  }
}
