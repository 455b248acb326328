package dev.diolab.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.ExitCode;
import dev.diolab.benchmarks.Failure;
import dev.diolab.results.run.VerdictSource;
import dev.diolab.results.verify.Code;
import dev.diolab.results.verify.GuaranteeVerdict;
import dev.diolab.results.verify.Verification;
import dev.diolab.results.verify.VerificationFile;
import dev.diolab.results.verify.VerifiedCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationSearchTest {
  private static final String THIS = "a".repeat(64);
  private static final String OTHER = "b".repeat(64);

  @TempDir private Path runs;

  @Test
  void theNewestOfTheSameCodeSpeaks() throws IOException {
    write("1-verify-quick", THIS, "2026-11-21T10:00:00Z", 1, "1/1");
    write("2-verify-quick", THIS, "2026-11-21T12:00:00Z", 0, "1/1");
    write("3-verify-quick", OTHER, "2026-11-21T13:00:00Z", 1, "1/1");

    VerificationSearch.Found found = VerificationSearch.newest(runs, THIS);

    assertThat(found.verdicts().of("i-mutex", "end-io")).isEqualTo("held (120,000 states)");
    assertThat(found.source())
        .isEqualTo(
            new VerdictSource(
                THIS,
                new VerdictSource.Verified(
                    "quick", Instant.parse("2026-11-21T12:00:00Z"), 120_000, 7, true),
                null));
    assertThat(found.warnings()).isEmpty();
  }

  @Test
  void aBrokenGuaranteeIsNotKeptQuiet() throws IOException {
    write("1-verify-quick", THIS, "2026-11-21T10:00:00Z", 1, "1/1");

    VerificationSearch.Found found = VerificationSearch.newest(runs, THIS);

    assertThat(found.verdicts().of("i-mutex", "end-io")).isEqualTo("BROKEN: G1");
  }

  @Test
  void aVerificationOfOtherCodeDoesNotCountButIsNamed() throws IOException {
    Path other = write("1-verify-quick", OTHER, "2026-11-21T10:00:00Z", 0, "1/1");

    for (VerificationSearch.Found found :
        List.of(
            VerificationSearch.newest(runs, THIS),
            VerificationSearch.named(other, THIS),
            VerificationSearch.named(runs.resolve("1-verify-quick"), THIS))) {
      assertThat(found.verdicts().of("i-mutex", "end-io")).isEqualTo("unchecked");
      assertThat(found.source().verification()).isNull();
      assertThat(found.source().otherCode()).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
    }
  }

  @Test
  void aSingleShardDoesNotCount() throws IOException {
    Path shard = write("1-verify-quick", THIS, "2026-11-21T10:00:00Z", 0, "1/4");

    VerificationSearch.Found found = VerificationSearch.newest(runs, THIS);

    assertThat(found.source().verification()).isNull();
    assertThat(found.warnings())
        .containsExactly(
            shard
                + " is passed over: it holds 1 of 4 shards only: put them together with"
                + " scripts/verify merge");
    assertThatThrownBy(() -> VerificationSearch.named(shard, THIS))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("holds 1 of 4 shards only");
  }

  @Test
  void aDamagedFileIsPassedOverWithAWarning() throws IOException {
    write("1-verify-quick", THIS, "2026-11-21T10:00:00Z", 0, "1/1");
    Path bad = Files.createDirectory(runs.resolve("2-verify-quick")).resolve("verify.json");
    Files.writeString(bad, "{");

    VerificationSearch.Found found = VerificationSearch.newest(runs, THIS);

    assertThat(found.source().verification()).isNotNull();
    assertThat(found.warnings())
        .containsExactly(
            bad + " is truncated: it ends in the middle, in line 1; it is passed over");
  }

  @Test
  void whereNoneIsNothingIsFound() throws IOException {
    Files.createDirectory(runs.resolve("1-verify-quick"));
    Files.createDirectory(runs.resolve("2-quick"));

    assertThat(VerificationSearch.newest(runs, THIS))
        .usingRecursiveComparison()
        .isEqualTo(VerificationSearch.Found.nothing(THIS));
    assertThat(VerificationSearch.newest(runs.resolve("missing"), THIS).source().otherCode())
        .isNull();
  }

  private Path write(String directory, String code, String started, long broken, String shard)
      throws IOException {
    Path file = Files.createDirectory(runs.resolve(directory)).resolve(VerificationFile.NAME);
    VerificationFile.write(
        file,
        new Verification(
            Verification.SCHEMA,
            new Code(code, null, false),
            "quick",
            7,
            List.of(shard),
            started,
            60,
            120_000,
            List.of(
                new VerifiedCell(
                    "i-mutex",
                    "end-io",
                    false,
                    10,
                    120_000,
                    List.of(new GuaranteeVerdict("G1", true, 9, broken, null, null)))),
            null));
    return file;
  }
}
