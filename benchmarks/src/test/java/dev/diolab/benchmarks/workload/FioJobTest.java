package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.diolab.benchmarks.load.Arrivals;
import dev.diolab.benchmarks.plan.CellPlan;
import dev.diolab.benchmarks.plan.OfferedLoad;
import dev.diolab.benchmarks.plan.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FioJobTest {
  private static final long FILE_BYTES = 32L << 20;

  @TempDir private Path directory;

  static Stream<CellPlan> cellsThatFioCanDo() {
    return Stream.of(Workload.PAGE_OVERWRITE, Workload.TSO32, Workload.INTERFERENCE)
        .flatMap(workload -> workload.variants().stream().map(each -> cell(workload, each)));
  }

  @ParameterizedTest
  @MethodSource("cellsThatFioCanDo")
  void fioUnderstandsIt(CellPlan cell) throws IOException, InterruptedException {
    Path job = directory.resolve(FioJob.name(cell));
    Files.writeString(job, FioJob.of(cell, 7).orElseThrow());

    Process fio;
    try {
      fio =
          new ProcessBuilder("fio", "--parse-only", job.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      abort("fio is not installed");
      return;
    }
    String said = new String(fio.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(fio.waitFor()).as(said).isZero();
    assertThat(said).doesNotContain("Bad option");
  }

  @Test
  void fillOfUnwrittenBlocksPreallocatesAndOverwritesNothing() {
    String job = FioJob.of(cell(Workload.TSO32, "unwritten, dsync"), 7).orElseThrow();

    assertThat(job.lines())
        .contains("fallocate=posix", "sync=dsync", "bs=32768", "numjobs=4", "size=8388608")
        .contains("offset_increment=8388608")
        .doesNotContain("[prepare]");
  }

  @Test
  void overwritesArePreparedByAWholeFillThatIsNotMeasured() {
    String job = FioJob.of(cell(Workload.PAGE_OVERWRITE, "16k-mixed"), 7).orElseThrow();

    assertThat(job.lines())
        .containsSubsequence("[prepare]", "size=" + FILE_BYTES, "[measure]", "stonewall")
        .contains("rw=randrw", "rwmixread=50", "bs=16384", "runtime=2000ms", "randseed=7");
  }

  @Test
  void strategiesShareAJob() {
    CellPlan one = cell(Workload.TSO32, "rewritten, fdatasync");
    CellPlan other =
        new CellPlan(one.workload(), one.variant(), "placeholder", "group", 4, 2, 1, FILE_BYTES, 3);

    assertThat(FioJob.name(one))
        .isEqualTo(FioJob.name(other))
        .isEqualTo("tso32_rewritten-fdatasync_4t.fio");
    assertThat(FioJob.of(one, 7)).isEqualTo(FioJob.of(other, 7));
  }

  @Test
  void interferenceIsTwoJobsAtOnceOnPartsOfTheirOwn() {
    String job = FioJob.of(cell(Workload.INTERFERENCE, "commits beside 1m reads"), 7).orElseThrow();

    assertThat(job.lines())
        .containsSubsequence("[prepare]", "[measure]", "stonewall", "rw=randwrite", "bs=4096")
        .containsSubsequence("sync=dsync", "[beside]", "new_group", "offset=16777216")
        .containsSubsequence("[beside]", "rw=randread", "bs=1048576", "numjobs=2", "size=8388608");
    assertThat(FioJob.of(cell(Workload.INTERFERENCE, "4k reads beside nobody"), 7).orElseThrow())
        .doesNotContain("[beside]");
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void everyWorkloadHasAJobOrAReason(Workload workload) {
    CellPlan cell = cell(workload, workload.variants().getFirst());

    assertThat(FioJob.of(cell, 7).isPresent()).isNotEqualTo(FioJob.refusal(cell).isPresent());
  }

  @Test
  void anOpenLoopHasNoJobWhichWouldBeThatOfTheClosedOne() {
    CellPlan closed = cell(Workload.PAGE_OVERWRITE, "4k-write");
    CellPlan open =
        new CellPlan(
            closed.workload(),
            closed.variant(),
            closed.strategy(),
            closed.policy(),
            closed.threads(),
            closed.seconds(),
            closed.warmupSeconds(),
            closed.fileBytes(),
            closed.rounds(),
            new OfferedLoad(Arrivals.POISSON, 100.0, null));

    assertThat(FioJob.of(open, 7)).isEmpty();
    assertThat(FioJob.refusal(open).orElseThrow()).contains("response time");
  }

  private static CellPlan cell(Workload workload, String variant) {
    return new CellPlan(workload, variant, "i-mutex", "end-io", 4, 2, 1, FILE_BYTES, 3);
  }
}
