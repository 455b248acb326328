package dev.diolab.benchmarks.verify.crash;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.benchmarks.verify.history.FileOracle;
import dev.diolab.benchmarks.verify.history.Violation;
import dev.diolab.benchmarks.verify.history.Words;
import dev.diolab.benchmarks.verify.record.OverlayDevice;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.engine.check.CheckFinding;
import dev.diolab.engine.check.CheckReport;
import dev.diolab.engine.check.Checker;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Guarantee;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges one crashed image: mounts it, reads the files, unmounts it, runs fsck, and compares with
 * what the guarantees allow.
 *
 * <p>Thread safety: none.
 */
final class StateJudge {
  private final DioStrategy strategy;
  private final ConversionPolicy policy;
  private final MemorySegment buffer = MemorySegment.ofArray(new byte[Script.MAX_FILE_BYTES]);
  private final DioRequest request = new DioRequest(buffer);

  StateJudge(DioStrategy strategy, ConversionPolicy policy) {
    this.strategy = strategy;
    this.policy = policy;
  }

  /** Mounts {@code image}, as recovery after a crash does. */
  Volume mount(BlockDevice image) throws IOException {
    return Volume.mount(image, strategy, policy, MountOptions.withoutCommitThread());
  }

  /** What is wrong with {@code image}, which is as a crash at {@code tick} left it. */
  List<Violation> judge(OverlayDevice image, long tick, List<FileOracle> oracles) {
    List<Contents> files = new ArrayList<>();
    try (Volume volume = mount(image)) {
      for (int file = 0; file < oracles.size(); file++) {
        files.add(read(volume.open(file + 1)));
      }
    } catch (IOException | RuntimeException | Error e) {
      return List.of(new Violation(Claim.IMAGE, "recovery fails: " + Failure.messageOf(e)));
    }
    List<Violation> found = new ArrayList<>();
    for (int file = 0; file < files.size(); file++) {
      Contents contents = files.get(file);
      found.addAll(oracles.get(file).check(tick, contents.size(), contents.words()));
    }
    addFindings(image, found);
    return found;
  }

  private Contents read(DioFile file) throws IOException {
    long size = file.size();
    if (size == 0 || size > Script.MAX_FILE_BYTES || size % Words.SECTOR != 0) {
      return new Contents(size, new long[0]);
    }
    int bytes = file.read(request.prepare(0, 0, (int) size, false));
    return new Contents(size, Words.read(buffer, bytes));
  }

  private static void addFindings(OverlayDevice image, List<Violation> found) {
    CheckReport report = Checker.check(image);
    for (CheckFinding finding : report.findings()) {
      found.add(new Violation(claimOf(finding), "fsck: " + finding));
    }
    if (report.pendingOrphans() > 0) {
      found.add(
          new Violation(
              Claim.IMAGE,
              "fsck: "
                  + report.pendingOrphans()
                  + " inodes are still on the orphan list after recovery"));
    }
  }

  private static Claim claimOf(CheckFinding finding) {
    Guarantee broken = finding.kind().breaks();
    return broken == null ? Claim.IMAGE : Claim.valueOf(broken.name());
  }

  /** A file as it was found: its size, and its words where the size can be right at all. */
  @SuppressWarnings("ArrayRecordComponent") // lives as long as one judgement
  private record Contents(long size, long[] words) {}
}
