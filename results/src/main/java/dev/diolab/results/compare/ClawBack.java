package dev.diolab.results.compare;

import dev.diolab.results.stats.Contrast;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How much of the speed of plain overwrites is left to durable writes into preallocated space: the
 * cells of {@link #WORKLOAD} on one device and at one depth, each beside the plain overwrites of
 * the same strategy, sync and number of threads in the same run. These may have another policy:
 * they convert nothing. Immutable.
 */
public final class ClawBack {
  /** The workload whose variants are the state of the blocks, the sync, and the depth. */
  public static final String WORKLOAD = "TSO32";

  private static final String SEPARATOR = ", ";

  private final Subject subject;
  private final List<Group> groups;
  private final List<String> lacking;

  /** What the blocks were before they were written, in the order of a table. */
  public enum State {
    /** Written once before: plain overwrites, which the others are compared with. */
    REWRITTEN("rewritten"),
    /** Zero-filled before, which is not charged. */
    ZEROED("zeroed"),
    /** Zero-filled before, the time of the fill charged. */
    ZEROED_AND_CHARGED("zeroed+fill"),
    /** Preallocated, never written. */
    UNWRITTEN("unwritten");

    private final String label;

    State(String label) {
      this.label = label;
    }

    private static Optional<State> of(String label) {
      return Stream.of(values()).filter(state -> state.label.equals(label)).findFirst();
    }
  }

  /** How writes are made durable, in the order of a table. */
  public enum Sync {
    /** Each write before it returns. */
    DSYNC("dsync"),
    /** Each chunk, by a call of its own. */
    FDATASYNC("fdatasync");

    private final String label;

    Sync(String label) {
      this.label = label;
    }

    /** The name in variants. */
    public String label() {
      return label;
    }

    private static Optional<Sync> of(String label) {
      return Stream.of(values()).filter(sync -> sync.label.equals(label)).findFirst();
    }
  }

  /**
   * One cell beside its control.
   *
   * @param state what the blocks were
   * @param measured the cell
   * @param control the plain overwrites; the cell itself where it is those
   */
  public record Row(State state, Measured measured, Measured control) {

    /** The throughput in terms of that of plain overwrites. */
    public Contrast throughput() {
      return Contrast.of(measured.throughput(), control.throughput());
    }

    /** The 99th percentile of the writes in terms of that of plain overwrites. */
    public Contrast p99() {
      return Contrast.of(measured.latency(Percentile.P99), control.latency(Percentile.P99));
    }

    /** Throughput as a share of that of plain overwrites. */
    public double share() {
      return throughput().ratio();
    }

    /** From the slowest round by the fastest of plain overwrites to the reverse. */
    public Range shareRange() {
      return measured.throughputRange().over(control.throughputRange());
    }

    /** Whether both were measured at least twice, so that something is known of their scatter. */
    public boolean hasSpread() {
      return throughput().hasSpread();
    }

    /** Whether the throughput is not told apart from that of plain overwrites. */
    public boolean isTie() {
      return hasSpread() && throughput().isTie();
    }

    /** The strategy. */
    public String strategy() {
      return measured.cell().key().strategy();
    }

    /** The conversion policy. */
    public String policy() {
      return measured.cell().key().policy();
    }
  }

  /** The rows of one sync and number of threads: by strategy, the ceiling last, by state, share. */
  public record Group(Sync sync, int threads, List<Row> rows) {
    /** Copies the list. */
    public Group {
      rows = List.copyOf(rows);
    }

    /** The rows of one state. */
    public List<Row> of(State state) {
      return rows.stream().filter(row -> row.state() == state).toList();
    }
  }

  private record Place(String device, String depth) {}

  private record Found(Place place, State state, Sync sync, Measured measured) {
    boolean isControlOf(Found other) {
      return state == State.REWRITTEN
          && sync == other.sync
          && measured.threads() == other.measured.threads()
          && measured.cell().key().strategy().equals(other.measured.cell().key().strategy());
    }
  }

  private ClawBack(Place place, List<Found> found) {
    String depth = place.depth().isEmpty() ? "" : SEPARATOR + place.depth();
    subject = new Subject(WORKLOAD, "durable writes" + depth, place.device());
    groups = groups(found);
    lacking = lacking(found);
  }

  /**
   * What lies in some cells, one for each device and depth at which durable writes into
   * preallocated space were measured.
   */
  public static List<ClawBack> of(Collection<Measured> cells) {
    Map<Place, List<Found>> places = new LinkedHashMap<>();
    for (Measured measured : cells) {
      found(measured)
          .ifPresent(
              found -> places.computeIfAbsent(found.place(), any -> new ArrayList<>()).add(found));
    }
    List<ClawBack> all = new ArrayList<>();
    places.forEach(
        (place, found) -> {
          if (found.stream().anyMatch(one -> one.state() == State.UNWRITTEN)) {
            all.add(new ClawBack(place, found));
          }
        });
    return all;
  }

  private static Optional<Found> found(Measured measured) {
    String[] words = measured.cell().key().variant().split(SEPARATOR, 3);
    if (!measured.cell().key().workload().equals(WORKLOAD) || words.length < 2) {
      return Optional.empty();
    }
    Place place = new Place(measured.cell().key().device(), words.length > 2 ? words[2] : "");
    return State.of(words[0])
        .flatMap(state -> Sync.of(words[1]).map(sync -> new Found(place, state, sync, measured)));
  }

  private static List<Group> groups(List<Found> found) {
    List<String> strategies =
        found.stream()
            .map(Found::measured)
            .sorted(Comparator.comparing(Measured::isRanked, Comparator.reverseOrder()))
            .map(measured -> measured.cell().key().strategy())
            .distinct()
            .toList();
    Comparator<Row> order =
        Comparator.<Row>comparingInt(row -> strategies.indexOf(row.strategy()))
            .thenComparing(Row::state)
            .thenComparing(Row::share, Comparator.reverseOrder());
    List<Group> groups = new ArrayList<>();
    for (Sync sync : Sync.values()) {
      List<Integer> threadCounts =
          found.stream().map(one -> one.measured().threads()).distinct().sorted().toList();
      for (int threads : threadCounts) {
        List<Row> rows = new ArrayList<>();
        for (Found one : found) {
          if (one.sync() == sync && one.measured().threads() == threads) {
            controlOf(one, found)
                .ifPresent(control -> rows.add(new Row(one.state(), one.measured(), control)));
          }
        }
        if (rows.stream().anyMatch(row -> row.state() == State.UNWRITTEN)) {
          groups.add(new Group(sync, threads, rows.stream().sorted(order).toList()));
        }
      }
    }
    return List.copyOf(groups);
  }

  /** The cell itself if it is plain overwrites; else those of the same policy, if there are any. */
  private static Optional<Measured> controlOf(Found one, List<Found> found) {
    if (one.state() == State.REWRITTEN) {
      return Optional.of(one.measured());
    }
    List<Measured> controls =
        found.stream().filter(other -> other.isControlOf(one)).map(Found::measured).toList();
    return controls.stream()
        .filter(
            control -> control.cell().key().policy().equals(one.measured().cell().key().policy()))
        .findFirst()
        .or(() -> controls.stream().findFirst());
  }

  private static List<String> lacking(List<Found> found) {
    Map<String, Set<String>> strategies = new LinkedHashMap<>();
    for (Found one : found) {
      if (one.state() == State.UNWRITTEN && controlOf(one, found).isEmpty()) {
        strategies
            .computeIfAbsent(controlName(one), any -> new LinkedHashSet<>())
            .add(one.measured().cell().key().strategy());
      }
    }
    List<String> texts = new ArrayList<>();
    strategies.forEach((name, of) -> texts.add("%s (%s)".formatted(name, String.join(", ", of))));
    return List.copyOf(texts);
  }

  private static String controlName(Found one) {
    String depth = one.place().depth().isEmpty() ? "" : SEPARATOR + one.place().depth();
    return "%s %s, %s%s at %d %s"
        .formatted(
            WORKLOAD,
            State.REWRITTEN.label,
            one.sync().label(),
            depth,
            one.measured().threads(),
            one.measured().threads() == 1 ? "thread" : "threads");
  }

  /** What is compared: with its depth, but without state and sync. */
  public Subject subject() {
    return subject;
  }

  /** By sync, then threads; each has a row of unwritten blocks. Empty without any control. */
  public List<Group> groups() {
    return groups;
  }

  /**
   * The plain overwrites that were not measured, so that cells have nothing to be compared with.
   */
  public List<String> lacking() {
    return lacking;
  }

  /** The groups of the largest number of threads of each sync. */
  public List<Group> atMostThreads() {
    return groups.stream()
        .filter(
            group ->
                groups.stream()
                    .noneMatch(
                        other -> other.sync() == group.sync() && other.threads() > group.threads()))
        .toList();
  }
}
