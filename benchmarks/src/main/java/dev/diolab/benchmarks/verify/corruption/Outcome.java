package dev.diolab.benchmarks.verify.corruption;

import org.jspecify.annotations.Nullable;

/**
 * How one damage ended.
 *
 * @param verdict what check and mount made of it
 * @param reason why a clean bill is right; null with other verdicts
 * @param failure what is wrong; null without
 */
record Outcome(Verdict verdict, @Nullable Reason reason, @Nullable String failure) {

  /** What check and mount made of a damage. */
  enum Verdict {
    /** The check named it, and mount refused the image. */
    REFUSED,
    /** The check named it; mount took the image, and every use of it ended. */
    NAMED,
    /** A clean bill, for a {@link Reason}. */
    CLEAN_BILL,
    FAILED
  }

  /** Why a clean bill is right. */
  enum Reason {
    TORN_TAIL("looks like a transaction that a crash tore: recovery ends before it"),
    REPLACED("recovery replaces the block by a copy in the log"),
    NOT_SEALED("a byte that nothing uses"),
    UNUSED_LOG("a log block that no transaction needs"),
    OLD_VERSION("an earlier state with right checksums"),
    FORGED("right checksums, and no contradiction");

    private final String explanation;

    Reason(String explanation) {
      this.explanation = explanation;
    }

    String explanation() {
      return explanation;
    }
  }

  static Outcome of(Verdict verdict) {
    return new Outcome(verdict, null, null);
  }

  static Outcome cleanBill(Reason reason) {
    return new Outcome(Verdict.CLEAN_BILL, reason, null);
  }

  static Outcome failed(String failure) {
    return new Outcome(Verdict.FAILED, null, failure);
  }
}
