package dev.diolab.benchmarks.verify.corruption;

import dev.diolab.benchmarks.verify.corruption.Outcome.Reason;
import dev.diolab.engine.check.CheckFinding;
import dev.diolab.engine.check.CheckFinding.Kind;
import dev.diolab.engine.check.CheckReport;
import dev.diolab.engine.format.Superblock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a damage allows: which clean bill is right, and what must be named.
 *
 * <p>Thread safety: not changed once it is made.
 */
final class Expectation {
  private final SoundImage image;
  private final Damage damage;
  private final List<Place> changed;

  Expectation(SoundImage image, Damage damage) {
    this.image = image;
    this.damage = damage;
    this.changed = damage.changed(image);
  }

  /** Why a clean bill is right; null when it is not. */
  @Nullable Reason reasonForCleanBill() {
    if (damage.kind() == Damage.Kind.OLD_VERSION) {
      return Reason.OLD_VERSION;
    } else if (damage.kind() == Damage.Kind.FORGED) {
      return Reason.FORGED;
    } else if (changed.stream().anyMatch(this::mustBeNamed)) {
      return null;
    } else if (firstDamagedTid() <= image.lastTid()) {
      return Reason.TORN_TAIL;
    } else if (changed.stream().anyMatch(Place::replaced)) {
      return Reason.REPLACED;
    }
    return changed.get(0).structure() == Structure.LOG_REST ? Reason.UNUSED_LOG : Reason.NOT_SEALED;
  }

  /**
   * The oldest transaction in the log that is not whole any more; larger than any in the log when
   * all are. A forged one may be whole.
   */
  long firstDamagedTid() {
    if (damage.kind() == Damage.Kind.FORGED) {
      return Long.MAX_VALUE;
    }
    return changed.stream()
        .filter(place -> place.structure().isLive())
        .mapToLong(Place::tid)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * Whether the report names one of the damaged places, when it has to. A damaged transaction is
   * named as a whole.
   */
  boolean isNamedIn(CheckReport report) {
    if (damage.kind().keepsChecksums() || changed.stream().noneMatch(this::mustBeNamed)) {
      return true;
    }
    return changed.stream()
        .anyMatch(place -> report.findings().stream().anyMatch(finding -> names(finding, place)));
  }

  private static boolean names(CheckFinding finding, Place place) {
    return switch (place.structure()) {
      case SUPERBLOCK -> finding.kind() == Kind.SUPERBLOCK;
      case JOURNAL_SUPERBLOCK, LOG_DESCRIPTOR, LOG_COPY, LOG_REVOKE, LOG_COMMIT ->
          finding.kind() == Kind.JOURNAL;
      default -> {
        String block = "block " + place.block();
        String text = finding.place() + " " + finding.meaning() + " ";
        yield text.matches("(?s).*\\b" + block + "\\b.*");
      }
    };
  }

  /**
   * Whether bytes under a seal changed that recovery does not replace. Recovery replaces less when
   * the log is damaged too, so nothing is demanded then of a block with a copy there.
   */
  private boolean mustBeNamed(Place place) {
    return switch (place.structure()) {
      case SUPERBLOCK -> isSealedPartChanged(place);
      case JOURNAL_SUPERBLOCK -> true;
      case INODE_TABLE, BITMAP, EXTENT_NODE -> !place.replaced();
      case LOG_DESCRIPTOR, LOG_COPY, LOG_REVOKE, LOG_COMMIT, LOG_REST -> false;
    };
  }

  private boolean isSealedPartChanged(Place place) {
    byte[] now = damage.contents().getOrDefault(place, new byte[Superblock.BYTES]);
    return !Arrays.equals(
        now, 0, Superblock.BYTES, image.block(place.block()), 0, Superblock.BYTES);
  }
}
