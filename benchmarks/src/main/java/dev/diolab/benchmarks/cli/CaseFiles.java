package dev.diolab.benchmarks.cli;

import dev.diolab.results.verify.GuaranteeVerdict;
import dev.diolab.results.verify.Verification;
import dev.diolab.results.verify.VerifiedCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Brings the saved cases of shards to the directory of the whole, where its {@code verify.json}
 * names them.
 */
final class CaseFiles {
  private static final String CASES = "cases";

  /** The shards by the directories that they lie in. */
  private final Map<Path, Verification> shards = new LinkedHashMap<>();

  /** Adds the shard that lies in {@code file}. */
  void add(Path file, Verification shard) {
    shards.put(file.toAbsolutePath().normalize().getParent(), shard);
  }

  /**
   * Copies every case that {@code whole} names to {@code directory}. A case that no shard has
   * beside it any more, as when only its {@code verify.json} was brought here, stays away.
   */
  void copy(Verification whole, Path directory) throws IOException {
    for (VerifiedCell cell : whole.cells()) {
      for (GuaranteeVerdict verdict : cell.guarantees()) {
        String name = verdict.caseFile();
        if (name != null) {
          copy(cell, verdict, name, directory);
        }
      }
    }
  }

  private void copy(VerifiedCell cell, GuaranteeVerdict verdict, String name, Path directory)
      throws IOException {
    Path to = directory.resolve(name).normalize();
    if (!to.startsWith(directory.resolve(CASES))) {
      return; // not written by verify
    }
    for (Map.Entry<Path, Verification> shard : shards.entrySet()) {
      Path from = shard.getKey().resolve(name);
      if (isOf(shard.getValue(), cell, verdict) && Files.isRegularFile(from)) {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
        return;
      }
    }
  }

  /** Whether the whole has message and case of {@code verdict} from {@code shard}. */
  private static boolean isOf(Verification shard, VerifiedCell cell, GuaranteeVerdict verdict) {
    return shard
        .cell(cell.strategy(), cell.policy())
        .flatMap(its -> its.guarantee(verdict.guarantee()))
        .filter(its -> Objects.equals(its.caseFile(), verdict.caseFile()))
        .filter(its -> Objects.equals(its.firstMessage(), verdict.firstMessage()))
        .isPresent();
  }
}
