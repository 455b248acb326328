package dev.diolab.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                      | say what to do: bench, verify",
        "measure                                 | measure",
        "bench                                   | name a profile: smoke, quick, claw-back, ssd",
        "bench --profiles none.jsonc smoke       | none.jsonc cannot be read",
        "bench ssd --workload INTERFERENCE --threads 1 | INTERFERENCE needs at least 2 threads",
        "bench ssd --workload SEG-ROLL --threads 33    | SEG-ROLL takes at most 32 threads",
        "bench quik                              | unknown profile 'quik'; known: smoke, quick, claw-back, ssd",
        "bench smoke --strategy no-lok           | unknown strategy 'no-lok'; known: i-mutex",
        "bench smoke --workload TSO33            | unknown workload 'TSO33'; known: PAGE-OVERWRITE",
        "bench smoke --policy later              | unknown policy 'later'; known: end-io",
        "bench smoke --workload LOCK-COST        | nothing to measure",
        "bench smoke --threads 0                 | --threads 0 is not from 1 to 64",
        "bench smoke --threads 4,65              | --threads 65 is not from 1 to 64",
        "bench smoke --threads many              | 'many' is not an int",
        "bench smoke --seconds 0                 | --seconds 0.0 is not above 0",
        "bench smoke --seconds NaN               | --seconds NaN is not above 0",
        "bench smoke --warmup -1                 | --warmup -1.0 is not above 0",
        "bench smoke --rounds 0                  | --rounds 0 is not from 1 to 1000",
        "bench smoke --rate 0                    | --rate 0.0 is not from 1 to 10000000",
        "bench smoke --rate NaN                  | --rate NaN is not from 1 to 10000000",
        "bench smoke --rate much                 | 'much' is not a double",
        "bench smoke --rate 100 --sweep          | --sweep finds its rates by itself: give no --rate",
        "bench smoke --arrivals poisson          | --arrivals is for --rate and --sweep",
        "bench smoke --rate 9 --arrivals often   | 'often' is neither constant nor poisson",
        "bench ssd --rate 9 --workload SCAN+PUNCH | SCAN+PUNCH cannot be offered a rate; these can: PAGE-OVERWRITE, TSO32",
        "bench claw-back --sweep                 | this profile has no loads to sweep over",
        "bench smoke --seed x                    | 'x' is not a long",
        "bench smoke --size much                 | 'much' is not a size",
        "bench smoke --size 1000000              | not a whole number of MiB",
        "bench smoke --size 1M                   | too small: an image has at least 64 MiB",
        "bench smoke --device ring               | 'ring' is none of file, uring, emulated-hdd",
        "bench smoke --device emulated-nvme --image a.img | takes no --image and no --force",
        "bench smoke --device emulated-nvme --size 4T | more than half of this machine's memory",
        "bench smoke --device emulated-nvme --size 1M | --size 1 MiB is too small",
        "bench smoke --block-size 3000           | --block-size 3000 is not 1024, 2048 or 4096",
        "bench smoke --verification none.json    | none.json does not exist",
        "bench smoke --sise 1G                   | --sise",
        "report                                  | RUN_DIR",
        "verify                                  | say how much to try: verify smoke, quick or full",
        "verify quik                             | unknown profile 'quik'; known: smoke, quick, full",
        "verify smoke --strategy no-lok          | unknown strategy 'no-lok'; known: i-mutex",
        "verify smoke --policy later             | unknown policy 'later'; known: end-io",
        "verify smoke --states 0                 | --states 0 is not at least 1",
        "verify smoke --states many              | 'many' is not a long",
        "verify smoke --seed x                   | 'x' is not a long",
        "verify smoke --shard 0/4 --seed 1       | shard 0/4 is none: a shard is i/n with 1 <= i",
        "verify smoke --shard 5/4 --seed 1       | shard 5/4 is none",
        "verify smoke --shard x --seed 1         | --shard: \"x\" is no shard: a shard is i/n",
        "verify smoke --shard 1/2                | --shard needs --seed: all parts must have the same",
        "verify smoke --plugin none.jar          | plug-in none.jar does not exist",
        "verify --replay none.json               | none.json does not exist",
        "verify merge                            | DIR",
        "verify merge none                       | these cannot be merged: none does not exist",
        "verify kill --times 0                   | --times 0 is not from 1 to 100000",
        "check --imag a.img                      | --imag",
        "check a.img                             | a.img",
        "crosscheck                              | crosscheck fio",
        "crosscheck fio --strategy x             | unknown strategy 'x'",
        "crosscheck fio --threads 100            | --threads 100 is not from 1 to 64",
        "crosscheck fio --engine libaio          | 'libaio' is neither psync nor io_uring",
        "crosscheck fio --depth 4                | --depth is for --engine io_uring",
        "crosscheck fio --engine io_uring --threads 2 | no --threads, no --strategy",
        "crosscheck fio --engine io_uring --depth 0   | --depth 0 is not from 1 to 1024",
        "crosscheck                              | crosscheck recovery",
        "crosscheck recovery --log 100K          | --log 100K is not a whole number of MiB from 1M",
        "crosscheck recovery --log 2G            | --log 2G is not a whole number of MiB from 1M",
        "crosscheck recovery --rounds 0          | --rounds 0 is not from 1 to 1000",
        "crosscheck requests --count 3           | --count 3 is not from",
        "crosscheck requests --depth 0           | --depth 0 is not from 1 to 1024",
        "crosscheck requests --device ring       | 'ring' is n",
        "crosscheck requests --strategy x        | unknown strategy 'x'",
        "crosscheck kernel --threads 1           | give at least 2, which one is compared with",
        "crosscheck kernel --file-size 0         | --file-size 0 is not from 1 to 256",
        "crosscheck kernel --file-system zfs     | unknown file system 'zfs'; known: host, btrfs, ext4",
        "crosscheck kernel --strategy x          | unknown strategy 'x'",
        "crosscheck recovery --seed x            | 'x' is not a long",
        "crosscheck recovery --size 128M         | --size 128 MiB is below 4 times the log of 64 MiB"
      })
  void endsWithOneSentenceAndExitCode2(String arguments, String sentence) {
    int code = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).startsWith("diolab: ").contains(sentence);
    assertThat(err.toString().lines().count()).isLessThanOrEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void refusesADirectoryAsImage() {
    assertRefused(2, "is a directory", "bench", "smoke", "--image", directory.toString());
  }

  @Test
  void refusesAnImageInAMissingDirectory() {
    assertRefused(
        3, "there is no directory", "bench", "smoke", "--image", directory + "/missing/a.img");
  }

  @Test
  void refusesAForeignFileAsImage() throws IOException {
    Path file = Files.writeString(directory.resolve("letter.txt"), "dear reader");

    assertRefused(
        3,
        "is not an image of diolab; it was not touched",
        "bench",
        "smoke",
        "--image",
        file.toString());

    assertThat(file).hasContent("dear reader");
  }

  @Test
  void refusesToAddToAnotherRun() throws IOException {
    Path run = Files.createDirectory(directory.resolve("run"));

    assertRefused(
        2,
        "exists already",
        "bench",
        "smoke",
        "--image",
        directory + "/a.img",
        "--size",
        "64M",
        "--out",
        run.toString());
  }

  @Test
  void refusesToReportWhatIsNoRun() throws IOException {
    assertRefused(2, "does not exist", "report", directory + "/missing");
    Path partial = Files.createDirectory(directory.resolve("run.partial"));
    assertRefused(2, "did not finish", "report", partial.toString());
  }

  @Test
  void refusesToCompareWhatIsNoTwoRuns() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    String missing = directory + "/missing";

    assertRefused(2, "RUN", "compare");
    assertRefused(2, "needs at least two run directories", "compare", missing);
    assertRefused(2, missing + " is named twice", "compare", missing, missing);
    assertRefused(2, "has no run.json", "compare", empty.toString(), missing);
  }

  @Test
  void refusesToExamineAMissingDirectory() {
    assertRefused(3, "there is no directory", "doctor", "--image", directory + "/missing/a.img");
  }

  @Test
  void doesNotCallAPlaceMeasurableWhereNoImageCanBe() {
    assertThat(run("doctor", "--image", "/proc")).isEqualTo(3);
    assertThat(out.toString()).contains("problem").contains("cannot be measured");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bench",
        "report",
        "compare",
        "doctor",
        "check",
        "crosscheck",
        "crosscheck fio",
        "crosscheck recovery",
        "verify",
        "verify merge",
        "verify kill"
      })
  void explainsEveryVerb(String verb) {
    assertThat(run((verb + " --help").strip().split(" "))).isZero();

    assertThat(out.toString())
        .contains("Usage: diolab " + verb)
        .contains("--help")
        .contains("0     done", "1     done, and something is wrong", "130   interrupted");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void namesEveryVerbWhereNoneIsGivenAndInTheHelp() {
    run();
    run("--help");

    for (String verb :
        List.of("bench", "verify", "report", "compare", "doctor", "check", "crosscheck")) {
      assertThat(err.toString()).contains(verb);
      assertThat(out.toString()).contains("\n  " + verb + " ");
    }
  }

  @Test
  void explainsOpenLoopsInTheHelpOfBench() {
    run("bench", "--help");

    assertThat(out.toString()).contains("--rate", "--sweep", "--arrivals", "poisson");
  }

  @Test
  void namesAllProfilesWorkloadsStrategiesAndPoliciesInTheHelpOfBench() {
    run("bench", "--help");

    assertThat(out.toString())
        .contains(
            List.of(
                "smoke",
                "quick",
                "ssd",
                "full",
                "TSO32",
                "LOCK-COST",
                "placeholder",
                "no-lock",
                "sync-commit"));
  }

  private void assertRefused(int expected, String sentence, String... arguments) {
    err.getBuffer().setLength(0);
    assertThat(run(arguments)).isEqualTo(expected);
    assertThat(err.toString())
        .startsWith("diolab: ")
        .contains(sentence)
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
    assertThat(out.toString()).doesNotContain("run.json");
  }

  private int run(String... arguments) {
    return Diolab.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
