package dev.diolab.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.plugin.PluginJar;
import dev.diolab.results.verify.Code;
import dev.diolab.results.verify.GuaranteeVerdict;
import dev.diolab.results.verify.Verification;
import dev.diolab.results.verify.VerificationFile;
import dev.diolab.results.verify.VerifiedCell;
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

/** Files that {@code verify} reads; of those that it cannot use one sentence and exit code 2. */
class VerifyFilesTest {
  private static final String CASE =
      """
      {
        "schema" : 1, "strategy" : "i-mutex", "policy" : "end-io", "claim" : "G1",
        "message" : "poison",
        "script" : {
          "blockSize" : 4096, "freeBlocks" : 0, "setup" : [ ],
          "threads" : [ [ { "kind" : "WRITE", "file" : 0, "offset" : 0, "bytes" : 4096 } ] ]
        },
        "events" : [ {
          "id" : 1, "thread" : 0, "begin" : 1, "end" : 2,
          "op" : { "kind" : "WRITE", "file" : 0, "offset" : 0, "bytes" : 4096 }
        } ],
        "setupEnd" : 0,
        "crash" : {
          "tick" : 2, "reached" : [ ], "lost" : [ ], "inRecovery" : false, "image" : "eJwDAAAAAAE="
        }
      }
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schema\" : 1          | \"schema\" : 2         | schema is 2, but this diolab replays 1",
        "\"claim\" : \"G1\"      | \"claim\" : \"G9\"     | claim is \"G9\", which nothing promises",
        "\"events\"              | \"happened\"           | lacks the mandatory field events",
        "\"tick\" : 2,           | ''                     | lacks the mandatory field crash.tick",
        "\"begin\" : 1           | \"begin\" : \"soon\"   | events[0].begin is \"soon\"",
        "\"id\" : 1              | \"id\" : -1            | id is -1",
        "\"file\" : 0            | \"file\" : 2           | file is 2",
        "\"bytes\" : 4096        | \"bytes\" : 999999999  | is outside of a file",
        "\"kind\" : \"WRITE\"    | \"kind\" : \"ERASE\"   | \"ERASE\"",
        "\"kind\" : \"WRITE\",   | ''                     | lacks the mandatory field events[0].op.kind",
        "\"blockSize\" : 4096    | \"blockSize\" : 3000   | blockSize is 3000",
        "eJwDAAAAAAE=            | eJwDAA               | the image of the case is damaged",
        "eJwDAAAAAAE=            | no base 64           | the image of the case is damaged",
        "\"i-mutex\"             | \"i-mutes\"            | unknown strategy 'i-mutes'"
      })
  void aCaseWithAnImpossibleValueIsRefusedByName(String good, String bad, String sentence)
      throws IOException {
    assertThat(CASE).contains(good);
    Path file = Files.writeString(directory.resolve("case.json"), CASE.replace(good, bad));

    assertRefused(sentence, "verify", "--replay", file.toString());
  }

  @Test
  void aCaseWhoseImageCannotBeRecoveredIsJudgedAndNoBug() throws IOException {
    Path file = Files.writeString(directory.resolve("case.json"), CASE);

    assertThat(run("verify", "--replay", file.toString())).isZero();

    assertThat(out.toString()).contains("now image: recovery fails: ", "held now: G1");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aCaseWithoutACrashIsRunAgain() throws IOException {
    String live = CASE.substring(0, CASE.indexOf(",\n  \"crash\"")) + "}";
    Path file = Files.writeString(directory.resolve("case.json"), live);

    assertThat(run("verify", "--replay", file.toString())).isZero();

    assertThat(out.toString())
        .contains("  thread 0  #1 write file 0 0..4096\n", "no crash: it went wrong while it ran")
        .endsWith("held now: G1\n");
  }

  @Test
  void whatIsNoCaseIsNotReplayed() throws IOException {
    Path truncated =
        Files.writeString(directory.resolve("t.json"), CASE.substring(0, CASE.length() / 2));
    Path foreign = Files.writeString(directory.resolve("f.json"), "{\"name\": \"value\"}");
    Path text = Files.writeString(directory.resolve("letter.txt"), "dear reader");

    assertRefused("is truncated", "verify", "--replay", truncated.toString());
    assertRefused("lacks the mandatory field schema", "verify", "--replay", foreign.toString());
    assertRefused("is no valid JSON, in line 1", "verify", "--replay", text.toString());
    assertRefused("cannot read", "verify", "--replay", directory.toString());
  }

  @Test
  void whatIsNoPluginIsNotLoaded() throws IOException {
    Path text = Files.writeString(directory.resolve("text.jar"), "text");
    Path empty = PluginJar.in(directory.resolve("empty")).build();

    assertRefused("is no jar", "verify", "smoke", "--plugin", text.toString());
    assertRefused("offers nothing", "verify", "smoke", "--plugin", empty.toString());
  }

  @Test
  void anotherRunIsNotOverwritten() throws IOException {
    Path run = Files.createDirectory(directory.resolve("run"));
    Path part = shard("part", "1/1", 7);

    assertRefused("exists already", "verify", "smoke", "--out", run.toString());
    assertRefused("exists already", "verify", "merge", part.toString(), "--out", run.toString());

    assertThat(run).isEmptyDirectory();
  }

  @Test
  void whatDoesNotBelongTogetherIsNotMerged() throws IOException {
    Path one = shard("one", "1/3", 7);
    Path two = shard("two", "2/3", 7);
    Path other = shard("other", "3/3", 8);
    Path foreign = Files.createDirectory(directory.resolve("foreign"));
    Files.writeString(foreign.resolve("verify.json"), "{\"schema\" : 1}");
    Path empty = Files.createDirectory(directory.resolve("empty"));

    assertNotMerged("missing: 3/3", one, two);
    assertNotMerged("more than once: 1/3", one, two, one);
    assertNotMerged("the seed of shard 3/3 is 8, but that of shard 1/3 is 7", one, two, other);
    assertNotMerged("lacks the mandatory field", one, two, foreign);
    assertNotMerged("does not exist", one, two, empty);
  }

  private void assertNotMerged(String sentence, Path... parts) {
    Path merged = directory.resolve("merged");
    String[] arguments = new String[parts.length + 4];
    arguments[0] = "verify";
    arguments[1] = "merge";
    arguments[2] = "--out";
    arguments[3] = merged.toString();
    for (int i = 0; i < parts.length; i++) {
      arguments[i + 4] = parts[i].toString();
    }
    assertRefused(sentence, arguments);
    assertThat(err.toString()).startsWith("diolab: these cannot be merged: ");
    assertThat(merged).doesNotExist();
  }

  private Path shard(String name, String shard, long seed) throws IOException {
    Path run = Files.createDirectory(directory.resolve(name));
    GuaranteeVerdict held = new GuaranteeVerdict("G1", true, 5, 0, null, null);
    VerificationFile.write(
        run.resolve(VerificationFile.NAME),
        new Verification(
            Verification.SCHEMA,
            new Code("0123456789abcdef".repeat(4), null, false),
            "smoke",
            seed,
            List.of(shard),
            "2026-11-21T10:00:00Z",
            1,
            10,
            List.of(new VerifiedCell("i-mutex", "end-io", false, 1, 10, List.of(held))),
            null));
    return run;
  }

  private void assertRefused(String sentence, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("diolab: ")
        .contains(sentence)
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
    assertThat(err.toString().lines().count()).isLessThanOrEqualTo(2);
  }

  private int run(String... arguments) {
    return Diolab.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
