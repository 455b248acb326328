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
 * that had returned (G3), every write that had returned (G5). Events that overlap in time may win
 * over each other either way. What a truncate cut off must not be seen again in a file whose size
 * was set after it (G1). So the rule never blames a correct run, for any strategy; what it misses
 * are losses that a concurrent event could explain.
 *
 * <p>Thread safety: none.
 */
public final class FileOracle {
  private static final int SECTORS = Script.MAX_FILE_BYTES / Words.SECTOR;

  private final int file;
  private final long setupEnd;
  private final List<Event> events;
  private final @Nullable Event[] byId;
  private final List<Event> truncates;
  private final List<Event> byEnd;
  private final Map<Claim, Floor> floors = new EnumMap<>(Claim.class);

  /** Events of {@link #byEnd} up to here have ended at the tick of the last check. */
  private int ended;

  private long now = Long.MIN_VALUE;

  /** The floors that rose since the setup. */
  private final Set<Claim> promised = EnumSet.noneOf(Claim.class);

  /** An oracle for {@code file} of {@code history}. */
  public FileOracle(History history, int file) {
    this.file = file;
    this.events = history.of(file);
    this.byId = new @Nullable Event[history.lastId() + 1];
    events.forEach(event -> byId[event.id()] = event);
    this.truncates = events.stream().filter(event -> event.op().kind() == OpKind.TRUNCATE).toList();
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
      floors.values().forEach(floor -> floor.add(event));
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
    if (kind == OpKind.DSYNC_WRITE) {
      raise(Claim.G2, event);
    }
    if (kind.isWrite()) {
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
    floor.add(event);
    if (event.end() > setupEnd && !isWithoutEffect(event.op().kind())) {
      promised.add(claim);
    }
  }

  private static boolean isWithoutEffect(OpKind kind) {
    return kind == OpKind.READ || kind.isSync();
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

  /** Zeros are there from the start, and again from every truncate before the sector. */
  private void checkZero(int sector, Claim claim, Floor floor, List<Violation> found) {
    long least = floor.at(sector);
    if (least == Floor.NONE) {
      return;
    }
    for (Event truncate : truncates) {
      if (truncate.begin() <= now
          && truncate.end() >= least
          && truncate.op().offset() <= (long) sector * Words.SECTOR) {
        return;
      }
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
    List<Event> targets = new ArrayList<>();
    for (Event event : events) {
      if (event.begin() <= now && event.op().kind().mayGrow() && event.op().end() == size) {
        targets.add(event);
      }
    }
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
   * data is in the file, and from then on only what is not older can be seen in its place.
   */
  private boolean hasItsData(Event target, long[] words) {
    if (!target.op().kind().isWrite()) {
      return true;
    }
    int from = (int) (target.op().offset() / Words.SECTOR);
    int to = (int) Math.min(words.length, target.op().end() / Words.SECTOR);
    for (int i = from; i < to; i++) {
      Event event = eventOf(i, words[i]);
      boolean fresh =
          words[i] == Words.ZERO
              ? wasCutAt(i, target)
              : event != null && event.end() >= target.begin();
      if (!fresh) {
        return false;
      }
    }
    return true;
  }

  private boolean wasCutAt(int sector, Event since) {
    return truncates.stream()
        .anyMatch(
            truncate ->
                truncate.begin() <= now
                    && truncate.end() >= since.begin()
                    && truncate.op().offset() <= (long) sector * Words.SECTOR);
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
