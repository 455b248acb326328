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
import org.jspecify.annotations.Nullable;

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

  /** Every block size is a multiple of this. */
  private static final int SMALLEST_BLOCK = 1024;

  private final int file;
  private final long setupEnd;
  private final List<Event> events;
  private final @Nullable Event[] byId;
  private final List<Event> truncates;

  /** Truncates, punches and zeroed ranges. */
  private final List<Event> zeroers;

  private final MixedWrites mixed;

  /** Whether every direct write may fall back to buffered I/O. */
  private final boolean fallsBack;

  /** Begin of the first cached write; {@link Event#NEVER} without one. */
  private final long cachedSince;

  private final List<Event> byEnd;
  private final Map<Claim, Floor> floors = new EnumMap<>(Claim.class);

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
    this.file = file;
    this.fallsBack = fallsBack;
    this.events = history.of(file);
    this.byId = new @Nullable Event[history.lastId() + 1];
    events.forEach(event -> byId[event.id()] = event);
    this.truncates = events.stream().filter(event -> event.op().kind() == OpKind.TRUNCATE).toList();
    this.zeroers =
        events.stream()
            .filter(event -> truncates.contains(event) || event.op().kind().zeroesRange())
            .toList();
    this.mixed = new MixedWrites(events);
    this.cachedSince =
        events.stream()
            .filter(event -> event.op().kind().isCachedWrite())
            .mapToLong(Event::begin)
            .min()
            .orElse(Event.NEVER);
    this.byEnd =
        events.stream()
            .filter(event -> event.end() != Event.NEVER)
            .sorted(Comparator.comparingLong(Event::end))
            .toList();
    for (Claim claim : List.of(Claim.G2, Claim.G3, Claim.G5)) {
      floors.put(claim, new Floor(SECTORS));
    }
    this.setupEnd = history.setupEnd();
    addSetup();
  }

  private void addSetup() {
    while (ended < byEnd.size() && byEnd.get(ended).end() <= setupEnd) {
      Event event = byEnd.get(ended++);
      floors.values().forEach(floor -> floor.add(event, mixed));
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
    checkSize(size, words, found);
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
    floor.add(event, mixed);
    if (event.end() > setupEnd && !isWithoutEffect(event.op().kind())) {
      promised.add(claim);
    }
  }

  private static boolean isWithoutEffect(OpKind kind) {
    return kind.isRead() || kind.isSync();
  }

  private void checkSector(int sector, long word, List<Violation> found) {
    if (word == Words.ZERO) {
      floors.forEach((claim, floor) -> checkZero(sector, claim, floor, found));
      return;
    }
    Event event = eventOf(sector, word);
    if (event == null || event.begin() > now) {
      found.add(new Violation(Claim.G1, at(sector) + Words.describe(word)));
      return;
    }
    floors.forEach(
        (claim, floor) -> {
          if (event.end() < floor.at(sector)) {
            found.add(
                new Violation(
                    claim,
                    at(sector) + Words.describe(word) + ", older than " + newest(floor, sector)));
          }
        });
  }

  /** Zeros are there from the start, and again from everything that zeroes the sector. */
  private void checkZero(int sector, Claim claim, Floor floor, List<Violation> found) {
    long least = floor.at(sector);
    if (least == Floor.NONE) {
      return;
    }
    if (wasZeroed(sector, least)) {
      return;
    }
    found.add(new Violation(claim, at(sector) + "zeros, although " + newest(floor, sector)));
  }

  /** The event that put {@code word} there; null when none could have. */
  private @Nullable Event eventOf(int sector, long word) {
    if (!Words.isData(word) || !Words.isAt(word, file, sector) || Words.id(word) >= byId.length) {
      return null;
    }
    Event event = byId[Words.id(word)];
    return event != null && event.writes((long) sector * Words.SECTOR) ? event : null;
  }

  private String at(int sector) {
    return "file " + file + ", offset " + (long) sector * Words.SECTOR + ": found ";
  }

  private String newest(Floor floor, int sector) {
    for (Event event : events) {
      if (event.begin() == floor.at(sector)) {
        return event + " survives";
      }
    }
    throw new AssertionError("no event began at tick " + floor.at(sector));
  }

  private void checkSize(long size, long[] words, List<Violation> found) {
    List<Event> targets = events.stream().filter(event -> maySet(event, size)).toList();
    String what = "file " + file + ": size " + size;
    if (targets.isEmpty() && size != 0) {
      found.add(new Violation(Claim.G6, what + ", to which no operation set it"));
      return;
    }
    floors.forEach((claim, floor) -> checkSizeAgainst(size, targets, claim, floor, found));
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
    boolean endOfPage = size > 0 && size % MixedWrites.PAGE == 0;
    if (kind.isCachedWrite() || isInPieces(event)) {
      if (endOfPage && MixedWrites.touchesPage(event, size - 1) && wasLonger(size)) {
        return true;
      }
    }
    return isInPieces(event)
        && size % SMALLEST_BLOCK == 0
        && event.op().offset() < size
        && size < event.op().end();
  }

  /** Whether {@code event} is a direct write that may have gone through the page cache in part. */
  private boolean isInPieces(Event event) {
    return event.op().kind().isDirectWrite() && (fallsBack || mixed.mayFallBack(event));
  }

  /** Whether i_size may have been behind {@code size}. */
  private boolean wasLonger(long size) {
    return events.stream()
        .anyMatch(
            event ->
                event.begin() <= now && event.op().kind().mayGrow() && event.op().end() > size);
  }

  /** A size that was set after a truncate is of a file that the truncate had cut. */
  private void checkCut(long size, long[] words, List<Event> targets, List<Violation> found) {
    long since = targets.stream().mapToLong(Event::begin).min().orElse(Floor.NONE);
    for (Event truncate : truncates) {
      if (truncate.end() >= since) {
        continue;
      }
      for (int i = (int) (truncate.op().offset() / Words.SECTOR); i < words.length; i++) {
        Event event = eventOf(i, words[i]);
        if (event != null && event.isBefore(truncate)) {
          found.add(
              new Violation(
                  Claim.G1,
                  at(i)
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

  private void checkSizeAgainst(
      long size, List<Event> targets, Claim claim, Floor floor, List<Violation> found) {
    for (Event growth : floor.growths()) {
      if (growth.op().end() > size && !wasCut(growth)) {
        found.add(
            new Violation(
                claim, "file " + file + ": size " + size + ", although " + growth + " survives"));
        return;
      }
    }
    for (Event truncate : floor.truncates()) {
      if (truncate.op().offset() < size
          && targets.stream().noneMatch(target -> target.end() >= truncate.begin())) {
        found.add(
            new Violation(
                claim, "file " + file + ": size " + size + ", although " + truncate + " survives"));
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
    if (isInPieces(target) && to < target.op().end() / Words.SECTOR) {
      return true;
    }
    if (target.op().kind().isCachedWrite() || isInPieces(target)) {
      long lastPage = ((long) to * Words.SECTOR - 1) / MixedWrites.PAGE * MixedWrites.PAGE;
      from = (int) Math.max(from, lastPage / Words.SECTOR);
    }
    for (int i = from; i < to; i++) {
      Event event = eventOf(i, words[i]);
      boolean fresh =
          words[i] == Words.ZERO
              ? wasZeroed(i, target.begin())
              : event != null && event.end() >= target.begin();
      if (!fresh && mixed.settles(target, (long) i * Words.SECTOR)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an event that was not over before {@code since} has zeroed the sector. */
  private boolean wasZeroed(int sector, long since) {
    return zeroers.stream()
        .anyMatch(
            event ->
                event.begin() <= now
                    && event.end() >= since
                    && event.zeroes((long) sector * Words.SECTOR));
  }

  /** Whether a truncate that was not over before {@code growth} began takes from its range. */
  private boolean wasCut(Event growth) {
    for (Event truncate : truncates) {
      if (truncate.begin() <= now
          && truncate.end() >= growth.begin()
          && truncate.op().offset() < growth.op().end()) {
        return true;
      }
    }
    return false;
  }
}
