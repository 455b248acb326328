package dev.diolab.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramFileTest {
  private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");

  @TempDir private Path directory;
  private final Random random = new Random(11);

  @Test
  void roundsComeBackByPhaseInTheirOrder() throws IOException {
    Histogram first = random(500);
    Histogram second = random(700);
    Path file = write(List.of(interval(Phase.TOTAL, first), interval(Phase.TOTAL, second)));

    CellHistograms read = HistogramFile.read(file, 2);

    assertThat(read.rounds(Phase.TOTAL)).containsExactly(first, second);
    Histogram both = first.copy();
    both.add(second);
    assertThat(read.all(Phase.TOTAL)).isEqualTo(both);
  }

  @Test
  void aPhaseThatWasNotRecordedIsEmpty() throws IOException {
    Path file = write(List.of(interval(Phase.TOTAL, random(10))));

    CellHistograms read = HistogramFile.read(file, 1);

    assertThat(read.rounds(Phase.SYNC)).isEmpty();
    assertThat(read.all(Phase.SYNC).getTotalCount()).isZero();
  }

  @Test
  void otherToolsReadTagsTimesAndValues() throws IOException {
    Histogram values = random(100);
    Path file = write(List.of(interval(Phase.LOCK_WAIT, values)));

    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      EncodableHistogram read = reader.nextIntervalHistogram();
      assertThat(read.getTag()).isEqualTo("lockWait");
      assertThat(read.getStartTimeStamp()).isEqualTo(START.plusSeconds(2).toEpochMilli());
      assertThat(read.getEndTimeStamp()).isEqualTo(START.plusSeconds(5).toEpochMilli());
      assertThat(read).isEqualTo(values);
    }
  }

  @Test
  void whatIsReadIsWhatOtherToolsRead() throws IOException {
    Path file =
        write(List.of(interval(Phase.TOTAL, random(100)), interval(Phase.TOTAL, random(200))));

    List<Histogram> rounds = HistogramFile.read(file, 2).rounds(Phase.TOTAL);

    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      for (Histogram round : rounds) {
        EncodableHistogram other = reader.nextIntervalHistogram();
        assertThat(round).isEqualTo(other);
        assertThat(round.getTag()).isEqualTo(other.getTag());
        assertThat(round.getStartTimeStamp()).isEqualTo(other.getStartTimeStamp());
        assertThat(round.getEndTimeStamp()).isEqualTo(other.getEndTimeStamp());
      }
    }
  }

  @Test
  void intervalsWithoutATagAreOfNoPhase() throws IOException {
    Path file = write(List.of(interval(Phase.TOTAL, random(10))));
    String log = Files.readString(file);
    Files.writeString(
        file, log + log.lines().toList().getLast().replace("Tag=total,", "") + "\n\n# the end\n");

    assertThat(HistogramFile.read(file, 1).rounds(Phase.TOTAL)).hasSize(1);
  }

  @Test
  void writingLeavesTheHistogramsAsTheyWere() throws IOException {
    Histogram values = random(100);

    write(List.of(interval(Phase.DEVICE, values)));

    assertThat(values.getTag()).isNull();
  }

  @Test
  void tagsOfOtherToolsAreSkipped() throws IOException {
    Path file = write(List.of(interval(Phase.TOTAL, random(10))));
    String log = Files.readString(file);
    Files.writeString(file, log + log.lines().toList().getLast().replace("total", "other") + "\n");

    assertThat(HistogramFile.read(file, 1).rounds(Phase.TOTAL)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anotherNumberOfRoundsIsRefused(int rounds) throws IOException {
    Path file = write(List.of(interval(Phase.TOTAL, random(5)), interval(Phase.TOTAL, random(5))));

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> HistogramFile.read(file, rounds))
        .withMessage(
            "%s holds 2 intervals with the tag total, but run.json says %d rounds", file, rounds);
  }

  @Test
  void aPhaseThatLacksARoundIsRefused() throws IOException {
    Path file =
        write(
            List.of(
                interval(Phase.TOTAL, random(5)),
                interval(Phase.DEVICE, random(5)),
                interval(Phase.TOTAL, random(5))));

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> HistogramFile.read(file, 2))
        .withMessage("%s holds 1 intervals with the tag device, but run.json says 2 rounds", file);
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = directory.resolve("none.hlog");

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> HistogramFile.read(file, 1))
        .withMessage("%s does not exist, but run.json names it", file);
  }

  /** Wherever the file is cut before its last line is whole, that is noticed. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 0.5, 0.8, 0.99})
  void aCutFileIsRefused(double part) throws IOException {
    Path file = write(List.of(interval(Phase.TOTAL, random(2_000))));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, (int) (whole.length * part)));

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> HistogramFile.read(file, 1))
        .withMessageStartingWith(file.toString());
  }

  /** HdrHistogram checks no sums; what it lets pass, {@link RunCheck} compares with run.json. */
  @Test
  void damageEndsInNoOtherExceptionThanOurs() throws IOException {
    Path file = write(List.of(interval(Phase.TOTAL, random(2_000))));
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) (32 + random.nextInt(95));
      Files.write(file, damaged);
      try {
        assertThat(HistogramFile.read(file, 1).rounds(Phase.TOTAL)).hasSize(1);
      } catch (RunFormatException e) {
        assertThat(e).hasMessageStartingWith(file.toString());
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary \u0000\u0001 rubbish", "Tag=total,0.0,1.0,2.0,AAAA", "Tag=total"})
  void rubbishIsRefused(String contents) throws IOException {
    Path file = directory.resolve("cell.hlog");
    Files.writeString(file, contents);

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> HistogramFile.read(file, 1))
        .withMessageStartingWith(file.toString());
  }

  private Path write(List<Interval> intervals) throws IOException {
    Path file = directory.resolve("cell.hlog");
    HistogramFile.write(file, START, new ArrayList<>(intervals));
    return file;
  }

  private static Interval interval(Phase phase, Histogram values) {
    return new Interval(phase, START.plusSeconds(2), START.plusSeconds(5), values);
  }

  private Histogram random(int values) {
    Histogram histogram = new Histogram(3);
    for (int i = 0; i < values; i++) {
      histogram.recordValue((long) (50_000 * Math.exp(random.nextGaussian())));
    }
    return histogram;
  }
}
