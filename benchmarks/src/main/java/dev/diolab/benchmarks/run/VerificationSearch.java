package dev.diolab.benchmarks.run;

import dev.diolab.benchmarks.Failure;
import dev.diolab.results.run.RunFormatException;
import dev.diolab.results.run.VerdictSource;
import dev.diolab.results.verify.Verdicts;
import dev.diolab.results.verify.Verification;
import dev.diolab.results.verify.VerificationFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the verification that speaks for the running code. One of other code says nothing about it
 * and does not count; nor do single shards, because another shard may hold what broke.
 */
public final class VerificationSearch {
  /** What the directories of verifications are called. */
  private static final String DIRECTORIES = "*-verify-*";

  private final String code;
  private final List<Verification> verifications = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private VerificationSearch(String code) {
    this.code = code;
  }

  /**
   * What was found.
   *
   * @param source where the verdicts come from, for {@code run.json}
   * @param verdicts the verdicts on the running code
   * @param warnings what was passed over and why, one sentence each
   */
  public record Found(VerdictSource source, Verdicts verdicts, List<String> warnings) {
    /** Nothing, for the code with digest {@code code}. */
    public static Found nothing(String code) {
      return new VerificationSearch(code).found();
    }
  }

  /**
   * The newest verification of the running code in the directories called {@code *-verify-*}.
   *
   * @param runs where these directories lie; it need not exist
   * @param code digest of the running code
   * @throws Failure when {@code runs} cannot be read
   */
  public static Found newest(Path runs, String code) {
    VerificationSearch search = new VerificationSearch(code);
    if (Files.isDirectory(runs)) {
      try (DirectoryStream<Path> directories = Files.newDirectoryStream(runs, DIRECTORIES)) {
        for (Path directory : directories) {
          search.look(directory.resolve(VerificationFile.NAME));
        }
      } catch (IOException e) {
        throw Failure.environment(
            "cannot look for verifications in " + runs + ": " + Failure.messageOf(e), e);
      }
    }
    return search.found();
  }

  /**
   * The verification in {@code file}.
   *
   * @param file a {@code verify.json}, or its directory
   * @param code digest of the running code
   * @throws Failure when it is none, or a shard only
   */
  public static Found named(Path file, String code) {
    Path json = Files.isDirectory(file) ? file.resolve(VerificationFile.NAME) : file;
    VerificationSearch search = new VerificationSearch(code);
    try {
      Verification verification = VerificationFile.read(json);
      if (!verification.isComplete()) {
        throw Failure.usage(json + " " + incomplete(verification));
      }
      search.verifications.add(verification);
    } catch (IOException e) {
      throw Failure.usage(Failure.messageOf(e));
    }
    return search.found();
  }

  private void look(Path json) throws IOException {
    if (!Files.exists(json)) {
      return; // a verification that is under way, or was interrupted
    }
    try {
      Verification verification = VerificationFile.read(json);
      if (verification.isComplete()) {
        verifications.add(verification);
      } else {
        warnings.add(json + " is passed over: it " + incomplete(verification));
      }
    } catch (RunFormatException e) {
      warnings.add(Failure.messageOf(e) + "; it is passed over");
    }
  }

  private static String incomplete(Verification verification) {
    return "holds %d of %d shards only: put them together with scripts/verify merge"
        .formatted(verification.shards().size(), verification.parts().getFirst().count());
  }

  private Found found() {
    Optional<Verification> same = newest(true);
    Instant other = same.isPresent() ? null : newest(false).map(Verification::start).orElse(null);
    VerdictSource source =
        new VerdictSource(code, same.map(VerificationSearch::shorten).orElse(null), other);
    return new Found(
        source, same.map(Verdicts::of).orElseGet(Verdicts::none), List.copyOf(warnings));
  }

  private Optional<Verification> newest(boolean sameCode) {
    return verifications.stream()
        .filter(verification -> verification.code().digest().equals(code) == sameCode)
        .max(Comparator.comparing(Verification::start));
  }

  private static VerdictSource.Verified shorten(Verification verification) {
    return new VerdictSource.Verified(
        verification.profile(),
        verification.start(),
        verification.states(),
        verification.seed(),
        verification.isClean());
  }
}
