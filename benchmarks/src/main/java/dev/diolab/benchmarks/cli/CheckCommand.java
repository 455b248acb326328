package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.image.RunLock;
import dev.diolab.benchmarks.progress.Progress;
import dev.diolab.benchmarks.run.Interruption;
import dev.diolab.engine.check.CheckFinding;
import dev.diolab.engine.check.CheckReport;
import dev.diolab.engine.check.Checker;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.device.UnusableDeviceException;
import dev.diolab.engine.file.VolumeFormatter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: fsck of an image. */
@Command(
    name = "check",
    description = {
      "Checks the volume in an image: superblock, journal, inodes, extent trees, bitmaps and orphan"
          + " list, as the next mount would see them after recovery. Writes nothing into the image.",
      "Prints each finding with its place and meaning. There is no repair: bench makes a new volume"
          + " at the beginning of each run."
    })
final class CheckCommand implements Callable<Integer> {
  /** Guesses for the time left: the journal and the metadata of an image. */
  private static final double LEAST_SECONDS = 0.5;

  private static final double BYTES_PER_SECOND = 100e9;

  @Option(
      names = "--image",
      paramLabel = "PATH",
      description =
          "File or block device to check. Default: results/runs/diolab.img of the source tree.")
  private @Nullable Path image;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Path path = image == null ? Home.image() : image;
    requireImage(path);
    try (Interruption interruption = Interruption.install();
        RunLock lock = RunLock.acquire(path)) {
      interruption.removes(lock.file());
      CheckReport report = check(path);
      print(path, report);
      return (report.isClean() ? ExitCode.OK : ExitCode.FINDINGS).code();
    } catch (UnusableDeviceException e) {
      throw Failure.environment(Failure.messageOf(e), e);
    } catch (IOException e) {
      throw Failure.environment("cannot check " + path + ": " + Failure.messageOf(e), e);
    }
  }

  private static void requireImage(Path path) {
    if (Files.isDirectory(path)) {
      throw Failure.usage(
          path + " is a directory: name an image, such as " + path.resolve("diolab.img"));
    }
    if (!Files.exists(path)) {
      throw Failure.environment(
          "there is no image " + path + ": correct --image, or let scripts/bench make one");
    }
  }

  private static CheckReport check(Path path) throws IOException {
    try (FileDevice device = FileDevice.openReadOnly(path)) {
      if (!VolumeFormatter.isOurs(device)) {
        throw Failure.environment(path + " is not an image of diolab: correct --image");
      }
      return check(device);
    }
  }

  private static CheckReport check(BlockDevice device) {
    double expected = LEAST_SECONDS + device.sizeBytes() / BYTES_PER_SECOND;
    try (Progress progress = Progress.begin(expected)) {
      return Checker.check(
          device, (done, total) -> progress.advance("checking", expected * done / total));
    }
  }

  private void print(Path path, CheckReport report) {
    PrintWriter out = spec.commandLine().getOut();
    for (CheckFinding finding : report.findings()) {
      out.println(finding);
    }
    long more = report.findingCount() - report.findings().size();
    if (more > 0) {
      out.println("... and " + more + " more");
    }
    out.println(path + ": " + report.summary());
  }
}
