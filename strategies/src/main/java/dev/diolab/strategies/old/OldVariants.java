package dev.diolab.strategies.old;

import dev.diolab.engine.locking.Guarantee;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The old variants. A new one is one class and one line here. */
public final class OldVariants {
  private static final List<OldVariant> ALL =
      List.of(
          new OldVariant(
              OldPlaceholders.uncapped(),
              "a request faults a page of its user buffer that it has claimed: it waits for itself",
              Set.of(Guarantee.G8)),
          new OldVariant(
              OldPlaceholders.capped(),
              "a later batch of the user buffer is what an earlier step has claimed",
              Set.of(Guarantee.G8)),
          new OldVariant(
              OldPlaceholders.untrimmed(),
              "truncate frees blocks under a transfer, and overlapping requests mix",
              Set.of(Guarantee.G1, Guarantee.G7)),
          new OldVariant(
              new UncountedOverwrite(),
              "an overwrite transfers to blocks that truncate freed and another file got",
              Set.of(Guarantee.G1)),
          new OldVariant(
              new EarlyDrain(),
              "a read transfers from blocks that truncate freed and another file got",
              Set.of(Guarantee.G1)),
          new OldVariant(
              new MutexBeforeUncount(),
              "a truncate and an overwrite wait for each other",
              Set.of(Guarantee.G8)),
          new OldVariant(
              new EarlyCheck("overwrite-nolock"),
              "an overwrite whose blocks were punched allocates under i_data_sem shared: it waits for itself",
              Set.of(Guarantee.G8)),
          new OldVariant(
              new EarlyCheck("iomap-endio"),
              "two writes to one block that was punched meanwhile zero each other's data",
              Set.of(Guarantee.G3)),
          new OldVariant(
              new EarlyCount(),
              "a conversion turns blocks to written that were freed and reserved again meanwhile",
              Set.of(Guarantee.G1)),
          new OldVariant(
              new SharedUnwritten(),
              "two writes to one unwritten block zero each other's data",
              Set.of(Guarantee.G3)),
          new OldVariant(
              new SubmissionOnly(),
              "two writes to one unwritten block zero each other's data",
              Set.of(Guarantee.G3)),
          new OldVariant(
              new UnlockedFallocate(),
              "an fallocate zeroes what an append has just written",
              Set.of(Guarantee.G3)));

  private OldVariants() {}

  /** All old variants. */
  public static List<OldVariant> all() {
    return ALL;
  }

  /**
   * The variant called {@code name}.
   *
   * @throws IllegalArgumentException naming the known variants when there is none
   */
  public static OldVariant byName(String name) {
    return ALL.stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown old variant '"
                        + name
                        + "'; known: "
                        + ALL.stream().map(OldVariant::name).collect(Collectors.joining(", "))));
  }
}
