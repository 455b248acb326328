package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.environment.Machine;
import dev.diolab.benchmarks.image.ImageRequest;
import dev.diolab.benchmarks.image.RunLock;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Pace;
import dev.diolab.benchmarks.plan.Plan;
import dev.diolab.benchmarks.plan.Turn;
import dev.diolab.benchmarks.progress.Progress;
import dev.diolab.benchmarks.run.BenchRun;
import dev.diolab.benchmarks.run.Interruption;
import dev.diolab.benchmarks.run.ResultDirectory;
import dev.diolab.benchmarks.run.RunRequest;
import dev.diolab.engine.device.DiskModel;
import dev.diolab.results.ReportWriter;
import dev.diolab.results.report.ClawBackLines;
import dev.diolab.results.report.SweepLines;
import dev.diolab.results.report.TerminalTable;
import dev.diolab.results.run.RunDirectory;
import dev.diolab.results.run.RunFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** One {@code bench} from the image to the report, as the user sees it. */
final class BenchSession {
  private final RunRequest request;
  private final PrintWriter out;
  private final int width;

  /** Prints results to {@code out} in {@code width} columns, progress to standard error. */
  BenchSession(RunRequest request, PrintWriter out, int width) {
    this.request = request;
    this.out = out;
    this.width = width;
  }

  /**
   * Measures and reports.
   *
   * @return the run directory
   * @throws Failure when it cannot be done
   */
  Path run() {
    try (Interruption interruption = Interruption.install()) {
      try {
        return run(interruption);
      } catch (RuntimeException e) {
        interruption.stopIfInterrupted();
        throw e;
      }
    }
  }

  private Path run(Interruption interruption) {
    ImageRequest image = request.image();
    if (request.diskBytes() > 0) {
      return measure(emulatedPlan(), request.diskBytes(), interruption);
    }
    if (image == null) {
      return measure(request.plan(), 0, interruption);
    }
    try (RunLock lock = RunLock.acquire(image.path())) {
      long bytes = ImagePreparation.run(lock, image, interruption);
      Plan plan = request.plan().withFilesUpTo(VolumeShape.largestFileBytes(bytes));
      return measure(plan, bytes, interruption);
    } catch (IOException e) {
      throw Failure.run("the lock of the image cannot be released: " + Failure.messageOf(e), e);
    }
  }

  /** The plan as it fits on the emulated disk and, with a hard disk, into minutes. */
  private Plan emulatedPlan() {
    Plan plan = request.plan().withFilesUpTo(VolumeShape.largestFileBytes(request.diskBytes()));
    DiskModel model = request.device().model();
    if (model == null || model.arm() == null) {
      return plan;
    }
    System.err.printf(
        "an emulated hard disk is as slow as a real one: TSO32 fills one chunk in each cell,"
            + " LSM-FLUSH+WAL has room for one, and the logs of WAL-COMMIT and SEG-ROLL have at most"
            + " %s%n",
        Sizes.format(Plan.HARD_DISK_LOG_BYTES));
    return plan.forHardDisk();
  }

  private Path measure(Plan plan, long imageBytes, Interruption interruption) {
    ResultDirectory directory = ResultDirectory.create(request.out());
    interruption.keeps(directory.partial());
    Pace pace = new Pace(request.device().model(), request.diskBytes());
    double expected =
        plan.turns().stream().map(Turn::cell).mapToDouble(pace::expectedSeconds).sum();
    warnWhenBusy();
    System.err.printf(
        "%d cells in %d forks, seed %d%s%n",
        plan.cells().size(),
        plan.turns().size(),
        request.seed(),
        request.diskBytes() > 0 ? ", on an EMULATED disk: " + request.device().label() : "");
    try {
      RunFile run;
      try (Progress progress = Progress.begin(expected)) {
        run = BenchRun.measure(request, plan, imageBytes, directory.partial(), progress);
      }
      ReportWriter.Written written =
          ReportWriter.write(RunDirectory.readUnfinished(directory.partial()));
      if (!written.contradictions().isEmpty()) {
        throw new AssertionError(
            "run.json contradicts its histograms: " + written.contradictions());
      }
      directory.finish();
      out.print(TerminalTable.render(run, width));
      written.clawBacks().forEach(one -> out.print(ClawBackLines.render(one, width)));
      written.sweeps().forEach(one -> out.print(SweepLines.render(one, width)));
      LockCost.line(run).ifPresent(out::println);
      out.println("report: " + directory.complete().resolve(ReportWriter.HTML));
      return directory.complete();
    } catch (IOException e) {
      throw Failure.run(
          "the run directory "
              + directory.partial()
              + " cannot be finished: "
              + Failure.messageOf(e),
          e);
    } catch (Failure e) {
      interruption.stopIfInterrupted();
      System.err.println("what was measured so far is kept, incomplete, in " + directory.partial());
      throw e;
    }
  }

  private static void warnWhenBusy() {
    try {
      Machine machine = Machine.probe();
      if (machine.isBusy()) {
        System.err.printf(
            Locale.ROOT,
            "warning: load %.1f on %d CPUs: others are at work, and will be measured too%n",
            machine.load(),
            machine.cpus());
      }
    } catch (IOException e) {
      throw Failure.environment(
          "the load of this machine cannot be seen: " + Failure.messageOf(e), e);
    }
  }
}
