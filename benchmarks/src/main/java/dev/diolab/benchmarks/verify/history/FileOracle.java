package dev.diolab.benchmarks.verify.history;

import dev.diolab.benchmarks.verify.script.OpKind;
import dev.diolab.benchmarks.verify.script.Script;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says what one file may hold after a crash, and what a read may have returned.
 *
 * <p>A sector may hold the value of any event that had begun, unless the event was over before
 * another one began on the same sector that must have survived. Which events must have survived
 * differs by guarantee: DSYNC writes that had returned (G2), what had ended before a sync began
 * that had returned (G3), every direct write that had returned (G5). Events that overlap in time
 * may win over each other either way. What a truncate cut off must not be seen again in a file
 * whose size was set after it (G1). So the rule never blames a correct run, for any strategy; what
 * it misses are losses that a concurrent event could explain.
 *
 * <p>The page cache makes that weaker in five places:
 *
 * <ul>
 *   <li>what was written to the page cache is durable only by a sync (G3) or DSYNC (G2), never by
 *       itself (G5);
 *   <li>a direct write beside a cached one promises nothing for the pages they share, see {@link
 *       MixedWrites};
 *   <li>a direct write is not held to G5 once something was written to the page cache of its file:
 *       it may overwrite blocks, or lie below a size, that became valid with a write-out which no
 *       transaction has made durable, and it commits nothing itself then;
 *   <li>i_size on the image follows the write-out, page by page, so it may be the end of any page
 *       that was dirty, and what has been written out is promised only for the last page before it;
 *       the pages before may follow later, and read as zeros until then;
 *   <li>a direct write that falls back to buffered I/O is seen in pieces: i_size may be at the end
 *       of the part that was written directly, or at the end of a page.
 * </ul>
 *
 * <p>PUNCH_HOLE and ZERO_RANGE set zeros in their range as a truncate does behind its size.
 *
 * <p>Thread safety: none.
 */
public final class FileOracle {
  private static final int SECTORS = Script.MAX_FILE_BYTES / Words.SECTOR;

  private final FileEvents events;
  private final long setupEnd;
  private final long cachedSince;
  private final List<Event> byEnd;
  private final Map<Claim, Floor> floors = new EnumMap<>(Claim.class);
  private final SizeCheck sizeCheck;

  /** Events of {@link #byEnd} up to here have ended at the tick of the last check. */
  private int ended;

  private long now = Long.MIN_VALUE;

  /** The floors that rose since the setup. */
  private final Set<Claim> promised = EnumSet.noneOf(Claim.class);

  /** An oracle for {@code file} of {@code history}, whose direct writes never fall back. */
  public FileOracle(History history, int file) {
    this(history, file, false);
  }

  /**
   * An oracle for {@code file} of {@code history}.
   *
   * @param fallsBack whether the strategy or the policy has direct writes put a part of their data
   *     through the page cache
   */
  public FileOracle(History history, int file, boolean fallsBack) {
    this.events = new FileEvents(history, file, fallsBack);
    this.cachedSince = events.cachedSince();
    this.byEnd =
        events.all().stream()
            .filter(event -> event.end() != Event.NEVER)
            .sorted(Comparator.comparingLong(Event::end))
            .toList();
    for (Claim claim : List.of(Claim.G2, Claim.G3, Claim.G5)) {
      floors.put(claim, new Floor(SECTORS));
    }
    this.sizeCheck = new SizeCheck(events, floors);
    this.setupEnd = history.setupEnd();
    addSetup();
  }

  private void addSetup() {
    while (ended < byEnd.size() && byEnd.get(ended).end() <= setupEnd) {
      Event event = byEnd.get(ended++);
      floors.values().forEach(floor -> floor.add(event, events.mixed()));
    }
  }

  /**
   * Whether the last check tested {@code claim}: for G2, G3 and G5 an event after the setup had to
   * be there to survive.
   */
  public boolean tested(Claim claim) {
    return !floors.containsKey(claim) || promised.contains(claim);
  }

  /**
   * Checks the file as it is after a crash at {@code tick} and recovery. Ticks do not go down from
   * one call to the next.
   *
   * @param size i_size
   * @param words the sectors of the file, see {@link Words#read}
   */
  public List<Violation> check(long tick, long size, long[] words) {
    advanceTo(tick);
    List<Violation> found = new ArrayList<>();
    sizeCheck.check(tick, size, words, found);
    for (int i = 0; i < words.length; i++) {
      checkSector(i, words[i], found);
    }
    return found;
  }

  private void advanceTo(long tick) {
    if (tick < now) {
      throw new IllegalArgumentException("tick " + tick + " is before " + now);
    }
    now = tick;
    while (ended < byEnd.size() && byEnd.get(ended).end() <= tick) {
      becomeDurable(byEnd.get(ended++));
    }
  }

  private void becomeDurable(Event event) {
    OpKind kind = event.op().kind();
    if (kind.isDsyncWrite()) {
      raise(Claim.G2, event);
    }
    if (kind.isDirectWrite() && event.end() < cachedSince) {
      raise(Claim.G5, event);
    }
    if (kind.isSync()) {
      for (Event earlier : byEnd) {
        if (earlier.isBefore(event)) {
          raise(Claim.G3, earlier);
        }
      }
    }
  }

  private void raise(Claim claim, Event event) {
    Floor floor = floors.get(claim);
    if (floor == null) {
      throw new AssertionError("no floor for " + claim);
    }
    floor.add(event, events.mixed());
    if (event.end() > setupEnd && !isWithoutEffect(event.op().kind())) {
      promised.add(claim);
    }
  }

  private static boolean isWithoutEffect(OpKind kind) {
    return kind.isRead() || kind.isSync() || kind == OpKind.AWAIT;
  }

  private void checkSector(int sector, long word, List<Violation> found) {
    if (word == Words.ZERO) {
      floors.forEach((claim, floor) -> checkZero(sector, claim, floor, found));
      return;
    }
    Event event = events.of(sector, word);
    if (event == null || event.begin() > now) {
      found.add(new Violation(Claim.G1, events.place(sector) + Words.describe(word)));
      return;
    }
    floors.forEach(
        (claim, floor) -> {
          if (event.end() < floor.at(sector)) {
            found.add(
                new Violation(
                    claim,
                    events.place(sector)
                        + Words.describe(word)
                        + ", older than "
                        + newest(floor, sector)));
          }
        });
  }

  /** Zeros are there from the start, and again from everything that zeroes the sector. */
  private void checkZero(int sector, Claim claim, Floor floor, List<Violation> found) {
    long least = floor.at(sector);
    if (least == Floor.NONE) {
      return;
    }
    if (events.wasZeroed(sector, least, now)) {
      return;
    }
    found.add(
        new Violation(claim, events.place(sector) + "zeros, although " + newest(floor, sector)));
  }

  private String newest(Floor floor, int sector) {
    for (Event event : events.all()) {
      if (event.begin() == floor.at(sector)) {
        return event + " survives";
      }
    }
    throw new AssertionError("no event began at tick " + floor.at(sector));
  }
}
