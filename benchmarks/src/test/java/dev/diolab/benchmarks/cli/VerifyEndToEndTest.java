package dev.diolab.benchmarks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.plugin.PluginJar;
import dev.diolab.results.verify.Corruption;
import dev.diolab.results.verify.GuaranteeVerdict;
import dev.diolab.results.verify.Verification;
import dev.diolab.results.verify.VerificationFile;
import dev.diolab.results.verify.VerifiedCell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole verifications, each of few states. */
class VerifyEndToEndTest {
  private static final String SMOKE = "verify smoke --states 400 --strategy i-mutex ";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void aStrategyThatKeepsItsPromisesEndsWithExitCode0AndAMatrix() throws IOException {
    Path run = directory.resolve("run");

    int code = run(SMOKE + "--policy end-io --seed 7 --out " + run);

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("i-mutex\n", "  end-io ", "held ", "image", "G1", "G8", " a second; ", "seed 7")
        .contains("2,000 images with damaged metadata")
        .contains("Verdict: every declared guarantee that was attacked held");
    assertThat(lastLine()).isEqualTo(run.toString());
    Verification verification = VerificationFile.read(run.resolve(VerificationFile.NAME));
    assertThat(verification.profile()).isEqualTo("smoke");
    assertThat(verification.seed()).isEqualTo(7);
    assertThat(verification.isComplete()).isTrue();
    assertThat(verification.isClean()).isTrue();
    assertThat(verification.states()).isGreaterThanOrEqualTo(400);
    assertThat(verification.cells()).singleElement().satisfies(cell -> wasAttacked(cell));
    assertThat(directory).isDirectoryNotContaining("glob:**.partial");
  }

  private static void wasAttacked(VerifiedCell cell) {
    assertThat(cell.name()).isEqualTo("i-mutex/end-io");
    assertThat(cell.guarantees())
        .extracting(GuaranteeVerdict::guarantee)
        .containsExactlyElementsOf(GuaranteeVerdict.NAMES);
    for (String name : List.of("image", "G1", "G2", "G3", "G6", "G8")) {
      assertThat(cell.guarantee(name).orElseThrow().attacks()).as(name).isPositive();
    }
  }

  @Test
  void theShardsOfAVerificationMergeToTheVerdictsOfTheWhole() throws IOException {
    String verify = SMOKE + "--seed 5 --out ";
    Path whole = directory.resolve("whole");
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    Path merged = directory.resolve("merged");

    assertThat(run(verify + whole)).isZero();
    assertThat(run(verify + first + " --shard 1/2")).isZero();
    assertThat(run(verify + second + " --shard 2/2")).isZero();
    assertThat(run("verify merge --out " + merged + " " + second + "/verify.json " + first))
        .isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("shards 2 of 2");
    assertThat(lastLine()).isEqualTo(merged.toString());
    Verification sum = read(merged);
    assertThat(sum.shards()).containsExactly("1/2", "2/2");
    assertThat(sum.isComplete()).isTrue();
    assertThat(sum.states()).isEqualTo(read(first).states() + read(second).states());
    assertThat(sum.corruption()).extracting(Corruption::tried).isEqualTo(2000L);
    assertThat(verdicts(sum)).isEqualTo(verdicts(read(whole)));
  }

  /** Whether each guarantee that was declared is unbroken. */
  private static Map<String, Boolean> verdicts(Verification verification) {
    Map<String, Boolean> verdicts = new TreeMap<>();
    for (VerifiedCell cell : verification.cells()) {
      cell.guarantees().stream()
          .filter(GuaranteeVerdict::declared)
          .forEach(
              verdict ->
                  verdicts.put(cell.name() + " " + verdict.guarantee(), verdict.broken() == 0));
    }
    return verdicts;
  }

  @Test
  void aBrokenPromiseOfAPluginIsNamedSavedMergedAndReplayed() throws IOException {
    Path jar = forgetful();
    String verify =
        "verify smoke --states 2000 --strategy i-mutex --policy acme-forgetful --seed 3 --plugin "
            + jar;
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    Path merged = directory.resolve("merged");
    String name = "cases/i-mutex-acme-forgetful-G2.json";

    assertThat(run(verify + " --shard 2/2 --out " + second)).isEqualTo(1);

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("BROKEN: G2 of i-mutex/acme-forgetful: file ", "  case: " + name)
        .contains("Verdict: BROKEN");
    GuaranteeVerdict fell = read(second).cells().getFirst().guarantee("G2").orElseThrow();
    assertThat(fell.declared()).isTrue();
    assertThat(fell.broken()).isPositive();
    assertThat(fell.caseFile()).isEqualTo(name);

    assertThat(run("verify --plugin " + jar + " --replay " + second.resolve(name))).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("G2 of i-mutex/acme-forgetful: file ")
        .contains("dsync-write", "crash at tick ", "now G2: file ");
    assertThat(lastLine()).isEqualTo("BROKEN still: G2");

    assertThat(run("verify --replay " + second.resolve(name))).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("diolab: the case needs what is not here: unknown policy 'acme-forgetful'")
        .contains("give the --plugin that it came from");

    run(verify + " --shard 1/2 --out " + first);
    assertThat(run("verify merge --out " + merged + " " + second + " " + first)).isEqualTo(1);
    assertThat(out.toString()).contains("  case: " + name);
    assertThat(run("verify --plugin " + jar + " --replay " + merged.resolve(name))).isEqualTo(1);
  }

  @Test
  void anInterruptionEndsItWithExitCode130AndLeavesNothing() throws Exception {
    Path run = directory.resolve("run");
    Process verify =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Ddiolab.home=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Diolab.class.getName(),
                "verify",
                "full",
                "--states",
                "1000000000",
                "--out",
                run.toString())
            .start();
    try (BufferedReader messages = verify.errorReader(UTF_8)) {
      String line = messages.readLine();
      while (line != null && !line.contains("crash states")) {
        line = messages.readLine();
      }
      assertThat(line).isNotNull();
      assertThat(directory.resolve("run.partial")).isDirectory();

      new ProcessBuilder("kill", "-INT", Long.toString(verify.pid())).start().waitFor();

      assertThat(verify.waitFor()).isEqualTo(130);
      assertThat(messages.lines()).contains("interrupted; nothing was measured");
    } finally {
      verify.destroyForcibly();
    }
    assertThat(directory).isEmptyDirectory();
  }

  /** A policy that converts nothing and promises G2. */
  private Path forgetful() throws IOException {
    return PluginJar.in(directory.resolve("plugin"))
        .policySource(
            "Forgetful",
            """
            package acme;
            import dev.diolab.engine.locking.*;
            import java.util.Set;
            public class Forgetful implements ConversionPolicy {
              public String name() { return "acme-forgetful"; }
              public String origin() { return "Acme, 2026"; }
              public String summary() { return "converts nothing"; }
              public Set<Guarantee> guarantees() { return Set.of(Guarantee.G2); }
              public void endIo(UnwrittenWrite write) {}
            }
            """)
        .build();
  }

  private static Verification read(Path run) throws IOException {
    return VerificationFile.read(run.resolve(VerificationFile.NAME));
  }

  private String lastLine() {
    return out.toString().strip().lines().toList().getLast();
  }

  private int run(String arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Diolab.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.split(" "));
  }
}
