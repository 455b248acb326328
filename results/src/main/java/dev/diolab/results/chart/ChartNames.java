package dev.diolab.results.chart;

import dev.diolab.results.compare.FileNames;
import dev.diolab.results.compare.Subject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How the subjects of a report are called in the names of its charts' files. Titles that differ
 * only in signs have the same slug; all but the first of them get a number, so that no chart
 * overwrites another. Immutable.
 */
public final class ChartNames {
  private final Map<Subject, String> names = new HashMap<>();

  private ChartNames(Collection<Subject> subjects) {
    FileNames free = new FileNames();
    for (Subject subject : subjects) {
      if (!names.containsKey(subject)) {
        names.put(subject, free.of(subject.slug()));
      }
    }
  }

  /**
   * Names for these subjects.
   *
   * @param subjects in the order of the report; one that is there twice counts once
   */
  public static ChartNames of(Collection<Subject> subjects) {
    return new ChartNames(subjects);
  }

  /** The name of a subject that is one of these. */
  String of(Subject subject) {
    String name = names.get(subject);
    if (name == null) {
      throw new IllegalArgumentException("a chart of an unknown subject: " + subject.title());
    }
    return name;
  }
}
