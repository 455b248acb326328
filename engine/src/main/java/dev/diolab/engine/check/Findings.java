package dev.diolab.engine.check;

import dev.diolab.engine.check.CheckFinding.Kind;
import dev.diolab.engine.format.CorruptImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Collects what a check finds; memory is bounded.
 *
 * <p>Thread safety: none.
 */
final class Findings {
  private final List<CheckFinding> listed = new ArrayList<>();
  private long count;

  void add(Kind kind, String place, String meaning) {
    count++;
    if (listed.size() < CheckReport.MAX_LISTED) {
      listed.add(new CheckFinding(kind, place, meaning));
    }
  }

  /** Adds a failure to read {@code place}: damage of that kind, or of the device. */
  void add(Kind kind, String place, IOException failure) {
    boolean damage = failure instanceof CorruptImageException;
    add(
        damage ? kind : Kind.UNREADABLE,
        place,
        Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
  }

  List<CheckFinding> listed() {
    return listed;
  }

  long count() {
    return count;
  }
}
