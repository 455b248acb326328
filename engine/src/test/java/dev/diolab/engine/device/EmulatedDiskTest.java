package dev.diolab.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.diolab.engine.device.DiskModel.Access;
import dev.diolab.engine.device.DiskModel.Arm;
import dev.diolab.engine.device.DiskModel.Cache;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The disks against their figures, in the time of the model: nothing waits here. */
class EmulatedDiskTest {
  private static final long SIZE = 1L << 30;
  private static final int PAGE = 4096;
  private static final int REQUESTS = 20_000;
  private static final double SECOND = 1e9;
  private static final long MILLI = 1_000_000;
  private static final Arm ARM = Objects.requireNonNull(DiskModels.HDD.arm());

  static Stream<DiskModel> all() {
    return Stream.of(DiskModels.HDD, DiskModels.SATA_SSD, DiskModels.NVME, DiskModels.NVME_PLP);
  }

  static Stream<DiskModel> flash() {
    return all().filter(model -> model.arm() == null);
  }

  /** One request: when it arrives, where, how long; when it is over. */
  @FunctionalInterface
  private interface Request {
    long end(EmulatedDisk disk, long now, long offset, int bytes);
  }

  private static EmulatedDisk disk(DiskModel model) {
    return new EmulatedDisk(model, SIZE, 7);
  }

  /** Requests a second at {@code depth}: each that is over is followed by another one. */
  private static double perSecond(DiskModel model, Request request, int depth, int bytes) {
    EmulatedDisk disk = disk(model);
    SplittableRandom random = new SplittableRandom(3);
    long[] over = new long[depth];
    for (int i = 0; i < REQUESTS; i++) {
      Arrays.sort(over);
      over[0] = request.end(disk, over[0], random.nextLong(SIZE / bytes) * bytes, bytes);
    }
    return REQUESTS / (Arrays.stream(over).max().orElseThrow() / SECOND);
  }

  @ParameterizedTest
  @MethodSource("flash")
  void aRequestAloneTakesTheMeanTimeOfItsKind(DiskModel model) {
    assertThat(SECOND / perSecond(model, EmulatedDisk::read, 1, PAGE))
        .isCloseTo((double) model.reads().nanos(), withinPercentage(5));
    assertThat(SECOND / perSecond(model, EmulatedDisk::write, 1, PAGE))
        .isCloseTo((double) model.writes().nanos(), withinPercentage(5));
  }

  @ParameterizedTest
  @MethodSource("flash")
  void manyRequestsReachTheRateOfTheDiskAndNoMore(DiskModel model) {
    int depth = model.slots();

    assertThat(perSecond(model, EmulatedDisk::read, depth, PAGE))
        .isCloseTo(model.reads().perSecond(), withinPercentage(5));
    assertThat(perSecond(model, EmulatedDisk::write, depth, PAGE))
        .isCloseTo(model.writes().perSecond(), withinPercentage(5));
  }

  @ParameterizedTest
  @MethodSource("flash")
  void largeRequestsReachTheBandwidthAndNoMore(DiskModel model) {
    int bytes = 1 << 20;

    assertThat(perSecond(model, EmulatedDisk::read, 32, bytes) * bytes)
        .isCloseTo(model.reads().bytesPerSecond(), withinPercentage(5));
    assertThat(perSecond(model, EmulatedDisk::write, 32, bytes) * bytes)
        .isCloseTo(model.writes().bytesPerSecond(), withinPercentage(5));
  }

  @ParameterizedTest
  @MethodSource("flash")
  void morePlacesInTheQueueMeanMoreRequests(DiskModel model) {
    double one = perSecond(model, EmulatedDisk::read, 1, PAGE);

    assertThat(perSecond(model, EmulatedDisk::read, 4, PAGE))
        .isCloseTo(4 * one, withinPercentage(5));
  }

