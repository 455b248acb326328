package dev.diolab.benchmarks.verify.races;

import dev.diolab.benchmarks.verify.races.OldWay.EngineMutant;
import dev.diolab.benchmarks.verify.races.OldWay.OldStrategy;
import dev.diolab.engine.locking.Guarantee;
import java.util.List;

/** All races that a synchronous engine can express. */
public final class RaceCatalogue {
  private static final List<Race> ALL =
      List.of(
          new Race(
              "E5",
              "truncate frees what an overwrite is about to write",
              "overwrite-nolock, first version",
              "1f555cfa29e8",
              Guarantee.G1,
              4096,
              new OldStrategy("no-lock"),
              DirectRaces::truncateAgainstOverwrite),
          new Race(
              "E6",
              "read starts between a truncate's drain and its move of i_size",
              "ext4 dioread_nolock",
              "1c9114f9c0f1",
              Guarantee.G1,
              4096,
              new OldStrategy("no-lock"),
              DirectRaces::truncateAgainstRead),
          new Race(
              "E7",
              "truncate between the data of a write and its conversion",
              "ext4 dioread_nolock",
              "266991b13890",
              Guarantee.G1,
              4096,
              new OldStrategy("no-lock"),
              DirectRaces::truncateAgainstConversion),
          new Race(
              "E8",
              "two parts of one unwritten block",
              "ext4 before 2.6.38",
              "e9e3bcecf44c",
              Guarantee.G1,
              4096,
              new OldStrategy("no-lock"),
              DirectRaces::partsOfOneUnwrittenBlock),
          new Race(
              "generic/114",
              "write up to i_size and write from there on share a block",
              "ext4 unaligned AIO",
              "372a03e01853",
              Guarantee.G1,
              4096,
              new OldStrategy("no-lock"),
              DirectRaces::partsOfTheBlockAtTheEnd),
          new Race(
              "generic/586",
              "fallocate moves i_size over an append in flight",
              "XFS, ext4",
              "generic/586",
              Guarantee.G1,
              4096,
              new OldStrategy("no-lock"),
              DirectRaces::fallocateAgainstAppend),
          new Race(
              "generic/239",
              "read of a hole that is being filled",
              "ext4 before unwritten extents for direct I/O",
              "generic/239",
              Guarantee.G1,
              4096,
              new EngineMutant("hole filled with written blocks", "overwrite-nolock"),
              DirectRaces::readOfAHoleBeingFilled),
          new Race(
              "generic/465",
              "read of the end while an append is in flight",
              "XFS, ext4",
              "generic/465",
              Guarantee.G1,
              4096,
              new EngineMutant("i_size moved before the data", "overwrite-nolock"),
              DirectRaces::readAgainstAppend));

  private RaceCatalogue() {}

  /** In the order of the facts. */
  public static List<Race> all() {
    return ALL;
  }
}
