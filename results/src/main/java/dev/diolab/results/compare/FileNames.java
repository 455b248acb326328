package dev.diolab.results.compare;

import java.util.HashSet;
import java.util.Set;

/**
 * Gives files that stand beside each other names of their own: of what has the same slug all but
 * the first get a number. Not thread-safe.
 */
public final class FileNames {
  private final Set<String> taken = new HashSet<>();

  /** The slug, or where it is taken the slug with the least free number from 2 on. */
  public String of(String slug) {
    String name = slug;
    for (int number = 2; !taken.add(name); number++) {
      name = slug + "-" + number;
    }
    return name;
  }
}
