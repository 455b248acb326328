package dev.diolab.benchmarks.verify.races;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.verify.races.OldWay.EngineMutant;
import dev.diolab.benchmarks.verify.races.OldWay.OldPolicy;
import dev.diolab.benchmarks.verify.races.OldWay.OldStrategy;
import dev.diolab.engine.locking.Guarantee;
import java.util.List;
import java.util.stream.Collectors;

/** All races that the engine can express. */
public final class RaceCatalogue {
  private static final int BLOCK = 4096;

  private static final List<Race> ALL =
      List.of(
          new Race(
              "E1a",
              "buffered read of a page mapped early",
              "placeholder, first posting, on ext3",
              "seeds/003 mail 0",
              Guarantee.G1,
              BLOCK,
              new EngineMutant("hole filled with written blocks", "placeholder-untrimmed"),
              BufferedRaces::readOfAPageMappedEarly),
          new Race(
              "E1b",
              "truncate of pages mapped early",
              "placeholder, first posting",
              "seeds/003 mail 0",
              Guarantee.G1,
              BLOCK,
              new OldStrategy("placeholder-untrimmed"),
              BufferedRaces::truncateOfPagesMappedEarly),
          new Race(
              "E2a",
              "user buffer is the range written (Linus's deadlock)",
              "placeholder, 2006",
              "seeds/003 mail 0",
              Guarantee.G8,
              BLOCK,
              new OldStrategy("placeholder-uncapped"),
              MappedRaces::bufferIsTheRangeWritten),
          new Race(
              "E2b",
              "second batch of the user buffer is already claimed",
              "placeholder with the cap of 64 pages",
              "facts E2",
              Guarantee.G8,
              BLOCK,
              new OldStrategy("placeholder-capped"),
              MappedRaces::secondBatchIsWhatTheFirstStepClaimed),
          new Race(
              "E3",
              "read after an asynchronous write completed, before its conversion",
              "ext4 until 3.x, and the work queue of 2009",
              "b43d17f319f2, 552ef8024f90, 5b3ff237bef4",
              Guarantee.G4,
              BLOCK,
              new OldPolicy("workqueue", "iomap-endio"),
              AsyncRaces::readAfterCompletion),
          new Race(
              "E3b",
              "read of an asynchronous write over written and unwritten blocks",
              "the work queue of 2009",
              "found by the crash verifier; b43d17f319f2",
              Guarantee.G7,
              BLOCK,
              new OldPolicy("workqueue", "placeholder"),
              AsyncRaces::readOfAWriteConvertedInPart),
          new Race(
              "E4",
              "fsync after an asynchronous write completed, before its conversion; crash",
              "the work queue of 2009, first posting",
              "seeds/001",
              Guarantee.G3,
              BLOCK,
              new EngineMutant("fsync overtakes the work queue", "iomap-endio", "workqueue"),
              AsyncRaces::fsyncAfterCompletion),
          new Race(
              "E5",
              "truncate frees what an overwrite is about to write",
              "overwrite-nolock, first version",
              "1f555cfa29e8",
              Guarantee.G1,
              BLOCK,
              new OldStrategy("overwrite-nolock-uncounted"),
              DirectRaces::truncateAgainstOverwrite),
          new Race(
              "E6",
              "read starts between a truncate's wait and its move of i_size",
              "ext4 dioread_nolock",
              "1c9114f9c0f1",
              Guarantee.G1,
              BLOCK,
              new OldStrategy("overwrite-nolock-early-drain"),
              DirectRaces::truncateAgainstRead),
          new Race(
              "E7",
              "truncate between the data of a write and its conversion",
              "ext4 dioread_nolock",
              "266991b13890",
              Guarantee.G1,
              BLOCK,
              new OldStrategy("iomap-endio-early-count"),
              DirectRaces::truncateAgainstConversion),
          new Race(
              "E8",
              "two writes of parts of one unwritten block",
              "ext4 unaligned AIO",
              "e9e3bcecf44c",
              Guarantee.G3,
              BLOCK,
              new OldStrategy("iomap-endio-submission-only"),
              DirectRaces::partsOfOneUnwrittenBlock),
          new Race(
              "E8b",
              "two asynchronous writes of parts of one unwritten block",
              "ext4 unaligned AIO",
              "e9e3bcecf44c, 372a03e01853",
              Guarantee.G3,
              BLOCK,
              new EngineMutant("unaligned asynchronous writes not serialised", "iomap-endio"),
              DirectRaces::partsOfOneUnwrittenBlockInFlight),
          new Race(
              "E8c",
              "synchronous write of a part of a block that an asynchronous one has written",
              "iomap-endio, first version; the port drained before asynchronous writes only",
              "found by the crash verifier; 372a03e01853",
              Guarantee.G4,
              BLOCK,
              new EngineMutant("unaligned synchronous writes not serialised", "iomap-endio"),
              DirectRaces::partOfABlockInFlight),
          new Race(
              "E8d",
              "whole block beside an asynchronous write of a part of it",
              "i-mutex, first version",
              "found by the crash verifier",
              Guarantee.G4,
              BLOCK,
              new EngineMutant("padded after the lock was given back", "i-mutex"),
              DirectRaces::blockAgainstItsPart),
          new Race(
              "E9",
              "two conversions of one file, completed crosswise",
              "ext4 dioread_nolock",
              "74dae4278546",
              Guarantee.G3,
              BLOCK,
              new EngineMutant("end_io shared by all writes", "placeholder"),
              DirectRaces::twoConversionsOfOneFile),
          new Race(
              "E10",
              "direct read of pages written out and not yet converted",
              "ext4 dioread_nolock",
              "dccaf33fa37a",
              Guarantee.G3,
              BLOCK,
              new EngineMutant("write-out ends before its conversion", "iomap-endio"),
              BufferedRaces::directReadDuringWriteOut),
          new Race(
              "E11",
              "page cached between the invalidation and the move of i_size",
              "ext4 iomap port; generic/418",
              "20210414095935.30521-1",
              Guarantee.G3,
              1024,
              new EngineMutant("invalidated before i_size moves", "iomap-endio"),
              BufferedRaces::readOfTheTailDuringAnAppend),
          new Race(
              "E12",
              "crash after a DSYNC append returned",
              "ext4 O_SYNC",
              "91562895f803",
              Guarantee.G2,
              BLOCK,
              new EngineMutant("synced before i_size is logged", "iomap-endio"),
              DirectRaces::crashAfterDsyncAppend),
          new Race(
              "E13",
              "direct write that falls back in its middle",
              "ext4 iomap port, i-mutex with buffered-fallback",
              "seeds/002",
              Guarantee.G3,
              BLOCK,
              new EngineMutant(
                  "fallback returns its own bytes only", "i-mutex", "buffered-fallback"),
              BufferedRaces::fallbackInTheMiddle),
          new Race(
              "E14a",
              "crash after a part of a buffered append is written out",
              "ext4 delayed allocation",
              "facts E14",
              Guarantee.G6,
              BLOCK,
              new EngineMutant("write-out moves i_disksize to i_size", "iomap-endio"),
              BufferedRaces::crashAfterPartOfAnAppendIsWrittenOut),
          new Race(
              "E14b",
              "DSYNC write behind an i_disksize that stays",
              "ext4 delayed allocation",
              "facts E14",
              Guarantee.G2,
              BLOCK,
              new EngineMutant("direct write leaves i_disksize behind", "iomap-endio"),
              BufferedRaces::dsyncWriteBehindTheSizeOnDisk),
          new Race(
              "E14c",
              "direct append behind a buffered one",
              "ext4 delayed allocation: orphan left",
              "facts E14",
              Guarantee.G2,
              BLOCK,
              new EngineMutant("orphan left by a direct append", "iomap-endio"),
              BufferedRaces::directAppendBehindABufferedOne),
          new Race(
              "E14d",
              "crash between the conversion and the end of an append behind a cached page",
              "ext4 delayed allocation",
              "facts E14",
              Guarantee.G6,
              BLOCK,
              new EngineMutant("conversion of an append moves i_disksize", "iomap-endio"),
              BufferedRaces::crashDuringAnAppendBehindABufferedOne),
          new Race(
              "E15",
              "punch between the check of an overwrite and its lock",
              "the order that every scheme has to avoid",
              "facts E15",
              Guarantee.G8,
              BLOCK,
              new OldStrategy("overwrite-nolock-early-check"),
              DirectRaces::punchAgainstTheCheckOfAnOverwrite),
          new Race(
              "E17",
              "one page over several unwritten extents",
              "ext4 with blocks smaller than pages",
              "c8cc88163f40",
              Guarantee.G3,
              1024,
              new EngineMutant("only the first extent of a page converted", "iomap-endio"),
              BufferedRaces::pageOverSeveralUnwrittenExtents),
          new Race(
              "E18",
              "direct I/O beside a store into a hole",
              "ext4 page_mkwrite, iomap: EIO by a collision",
              "facts E18",
              Guarantee.G1,
              BLOCK,
              new EngineMutant("store allocates written blocks", "iomap-endio"),
              MappedRaces::directReadAgainstAStore),
          new Race(
              "E21",
              "truncate waits for an overwrite that needs its lock",
              "btrfs dio_sem",
              "97dcdea076ec",
              Guarantee.G8,
              BLOCK,
              new OldStrategy("overwrite-nolock-mutex-before-uncount"),
              DirectRaces::truncateAndOverwriteWaitForEachOther),
          new Race(
              "generic/036",
              "direct and buffered write of one page",
              "programs that toggle O_DIRECT",
              "generic/036, 091, 263",
              null, // open(2): programs must not mix them on one range
              BLOCK,
              new OldStrategy("no-lock"),
              BufferedRaces::directAndBufferedWriteOfOnePage),
          new Race(
              "generic/114",
              "write up to i_size and write from there on share a block",
              "ext4 unaligned AIO",
              "372a03e01853",
              Guarantee.G3,
              BLOCK,
              new OldStrategy("iomap-endio-submission-only"),
              DirectRaces::partsOfTheBlockAtTheEnd),
          new Race(
              "generic/208",
              "direct write over pages that somebody has pinned",
              "DIO that failed with EIO",
              "generic/208",
              Guarantee.G3,
              BLOCK,
              new EngineMutant("pages that cannot be dropped are ignored", "iomap-endio"),
              MappedRaces::directWriteOverPinnedPages),
          new Race(
              "generic/209",
              "buffered read while a direct write is in flight",
              "stale read-ahead",
              "generic/209, 451",
              Guarantee.G3,
              BLOCK,
              new EngineMutant("no invalidation after a direct write", "overwrite-nolock"),
              BufferedRaces::readAheadDuringADirectWrite),
          new Race(
              "generic/210",
              "read of the last, partial block",
              "AIO reads that returned whole blocks",
              "generic/210",
              Guarantee.G1,
              BLOCK,
              new EngineMutant("read not cut at i_size", "iomap-endio"),
              DirectRaces::readOfThePartialLastBlock),
          new Race(
              "generic/239",
              "read of a hole that is being filled",
              "ext4 without unwritten extents",
              "generic/239",
              Guarantee.G1,
              BLOCK,
              new EngineMutant("hole filled with written blocks", "overwrite-nolock"),
              DirectRaces::readOfAHoleBeingFilled),
          new Race(
              "generic/240",
              "read of a block whose part is written into a hole",
              "ext4 unaligned AIO into holes",
              "generic/198, 240",
              Guarantee.G1,
              BLOCK,
              new EngineMutant("part of a new block not padded", "overwrite-nolock"),
              DirectRaces::readOfABlockThatIsPartlyFilled),
          new Race(
              "generic/465",
              "read of the end while an append is in flight",
              "XFS, ext4 AIO",
              "generic/465",
              Guarantee.G1,
              BLOCK,
              new EngineMutant("i_size moved before the data", "overwrite-nolock"),
              DirectRaces::readAgainstAppend),
          new Race(
              "generic/551",
              "read of two extents beside a write of both",
              "all but placeholder",
              "generic/538, 551, 737",
              Guarantee.G7,
              BLOCK,
              new OldStrategy("overwrite-nolock"),
              DirectRaces::overlappingReadAndWrite),
          new Race(
              "generic/586",
              "fallocate beside an append in flight",
              "XFS AIO",
              "generic/586",
              Guarantee.G3,
              BLOCK,
              new OldStrategy("iomap-endio-unlocked-fallocate"),
              DirectRaces::fallocateAgainstAppend));

  private RaceCatalogue() {}

  /** In the order of the facts, then of xfstests. */
  public static List<Race> all() {
    return ALL;
  }

  /**
   * The race with {@code id}.
   *
   * @throws Failure naming the known races when there is none
   */
  public static Race byId(String id) {
    return ALL.stream()
        .filter(race -> race.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "unknown race '"
                        + id
                        + "'; known: "
                        + ALL.stream().map(Race::id).collect(Collectors.joining(", "))));
  }
}
