package dev.diolab.benchmarks.verify.races;

import java.util.List;

/**
 * Entries of the lists that a synchronous engine cannot show, or that are no race.
 *
 * @param id entry
 * @param reason why it is not in the catalogue
 */
public record NotYet(String id, String reason) {
  private static final List<NotYet> ALL =
      List.of(
          new NotYet("E3", "asynchronous only: completion is told before a queued conversion"),
          new NotYet("E4", "asynchronous only: fsync beside a queue of conversions"),
          new NotYet("E16", "no race: one thread splits extents; the extent tree's tests cover it"),
          new NotYet("E19", "no corruption: a cost of exclusive-then-downgrade, which is measured"),
          new NotYet("E20", "no corruption: a cost of fairness, which is measured"),
          new NotYet("E22", "asynchronous only: a completion that is lost in io_uring"),
          new NotYet("generic/207", "asynchronous only: i_size after io_getevents"),
          new NotYet("generic/252", "asynchronous only: aiocp keeps many copies in flight"),
          new NotYet("generic/299", "asynchronous only; 300 too: fio AIO beside fallocate"),
          new NotYet("generic/329", "asynchronous only; 330 to 332 too: aiocp with failing disks"),
          new NotYet("generic/463", "the engine has no copy-on-write"));

  /** All entries that are left out. */
  public static List<NotYet> all() {
    return ALL;
  }
}
