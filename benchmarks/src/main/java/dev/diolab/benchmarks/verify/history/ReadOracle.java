package dev.diolab.benchmarks.verify.history;

import dev.diolab.benchmarks.verify.script.OpKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says whether the reads of a workload returned what they may: never bytes that were not written to
 * the place (G1), never a value that was over and replaced before the read began (G4), never less
 * than the file then had (G4, G6), and of a write either all or nothing, also of two writes at the
 * same time (G7).
 */
public final class ReadOracle {
  private final List<Event> events;
  private final int file;
  private final MixedWrites mixed;

  /** An oracle for the reads of {@code file}. */
  public ReadOracle(History history, int file) {
    this.file = file;
    this.events = history.of(file);
    this.mixed = new MixedWrites(events);
  }

  /** What is wrong with the reads. */
  public List<Violation> check() {
    List<Violation> found = new ArrayList<>();
    for (Event event : events) {
      if (event.op().kind().isRead() && event.seen() != null) {
        check(event, event.seen(), found);
      }
    }
    return found;
  }

  private void check(Event read, long[] seen, List<Violation> found) {
    checkLength(read, seen.length, found);
    Set<Event> whole = new HashSet<>();
    for (int i = 0; i < seen.length; i++) {
      long at = read.op().offset() + (long) i * Words.SECTOR;
      Event last = lastBefore(read, at);
      if (seen[i] == Words.ZERO) {
        if (last != null && !last.zeroes(at) && !wasZeroed(read, last, at)) {
          found.add(new Violation(Claim.G4, what(read, at, seen[i]) + ", although " + last));
        }
        continue;
      }
      Event event = writeOf(seen[i], at);
      if (event == null || event.begin() > read.end()) {
        found.add(new Violation(Claim.G1, what(read, at, seen[i])));
      } else if (last != null && event.isBefore(last)) {
        found.add(
            new Violation(
                Claim.G4, what(read, at, seen[i]) + ", although " + last + " replaced it"));
      } else if (whole.add(event) && isAtomic(read) && isAtomic(event)) {
        checkWhole(read, seen, event, found);
      }
    }
  }

  /** The file must have been as long as what was over before the read had made it. */
  private void checkLength(Event read, int sectors, List<Violation> found) {
    long size = read.op().offset() + (long) sectors * Words.SECTOR;
    if (size >= read.op().end()) {
      return;
    }
    for (Event growth : events) {
      if (growth.op().kind().mayGrow()
          && growth.isBefore(read)
          && growth.op().end() > size
          && growth.op().end() > read.op().offset()
          && !wasCut(read, growth, growth.op().end() - 1)) {
        found.add(
            new Violation(
                growth.op().kind().isWrite() ? Claim.G4 : Claim.G6,
                read + " saw the end of the file at or before " + size + ", although " + growth));
        return;
      }
    }
  }

  /** Nothing older than {@code write} may stand beside what the read saw of it. */
  private void checkWhole(Event read, long[] seen, Event write, List<Violation> found) {
    for (int i = 0; i < seen.length; i++) {
      long at = read.op().offset() + (long) i * Words.SECTOR;
      if (!write.writes(at)) {
        continue;
      }
      Event event = writeOf(seen[i], at);
      boolean older =
          seen[i] == Words.ZERO
              ? !wasZeroed(read, write, at)
              : event != null && event.isBefore(write);
      if (older) {
        found.add(
            new Violation(Claim.G7, what(read, at, seen[i]) + ", beside data of write " + write));
        return;
      }
      if (event != null && isMixed(write, event, i, seen, read)) {
        found.add(
            new Violation(
                Claim.G7, what(read, at, seen[i]) + ", mixed with data of write " + write));
        return;
      }
    }
  }

  /**
   * Whether {@code write}, seen in some sector, and {@code other}, seen in sector {@code index}
   * that {@code write} covers too, both cover both sectors: whichever was the last should be in
   * both. A write that failed may have been done in part.
   */
  private boolean isMixed(Event write, Event other, int index, long[] seen, Event read) {
    if (write.equals(other)
        || !isAtomic(other)
        || write.end() == Event.NEVER
        || other.end() == Event.NEVER) {
      return false;
    }
    for (int i = 0; i < seen.length; i++) {
      long at = read.op().offset() + (long) i * Words.SECTOR;
      if (i != index && other.writes(at) && write.equals(writeOf(seen[i], at))) {
        return true;
      }
    }
    return false;
  }

  /** The latest event that set the sector and was over before {@code read} began. */
  private @Nullable Event lastBefore(Event read, long at) {
    Event last = null;
    for (Event event : events) {
      if (event.isBefore(read)
          && (event.zeroes(at) || (event.writes(at) && mixed.settles(event, at)))
          && (last == null || event.begin() > last.begin())) {
        last = event;
      }
    }
    return last;
  }

  /** Whether an event that is not over before {@code since} may have zeroed the sector. */
  private boolean wasZeroed(Event read, Event since, long at) {
    return events.stream()
        .anyMatch(
            event -> event.zeroes(at) && !event.isBefore(since) && event.begin() <= read.end());
  }

  /** As {@link #wasZeroed}, by what also cut the file there. */
  private boolean wasCut(Event read, Event since, long at) {
    return events.stream()
        .anyMatch(
            event ->
                event.op().kind() == OpKind.TRUNCATE
                    && event.zeroes(at)
                    && !event.isBefore(since)
                    && event.begin() <= read.end());
  }

  /**
   * Whether G7 speaks of {@code event}: of direct reads, and of direct writes that cannot have gone
   * through the page cache. Buffered operations work page by page.
   */
  private boolean isAtomic(Event event) {
    return event.op().kind().isDirectRead()
        || (event.op().kind().isDirectWrite() && !mixed.mayFallBack(event));
  }

  private @Nullable Event writeOf(long word, long at) {
    if (!Words.isData(word) || !Words.isAt(word, file, at / Words.SECTOR)) {
      return null;
    }
    for (Event event : events) {
      if (event.id() == Words.id(word)) {
        return event.writes(at) ? event : null;
      }
    }
    return null;
  }

  private static String what(Event read, long at, long word) {
    return read + " saw at offset " + at + " " + Words.describe(word);
  }
}
