package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.doctor.Doctor;
import dev.diolab.benchmarks.doctor.Finding;
import dev.diolab.benchmarks.image.Sizes;
import dev.diolab.benchmarks.plan.Profiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: whether this disk can be measured. */
@Command(
    name = "doctor",
    description = {
      "Says whether the disk below a path can be measured, and what to do where it cannot: file"
          + " system, O_DIRECT, alignment, write cache, scheduler, free space, and whether"
          + " parallel direct writes scale at all. Writes a file of 64 MiB for some seconds.",
      "Exits with 0 when measuring is possible, with 3 when it is not."
    })
final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--image",
      paramLabel = "PATH",
      description =
          "Directory, or path of an image in it. Default: results/runs of the source tree.")
  private @Nullable Path image;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Path directory = directory();
    PrintWriter out = spec.commandLine().getOut();
    out.println("examining " + directory + " ...");
    List<Finding> findings = Doctor.examine(directory, imageBytes("smoke"), imageBytes("ssd"));
    for (Finding finding : findings) {
      out.println(finding.toText());
    }
    if (!Doctor.isMeasurable(findings)) {
      out.println("This disk cannot be measured as it is.");
      return ExitCode.ENVIRONMENT.code();
    }
    out.println("This disk can be measured.");
    return ExitCode.OK.code();
  }

  private static long imageBytes(String profile) {
    return Profiles.builtIn().byName(profile).imageMiB() * Sizes.MIB;
  }

  private Path directory() {
    if (image == null) {
      return made(Home.runs());
    }
    Path absolute = image.toAbsolutePath().normalize();
    Path directory = Files.isDirectory(absolute) ? absolute : absolute.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw Failure.environment(
          "there is no directory " + directory + ": make it, or correct --image");
    }
    if (Files.exists(absolute) && !Files.isDirectory(absolute) && !Files.isRegularFile(absolute)) {
      throw Failure.usage(
          absolute
              + " is a device, and examining it would overwrite it: name a directory of a file"
              + " system on that disk");
    }
    return directory;
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw Failure.environment(
          "cannot make " + directory + " (" + Failure.messageOf(e) + "): give --image a path", e);
    }
  }
}
