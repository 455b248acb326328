package dev.diolab.benchmarks.verify.history;

import dev.diolab.benchmarks.verify.script.OpKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was done on one file, asked by who judges what is found in it.
 *
 * <p>Thread safety: immutable.
 */
final class FileEvents {
  private final int file;
  private final boolean fallsBack;
  private final List<Event> all;
  private final @Nullable Event[] byId;
  private final List<Event> truncates;

  /** Truncates, punches and zeroed ranges. */
  private final List<Event> zeroers;

  private final MixedWrites mixed;

  FileEvents(History history, int file, boolean fallsBack) {
    this.file = file;
    this.fallsBack = fallsBack;
    this.all = history.of(file);
    this.byId = new @Nullable Event[history.lastId() + 1];
    all.forEach(event -> byId[event.id()] = event);
    this.truncates = all.stream().filter(event -> event.op().kind() == OpKind.TRUNCATE).toList();
    this.zeroers =
        all.stream()
            .filter(event -> truncates.contains(event) || event.op().kind().zeroesRange())
            .toList();
    this.mixed = new MixedWrites(all);
  }

  int file() {
    return file;
  }

  /** All events by begin. */
  List<Event> all() {
    return all;
  }

  List<Event> truncates() {
    return truncates;
  }

  MixedWrites mixed() {
    return mixed;
  }

  /** The event that put {@code word} there; null when none could have. */
  @Nullable Event of(int sector, long word) {
    if (!Words.isData(word) || !Words.isAt(word, file, sector) || Words.id(word) >= byId.length) {
      return null;
    }
    Event event = byId[Words.id(word)];
    return event != null && event.writes((long) sector * Words.SECTOR) ? event : null;
  }

  /** Whether an event that began by {@code now} and was not over before {@code since} zeroed it. */
  boolean wasZeroed(int sector, long since, long now) {
    return zeroers.stream()
        .anyMatch(
            event ->
                event.begin() <= now
                    && event.end() >= since
                    && event.zeroes((long) sector * Words.SECTOR));
  }

  /** Whether a truncate that was not over before {@code growth} began takes from its range. */
  boolean wasCut(Event growth, long now) {
    return truncates.stream()
        .anyMatch(
            truncate ->
                truncate.begin() <= now
                    && truncate.end() >= growth.begin()
                    && truncate.op().offset() < growth.op().end());
  }

  /** Whether {@code event} is a direct write that may have gone through the page cache in part. */
  boolean isInPieces(Event event) {
    return event.op().kind().isDirectWrite() && (fallsBack || mixed.mayFallBack(event));
  }

  /** Begin of the first cached write; {@link Event#NEVER} without one. */
  long cachedSince() {
    return all.stream()
        .filter(event -> event.op().kind().isCachedWrite())
        .mapToLong(Event::begin)
        .min()
        .orElse(Event.NEVER);
  }

  /** Where a violation is, for its message. */
  String place(int sector) {
    return "file " + file + ", offset " + (long) sector * Words.SECTOR + ": found ";
  }
}
