package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.verify.kill.Kill;
import dev.diolab.benchmarks.verify.kill.KillAttack;
import dev.diolab.benchmarks.verify.kill.KillRequest;
import dev.diolab.benchmarks.verify.kill.KillTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verify kill}: kills a running bench and looks at what it leaves. */
@Command(
    name = "kill",
    description = {
      "Kills a running bench with SIGKILL at random moments; each time mounts the image, runs fsck"
          + " before and after, and checks every unit of every file. Takes some seconds for each"
          + " kill. Exits with 0 when every image was clean, with 1 when one was not; that image is"
          + " kept as it was left."
    })
final class VerifyKillCommand implements Callable<Integer> {
  private static final int MOST = 100_000;

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many kills. Default: ${DEFAULT-VALUE}.")
  private int times;

  @Option(
      names = "--image",
      paramLabel = "PATH",
      description =
          "Where the image of 128 MiB is made and removed again, on the disk in question; nothing may"
              + " be there. Default: results/runs/kill.img of the source tree.")
  private @Nullable Path image;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of what is killed when. Default: a new one, which is printed.")
  private @Nullable Long seed;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (times < 1 || times > MOST) {
      throw Failure.usage("--times " + times + " is not from 1 to " + MOST);
    }
    long chosen = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000_000) : seed;
    KillRequest request = new KillRequest(bench(), place(), times, chosen);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%d kills, seed %d%n%s%n", times, chosen, KillTable.head());
    List<Kill> kills = KillAttack.run(request, kill -> out.println(KillTable.line(kill)));
    out.print(KillTable.summary(kills));
    out.flush();
    for (Kill kill : kills) {
      if (!kill.isClean()) {
        out.println("kept: " + request.evidence(kill.number()));
      }
    }
    return (kills.stream().allMatch(Kill::isClean) ? ExitCode.OK : ExitCode.FINDINGS).code();
  }

  private Path place() {
    Path path = (image == null ? Home.runs().resolve("kill.img") : image).toAbsolutePath();
    Path directory = path.getParent();
    if (directory == null || Files.isDirectory(path)) {
      throw Failure.usage(path + " is a directory: give the path of a file in it");
    }
    if (image != null && !Files.isDirectory(directory)) {
      throw Failure.environment(
          "there is no directory " + directory + " for the image: make it, or correct --image");
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw Failure.environment(
          "cannot make " + directory + " (" + Failure.messageOf(e) + "): choose an --image", e);
    }
    return path;
  }

  /** This diolab, with the same JVM. */
  private static List<String> bench() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Ddiolab.home=" + Home.root(),
        "-cp",
        System.getProperty("java.class.path"),
        Diolab.class.getName(),
        "bench");
  }
}
