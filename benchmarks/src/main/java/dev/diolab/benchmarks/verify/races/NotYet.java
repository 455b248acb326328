package dev.diolab.benchmarks.verify.races;

import java.util.List;

/**
 * Entries of the lists that are not played, or that are no race.
 *
 * @param id entry
 * @param reason why it is not in the catalogue
 */
public record NotYet(String id, String reason) {
  private static final List<NotYet> ALL =
      List.of(
          new NotYet("E16", "no race: one thread splits extents; the extent tree's tests cover it"),
          new NotYet("E19", "no corruption: a cost of exclusive-then-downgrade, which is measured"),
          new NotYet("E20", "no corruption: a cost of fairness, which is measured"),
          new NotYet("E22", "asynchronous only: a completion that is lost in io_uring"),
          new NotYet(
              "generic/207",
              "writes that extend are waited for; the crash verifier reads behind them"),
          new NotYet(
              "generic/252", "no race of its own: verify fsx --depth keeps as many in flight"),
          new NotYet("generic/299", "300 too, no schedule: verify fsx --depth beside fallocate"),
          new NotYet("generic/329", "330 to 332 too, no schedule: aiocp with failing disks"),
          new NotYet("generic/463", "the engine has no copy-on-write"));

  /** All entries that are left out. */
  public static List<NotYet> all() {
    return ALL;
  }
}