  @Test
  void noMoreRequestsAreServedAtOnceThanThereAreSlots() {
    DiskModel narrow = flash(4, null, 0, true, 0, 0);

    assertThat(perSecond(narrow, EmulatedDisk::read, 64, PAGE))
        .isCloseTo(4 * SECOND / narrow.reads().nanos(), withinPercentage(1));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theSameSeedAndRequestsGiveTheSameTimes(DiskModel model) {
    assertThat(times(model, 7)).containsExactly(times(model, 7));
    assertThat(times(model, 8)).isNotEqualTo(times(model, 7));
  }

  private static long[] times(DiskModel model, long seed) {
    EmulatedDisk disk = new EmulatedDisk(model, SIZE, seed);
    SplittableRandom random = new SplittableRandom(1);
    long[] times = new long[1000];
    long now = 0;
    for (int i = 0; i < times.length; i++) {
      long offset = random.nextLong(SIZE / PAGE) * PAGE;
      times[i] =
          switch (random.nextInt(4)) {
            case 0 -> disk.read(now, offset, PAGE);
            case 1 -> disk.write(now, offset, PAGE);
            case 2 -> disk.writeFua(now, offset, PAGE);
            default -> disk.flush(now);
          };
      now += 50_000;
    }
    return times;
  }

  @ParameterizedTest
  @MethodSource("flash")
  void aFlushWithNothingToWriteOutTakesItsMeanTime(DiskModel model) {
    EmulatedDisk disk = disk(model);
    long now = 0;
    for (int i = 0; i < REQUESTS; i++) {
      now = disk.flush(now);
    }

    assertThat((double) now / REQUESTS).isCloseTo((double) model.flushNanos(), withinPercentage(5));
  }

  @Test
  void aFlushWaitsForWhatTheCacheStillHolds() {
    long rate = 100_000_000;
    DiskModel model = flash(8, new Cache(50_000_000, rate), 3 * MILLI, true, 0, 0);
    EmulatedDisk disk = disk(model);
    long written = 0;
    for (int i = 0; i < 10; i++) {
      written = disk.write(0, i << 20, 1 << 20);
    }
    long rest = (long) ((10 * (1 << 20) - written / SECOND * rate) / rate * SECOND);

    assertThat(disk.flush(written) - written).isCloseTo(rest + 3 * MILLI, withinPercentage(1));
  }

  @Test
  void theCacheIsWrittenOutWhileNobodyAsksForIt() {
    DiskModel model = flash(8, new Cache(50_000_000, 100_000_000), 3 * MILLI, true, 0, 0);
    EmulatedDisk disk = disk(model);
    disk.write(0, 0, 1 << 20);

    assertThat(disk.flush(1000 * MILLI)).isEqualTo(1003 * MILLI);
  }

  @Test
  void aWriteThatFindsTheCacheFullWaits() {
    double rate = 100_000_000;
    DiskModel model = flash(8, new Cache(1 << 20, rate), 0, true, 0, 0);

    assertThat(perSecond(model, EmulatedDisk::write, 8, 1 << 16) * (1 << 16))
        .isCloseTo(rate, withinPercentage(5));
  }

  @Test
  void flushesComeOneAfterTheOtherAndHoldUpNoRead() {
    DiskModel model = flash(8, new Cache(1 << 20, 1e9), 3 * MILLI, true, 0, 0);
    EmulatedDisk disk = disk(model);

    assertThat(disk.flush(0)).isEqualTo(3 * MILLI);
    assertThat(disk.flush(0)).isEqualTo(6 * MILLI);
    assertThat(disk.read(0, 0, PAGE)).isEqualTo(model.reads().nanos());
  }

  @Test
  void fuaTakesLongerWhereTheCacheIsVolatileOnly() {
    Cache cache = new Cache(1 << 20, 1e9);
    DiskModel knowing = flash(8, cache, 3 * MILLI, true, MILLI, 0);
    DiskModel ignorant = flash(8, cache, 3 * MILLI, false, 0, 0);
    DiskModel safe = flash(8, null, 3 * MILLI, true, MILLI, 0);
    long write = knowing.writes().nanos();

    assertThat(disk(knowing).writeFua(0, 0, PAGE)).isEqualTo(write + MILLI);
    assertThat(disk(ignorant).writeFua(0, 0, PAGE)).isEqualTo(write + PAGE + 3 * MILLI);
    assertThat(disk(safe).writeFua(0, 0, PAGE)).isEqualTo(write);
  }

  @Test
  void aHardDiskSeeksAndTurnsForEachRandomRead() {
    EmulatedDisk whole = wholeDisk();
    SplittableRandom random = new SplittableRandom(3);
    long now = 0;
    for (int i = 0; i < REQUESTS; i++) {
      now = whole.read(now, random.nextLong(LARGEST / PAGE) * PAGE, PAGE);
    }
    double transfer = PAGE / ARM.bytesPerSecond() * SECOND;

    assertThat((double) now / REQUESTS)
        .isCloseTo(
            ARM.averageSeekNanos()
                + ARM.revolutionNanos() / 2.0
                + transfer
                + DiskModels.HDD.reads().nanos(),
            withinPercentage(5));
  }

  private static final long LARGEST = 1L << 40;

  /** A hard disk that the emulated device covers from end to end. */
  private static EmulatedDisk wholeDisk() {
    Arm arm =
        new Arm(
            LARGEST,
            ARM.trackSeekNanos(),
            ARM.averageSeekNanos(),
            ARM.revolutionNanos(),
            ARM.bytesPerSecond());
    return new EmulatedDisk(
        hardDisk(Objects.requireNonNull(DiskModels.HDD.cache()), arm), LARGEST, 7);
  }

  private static DiskModel hardDisk(Cache cache, Arm arm) {
    DiskModel hdd = DiskModels.HDD;
    return new DiskModel(
        "test",
        "for this test",
        hdd.reads(),
        hdd.writes(),
        hdd.slots(),
        cache,
        0,
        false,
        0,
        0,
        arm);
  }

  @Test
  void aHardDiskStreamsAtTheRateOfItsPlatters() {
    EmulatedDisk disk = disk(DiskModels.HDD);
    int bytes = 1 << 20;
    long[] over = new long[2];
    for (int i = 0; i < 500; i++) {
      over[i % 2] = disk.read(over[i % 2], (long) i * bytes, bytes);
    }

    assertThat(500.0 * bytes / (over[1] / SECOND))
        .isCloseTo(ARM.bytesPerSecond(), withinPercentage(5));
  }

  @Test
  void aSmallFileNeedsShortSeeksOnly() {

    assertThat(ARM.seekNanos(0)).isZero();
    assertThat(ARM.seekNanos(32 << 20))
        .isBetween(ARM.trackSeekNanos(), ARM.trackSeekNanos() + 100_000);
    assertThat(ARM.seekNanos(ARM.bytes())).isGreaterThan(ARM.averageSeekNanos());
  }

  @Test
  void aDurableWriteOfAHardDiskCostsASeekAndHalfARevolution() {
    EmulatedDisk disk = disk(DiskModels.HDD);
    SplittableRandom random = new SplittableRandom(5);
    long now = 0;
    for (int i = 0; i < REQUESTS; i++) {
      now = disk.writeFua(now, random.nextLong(1024) << 15, 1 << 15);
    }

    // A seek of less than 0.1 ms more than to the next track, half a revolution, 32 KiB.
    assertThat((double) now / REQUESTS).isBetween(4.4e6, 4.9e6);
  }

  @Test
  void anAppendMissesItsSectorByARevolution() {
    EmulatedDisk disk = disk(DiskModels.HDD);
    long revolution = ARM.revolutionNanos();
    long first = disk.writeFua(0, 0, PAGE);

    long second = disk.writeFua(first, PAGE, PAGE);

    assertThat(second - first).isBetween(revolution, revolution + MILLI / 10);
  }

  @Test
  void aFlushOfAHardDiskSortsWhatItWritesOut() {
    EmulatedDisk disk = disk(hardDisk(new Cache(64 << 20, 0), ARM));
    SplittableRandom random = new SplittableRandom(5);
    int chunk = 32 << 20;
    long now = 0;
    for (int i = 0; i < 4000; i++) {
      now = Math.max(now, disk.write(now, random.nextLong(1024) << 15, 1 << 15));
    }
    long took = disk.flush(now) - now;

    // One pass over 32 MiB, not a thousand seeks.
    assertThat((double) took).isLessThan(chunk / 200e6 * SECOND + 20 * MILLI);
    assertThat(disk.flush(now + took)).isEqualTo(now + took);
  }

  @Test
  void randomWritesOfAHardDiskComeAtHundredsASecond() {
    EmulatedDisk disk = disk(DiskModels.HDD);
    SplittableRandom random = new SplittableRandom(5);
    long now = 0;
    for (int i = 0; i < REQUESTS; i++) {
      now = disk.write(now, random.nextLong(1 << 16) * PAGE, PAGE);
    }

    assertThat(REQUESTS / (now / SECOND)).isBetween(300.0, 450.0);
  }

  @Test
  void aHardDiskReadsWhatItsCacheHoldsWithoutItsArm() {
    EmulatedDisk disk = disk(DiskModels.HDD);
    long written = disk.write(0, 0, 2 * PAGE);

    assertThat(disk.read(written, PAGE, PAGE) - written).isEqualTo(DiskModels.HDD.reads().nanos());
    assertThat(disk.read(written, PAGE, 2 * PAGE) - written).isGreaterThan(MILLI / 5);
  }

  @Test
  void aHardDiskWithAFullCacheWritesItOut() {
    EmulatedDisk disk = disk(hardDisk(new Cache(2 * PAGE, 0), ARM));
    disk.write(0, 0, PAGE);
    disk.write(0, 0, PAGE);
    long second = disk.write(0, 8 << 20, PAGE);

    long third = disk.write(second, 16 << 20, PAGE);

    assertThat(second).isLessThan(MILLI / 5);
    assertThat(third - second).isGreaterThan(MILLI / 5);
    assertThat(disk.flush(third)).isEqualTo(third);
  }

  @Test
  void impossibleFiguresAreRefused() {
    Access access = new Access(1, 0, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Access(-1, 0, 1, 1))
        .withMessageContaining("nanos=-1");
    assertThatIllegalArgumentException().isThrownBy(() -> new Access(1, -0.1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Access(1, 0, 0, 1))
        .withMessageContaining("perSecond=0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Access(1, 0, 1, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new Cache(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Arm(1, 2, 1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flash(0, null, 0, true, 0, 0))
        .withMessageContaining("slots=0");
    assertThatIllegalArgumentException().isThrownBy(() -> flash(1, null, -1, true, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flash(1, new Cache(1, 0), 0, true, 0, 0))
        .withMessageContaining("an arm writes its cache out, or a rate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DiskModel("a", "b", access, access, 1, null, 0, true, 0, 0, ARM))
        .withMessageContaining("no write cache");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EmulatedDisk(DiskModels.HDD, 1L << 43, 1))
        .withMessageContaining("disk hdd has 4000000000000 bytes");
  }

  /** A flash disk of constant times: 100 µs for a read, 50 for a write. */
  private static DiskModel flash(
      int slots, @Nullable Cache cache, long flush, boolean fua, long fuaNanos, double spread) {
    return new DiskModel(
        "test",
        "for this test",
        new Access(100_000, spread, 1e9, 1e12),
        new Access(50_000, spread, 1e9, 1e12),
        slots,
        cache,
        flush,
        fua,
        fuaNanos,
        spread,
        null);
  }
}
