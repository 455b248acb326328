package dev.diolab.engine.device;

import dev.diolab.engine.device.DiskModel.Access;
import dev.diolab.engine.device.DiskModel.Arm;
import dev.diolab.engine.device.DiskModel.Cache;

/**
 * Four disks by public figures. Each stands for its type; several products lent figures to one. A
 * figure for which no source was found says so.
 *
 * <p>Spread, for all flash: the product specification of the Intel SSD DC S4500/S4600 gives 110 and
 * 52 µs as typical latency of a random read and write, 300 and 800 µs as that at 99.9 %. A
 * log-normal distribution through both has a spread of 0.32 for reads and 0.88 for writes. Flushes
 * take that of reads: no source.
 */
public final class DiskModels {
  private static final double READ_SPREAD = 0.32;
  private static final double WRITE_SPREAD = 0.88;
  private static final double MEGA = 1e6;
  private static final long MICROS = 1_000;

  /** Entries of the queue of a SATA disk (NCQ). */
  private static final int SATA_SLOTS = 32;

  /** What a 6 Gb/s link carries after its 8b/10b code. */
  private static final double SATA_BYTES_PER_SECOND = 600 * MEGA;

  /**
   * A hard disk of 7200 rpm with its write cache on.
   *
   * <ul>
   *   <li>Seek to the next track 0.23 ms, average 7.4 ms, revolution 8.33 ms: Western Digital,
   *       Ultrastar DC HC310 OEM specification 1.4, section 4.5.1.
   *   <li>4 TB: a model of that series. 200 MB/s, 50 µs for a command: no source at hand.
   *   <li>2 MB of writes that it holds and sorts: no source. Its buffer is larger, but were all of
   *       it sorted, random 4 KiB writes to a file of 256 MiB would come at thousands a second; so
   *       they come at some 370.
   *   <li>No FUA: that is how Linux drives SATA disks unless told otherwise (FUA 0 in the table of
   *       T. Poder, "Using Postgres pg_test_fsync tool for testing low latency writes", 2025).
   * </ul>
   */
  public static final DiskModel HDD =
      new DiskModel(
          "hdd",
          "7200 rpm hard disk, write cache on",
          new Access(50 * MICROS, 0, 100_000, SATA_BYTES_PER_SECOND),
          new Access(50 * MICROS, 0, 100_000, SATA_BYTES_PER_SECOND),
          SATA_SLOTS,
          new Cache(2_000_000, 0),
          0,
          false,
          0,
          0,
          new Arm(4_000_000_000_000L, 230 * MICROS, 7_400 * MICROS, 8_330 * MICROS, 200 * MEGA));

  /**
   * A consumer's SATA SSD.
   *
   * <ul>
   *   <li>13,000 reads and 36,000 writes of 4 KiB a second at queue depth 1, 98,000 and 88,000 at
   *       32, 560 and 530 MB/s: Samsung of its 870 EVO, as quoted by KitGuru's review of it.
   *   <li>Flush 3.5 ms: P. Zaitsev, "Why consumer SSD reviews are useless for database performance
   *       use case", Percona 2018, measured that on an SSD without power-loss protection (a Samsung
   *       960 Pro, on NVMe). No figure of a SATA one was found.
   *   <li>No FUA: see {@link #HDD}. A cache of 64 MB that is written out at the rate of writes: no
   *       source.
   * </ul>
   */
  public static final DiskModel SATA_SSD =
      new DiskModel(
          "sata",
          "SATA SSD with a volatile cache",
          new Access(77 * MICROS, READ_SPREAD, 98_000, 560 * MEGA),
          new Access(28 * MICROS, WRITE_SPREAD, 88_000, 530 * MEGA),
          SATA_SLOTS,
          new Cache(64_000_000, 530 * MEGA),
          3_500 * MICROS,
          false,
          0,
          READ_SPREAD,
          null);

  /**
   * A consumer's NVMe SSD with a volatile cache.
   *
   * <ul>
   *   <li>1.4 and 1.55 million reads and writes of 4 KiB a second, 7,450 and 6,900 MB/s: Samsung of
   *       its 990 PRO (announcement of August 2022).
   *   <li>A write 17 µs: S. Hajnoczi, "The 10 microsecond challenge", KVM Forum 2020, of the
   *       Samsung 970 EVO Plus. A read 50 µs: no source.
   *   <li>Flush 1.6 ms, FUA 4.0 ms: T. Poder (see {@link #HDD}) measured 1,643 µs for fdatasync and
   *       4,007 µs for an O_DSYNC write of 8 kB to a 990 PRO on XFS.
   *   <li>The cache: as {@link #SATA_SSD}.
   * </ul>
   */
  public static final DiskModel NVME =
      new DiskModel(
          "nvme",
          "NVMe SSD with a volatile cache",
          new Access(50 * MICROS, READ_SPREAD, 1_400_000, 7_450 * MEGA),
          new Access(17 * MICROS, WRITE_SPREAD, 1_550_000, 6_900 * MEGA),
          256,
          new Cache(64_000_000, 6_900 * MEGA),
          1_600 * MICROS,
          true,
          4_000 * MICROS,
          READ_SPREAD,
          null);

  /**
   * A data centre's NVMe SSD, protected against power loss.
   *
   * <ul>
   *   <li>A read 115 µs, a write 20 µs, 645,000 and 62,500 of 4 KiB a second, 3.2 and 1.8 GB/s:
   *       Intel P4500 of 4 TB, as in Lenovo's product guide of it.
   *   <li>Flush 12 µs: the shortest sync that M. Callaghan, "SSDs, power loss protection and fsync
   *       latency", found on such disks, as summarised at engineered.at (12 to 58 µs).
   * </ul>
   */
  public static final DiskModel NVME_PLP =
      new DiskModel(
          "nvme-plp",
          "NVMe SSD with power-loss protection",
          new Access(115 * MICROS, READ_SPREAD, 645_000, 3_200 * MEGA),
          new Access(20 * MICROS, WRITE_SPREAD, 62_500, 1_800 * MEGA),
          256,
          null,
          12 * MICROS,
          true,
          0,
          READ_SPREAD,
          null);

  private DiskModels() {}
}
