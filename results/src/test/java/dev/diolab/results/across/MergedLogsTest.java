package dev.diolab.results.across;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.SyntheticRun;
import dev.diolab.results.run.CellHistograms;
import dev.diolab.results.run.Git;
import dev.diolab.results.run.HistogramFile;
import dev.diolab.results.run.Phase;
import dev.diolab.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedLogsTest {
  @TempDir private Path directory;

  @Test
  void aMergedLogHoldsTheRoundsOfAllRuns() throws IOException {
    RunDirectory one = write("one", 1, 2, "89d48d6f");
    RunDirectory other = write("other", 2, 3, "89d48d6f");
    SideBySide runs = SideBySide.of(List.of(one, other));

    List<Path> files = MergedLogs.write(runs, directory.resolve("merged"));

    assertThat(files).hasSize(5);
    assertThat(files.getFirst()).hasFileName("tso32-unwritten-dsync-i-mutex-end-io-4-threads.hlog");
    CellHistograms merged = HistogramFile.read(files.getFirst(), 5);
    CellHistograms ofOne = one.histograms(one.run().cells().getFirst());
    CellHistograms ofOther = other.histograms(other.run().cells().getFirst());
    for (Phase phase : List.of(Phase.TOTAL, Phase.LOCK_WAIT)) {
      Histogram sum = ofOne.all(phase);
      sum.add(ofOther.all(phase));
      assertThat(merged.all(phase)).isEqualTo(sum);
    }
    assertThat(merged.rounds(Phase.TOTAL).getFirst().getStartTimeStamp())
        .isEqualTo(ofOne.rounds(Phase.TOTAL).getFirst().getStartTimeStamp());
  }

  @Test
  void placesThatDifferInSignsOnlyHaveLogsOfTheirOwn() throws IOException {
    List<RunDirectory> both = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      SyntheticRun run =
          SyntheticRun.in(directory.resolve("run" + seed), seed)
              .operationsPerRound(50 * seed)
              .add("TSO32", "zeroed+fill, dsync", 32768, true, 4)
              .add("TSO32", "zeroed, fill, dsync", 32768, true, 4);
      run.write();
      both.add(RunDirectory.read(run.directory()));
    }
    SideBySide runs = SideBySide.of(both);

    List<Path> files = MergedLogs.write(runs, directory.resolve("merged"));

    assertThat(files)
        .hasSize(10)
        .doesNotHaveDuplicates()
        .contains(
            directory.resolve("merged/tso32-zeroed-fill-dsync-i-mutex-end-io-4-threads.hlog"),
            directory.resolve("merged/tso32-zeroed-fill-dsync-i-mutex-end-io-4-threads-2.hlog"));
    for (int i = 0; i < files.size(); i++) {
      Histogram sum = new Histogram(3);
      for (RunDirectory run : both) {
        sum.add(run.histograms(run.run().cells().get(i)).all(Phase.TOTAL));
      }
      assertThat(HistogramFile.read(files.get(i), 4).all(Phase.TOTAL)).isEqualTo(sum);
    }
  }

  @Test
  void onlyRepetitionsAreOfOneKind() throws IOException {
    RunDirectory one = write("one", 1, 2, "89d48d6f");
    RunDirectory again = write("again", 2, 2, "89d48d6f");
    RunDirectory other = write("other", 3, 2, "ffffffff");

    assertThat(MergedLogs.canBeMergedFrom(SideBySide.of(List.of(one, again)))).isTrue();
    assertThat(MergedLogs.canBeMergedFrom(SideBySide.of(List.of(one, again, other)))).isFalse();
  }

  private RunDirectory write(String name, long seed, int rounds, String commit) throws IOException {
    SyntheticRun run =
        SyntheticRun.in(directory.resolve(name), seed)
            .git(new Git(commit, false))
            .rounds(rounds)
            .operationsPerRound(50)
            .add("TSO32", "unwritten, dsync", 32768, true, 4);
    run.write();
    return RunDirectory.read(run.directory());
  }
}
