package dev.diolab.results.verify;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifications for tests. */
public final class Verifications {
  /** The digest of the code that they are of. */
  public static final String DIGEST = "0123456789abcdef".repeat(4);

  private final List<VerifiedCell> cells = new ArrayList<>();
  private String digest = DIGEST;
  private String profile = "quick";
  private long seed = 7;
  private String shard = "1/1";
  private String started = "2026-11-21T09:00:00Z";
  private @Nullable Corruption corruption;

  /** A verification without a cell. */
  public static Verifications empty() {
    return new Verifications();
  }

  /** One with all there can be: a cell that held, one that did not, the ceiling and corruption. */
  public static Verifications mixed() {
    return empty()
        .cell("i-mutex", "end-io", 120_000, held("image"), held("G1"), undeclared("G5", 3))
        .cell(
            "iomap-endio",
            "end-io",
            60_000,
            held("image"),
            broken("G1", 2, "stale block 7", "cases/iomap-g1.json"),
            notAttacked("G4"))
        .ceiling("no-lock", "end-io", 30_000, held("image"), undeclared("G7", 9))
        .corruption(new Corruption(100, 60, 30, 10, 0, null));
  }

  Verifications digest(String next) {
    digest = next;
    return this;
  }

  Verifications profile(String next) {
    profile = next;
    return this;
  }

  Verifications seed(long next) {
    seed = next;
    return this;
  }

  Verifications shard(String next) {
    shard = next;
    return this;
  }

  Verifications started(String next) {
    started = next;
    return this;
  }

  Verifications corruption(@Nullable Corruption next) {
    corruption = next;
    return this;
  }

  /** Adds a cell. */
  public Verifications cell(
      String strategy, String policy, long states, GuaranteeVerdict... verdicts) {
    cells.add(new VerifiedCell(strategy, policy, false, states / 100, states, List.of(verdicts)));
    return this;
  }

  /** Adds a cell of a ceiling. */
  public Verifications ceiling(
      String strategy, String policy, long states, GuaranteeVerdict... verdicts) {
    cells.add(new VerifiedCell(strategy, policy, true, states / 100, states, List.of(verdicts)));
    return this;
  }

  /** What was put together. */
  public Verification get() {
    return new Verification(
        Verification.SCHEMA,
        new Code(digest, "c0ffee", false),
        profile,
        seed,
        List.of(shard),
        started,
        60,
        cells.stream().mapToLong(VerifiedCell::states).sum(),
        cells,
        corruption);
  }

  /** Declared, and held against 12,345 attacks. */
  public static GuaranteeVerdict held(String guarantee) {
    return new GuaranteeVerdict(guarantee, true, 12_345, 0, null, null);
  }

  /** Declared, and broken. */
  public static GuaranteeVerdict broken(
      String guarantee, long times, String message, String caseFile) {
    return new GuaranteeVerdict(guarantee, true, 12_345, times, message, caseFile);
  }

  /** Not declared, and broken so often. */
  public static GuaranteeVerdict undeclared(String guarantee, long times) {
    return new GuaranteeVerdict(guarantee, false, 500, times, null, null);
  }

  /** Declared, but nothing tried to break it. */
  public static GuaranteeVerdict notAttacked(String guarantee) {
    return new GuaranteeVerdict(guarantee, true, 0, 0, null, null);
  }
}
