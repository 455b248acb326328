package dev.diolab.benchmarks.verify.history;

import dev.diolab.benchmarks.verify.script.OpKind;
import java.util.List;
import java.util.Map;

/**
 * The part of a {@link FileOracle} that judges i_size: that some operation set it, that none was
 * lost that must survive, and that the data it covers is there (G6).
 *
 * <p>Thread safety: none.
 */
final class SizeCheck {
  /** Every block size is a multiple of this. */
  private static final int SMALLEST_BLOCK = 1024;

  private final FileEvents events;
  private final Map<Claim, Floor> floors;
  private long now;

  SizeCheck(FileEvents events, Map<Claim, Floor> floors) {
    this.events = events;
    this.floors = floors;
  }

  /** Adds what is wrong with {@code size} after a crash at {@code tick} to {@code found}. */
  void check(long tick, long size, long[] words, List<Violation> found) {
    now = tick;
    List<Event> targets = events.all().stream().filter(event -> maySet(event, size)).toList();
    String what = "file " + events.file() + ": size " + size;
    if (targets.isEmpty() && size != 0) {
      found.add(new Violation(Claim.G6, what + ", to which no operation set it"));
      return;
    }
    floors.forEach((claim, floor) -> checkAgainst(size, targets, claim, floor, found));
    checkCut(size, words, targets, found);
    if (!targets.isEmpty() && targets.stream().noneMatch(target -> hasItsData(target, words))) {
      found.add(
          new Violation(
              Claim.G6, what + " of " + targets.get(0) + ", whose blocks are not all converted"));
    }
  }

  /** Whether {@code event} may have left {@code size} on the image. */
  private boolean maySet(Event event, long size) {
    if (event.begin() > now) {
      return false;
    }
    OpKind kind = event.op().kind();
    if (kind.mayGrow() && event.op().end() == size) {
      return true;
    }
    boolean endOfBlock = size > 0 && size % SMALLEST_BLOCK == 0;
    if (kind.isCachedWrite() || events.isInPieces(event)) {
      if (endOfBlock && MixedWrites.touchesPage(event, size - 1) && wasLonger(size)) {
        return true;
      }
    }
    return events.isInPieces(event)
        && size % SMALLEST_BLOCK == 0
        && event.op().offset() < size
        && size < event.op().end();
  }

  /** Whether i_size may have been behind {@code size}. */
  private boolean wasLonger(long size) {
    return events.all().stream()
        .anyMatch(
            event ->
                event.begin() <= now && event.op().kind().mayGrow() && event.op().end() > size);
  }

  /** A size that was set after a truncate is of a file that the truncate had cut. */
  private void checkCut(long size, long[] words, List<Event> targets, List<Violation> found) {
    long since = targets.stream().mapToLong(Event::begin).min().orElse(Floor.NONE);
    for (Event truncate : events.truncates()) {
      if (truncate.end() >= since) {
        continue;
      }
      for (int i = (int) (truncate.op().offset() / Words.SECTOR); i < words.length; i++) {
        Event event = events.of(i, words[i]);
        if (event != null && event.isBefore(truncate)) {
          found.add(
              new Violation(
                  Claim.G1,
                  events.place(i)
                      + Words.describe(words[i])
                      + " that "
                      + truncate
                      + " cut off before the size became "
                      + size));
          return;
        }
      }
    }
  }

  private void checkAgainst(
      long size, List<Event> targets, Claim claim, Floor floor, List<Violation> found) {
    for (Event growth : floor.growths()) {
      if (growth.op().end() > size && !events.wasCut(growth, now)) {
        found.add(
            new Violation(
                claim,
                "file " + events.file() + ": size " + size + ", although " + growth + " survives"));
        return;
      }
    }
    for (Event truncate : floor.truncates()) {
      if (truncate.op().offset() < size
          && targets.stream().noneMatch(target -> target.end() >= truncate.begin())) {
        found.add(
            new Violation(
                claim,
                "file "
                    + events.file()
                    + ": size "
                    + size
                    + ", although "
                    + truncate
                    + " survives"));
        return;
      }
    }
  }

  /**
   * Whether {@code target} may have moved the end of the file there: a write does that after its
   * data is in the file, and from then on only what is not older can be seen in its place. For what
   * goes through the page cache that is so in the last page.
   */
  private boolean hasItsData(Event target, long[] words) {
    if (!target.op().kind().isWrite()) {
      return true;
    }
    int from = (int) (target.op().offset() / Words.SECTOR);
    int to = (int) Math.min(words.length, target.op().end() / Words.SECTOR);
    if (events.isInPieces(target) && to < target.op().end() / Words.SECTOR) {
      return true;
    }
    if (target.op().kind().isCachedWrite() || events.isInPieces(target)) {
      long lastPage = ((long) to * Words.SECTOR - 1) / MixedWrites.PAGE * MixedWrites.PAGE;
      from = (int) Math.max(from, lastPage / Words.SECTOR);
    }
    for (int i = from; i < to; i++) {
      Event event = events.of(i, words[i]);
      boolean fresh =
          words[i] == Words.ZERO
              ? events.wasZeroed(i, target.begin(), now)
              : event != null && event.end() >= target.begin();
      if (!fresh && events.mixed().settles(target, (long) i * Words.SECTOR)) {
        return false;
      }
    }
    return true;
  }
}
