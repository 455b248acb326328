package dev.diolab.benchmarks.verify.fsx;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the operations of one thread as fsx does: every kind is as likely as the others; offsets
 * of reads lie in the file, those of writes anywhere; a mapped read or write that is switched off
 * becomes a plain one.
 *
 * <p>Thread safety: none; one for each thread.
 */
final class OpGenerator {
  private static final OpKind[] KINDS = {
    OpKind.READ,
    OpKind.WRITE,
    OpKind.MAP_READ,
    OpKind.MAP_WRITE,
    OpKind.TRUNCATE,
    OpKind.FALLOCATE,
    OpKind.PUNCH_HOLE,
    OpKind.ZERO_RANGE,
    OpKind.FSYNC
  };

  private final Settings settings;
  private final int thread;
  private final SplittableRandom random;

  /** A store that waits for the truncate that makes room for it. */
  private @Nullable Op postponed;

  OpGenerator(Settings settings, int thread, long seed) {
    this.settings = settings;
    this.thread = thread;
    this.random = new SplittableRandom(seed);
  }

  /** The next operation on a file of about {@code size} bytes. */
  Op next(int size) {
    Op waiting = postponed;
    if (waiting != null) {
      postponed = null;
      return waiting;
    }
    if (settings.closeOpen() > 0 && random.nextInt(settings.closeOpen()) == 0) {
      return Op.of(OpKind.CLOSE_OPEN, 0, 0);
    }
    while (true) {
      Op op = choose(size);
      if (op != null) {
        return op.by(thread);
      }
    }
  }

  private @Nullable Op choose(int size) {
    OpKind kind = KINDS[random.nextInt(KINDS.length)];
    boolean flag = random.nextBoolean();
    return switch (kind) {
      case READ -> read(size, flag);
      case WRITE -> write(flag);
      case MAP_READ -> settings.mappedReads() ? mapRead(size) : read(size, flag);
      case MAP_WRITE -> settings.mappedWrites() ? mapWrite(size) : write(flag);
      case TRUNCATE ->
          Op.of(kind, 0, aligned(below(settings.longestFile() + 1), settings.truncateBoundary()));
      case FALLOCATE ->
          settings.fallocates() ? keeping(flag, range(kind, settings.longestFile(), 1)) : null;
      case PUNCH_HOLE -> settings.punches() ? range(kind, size, 1) : null;
      case ZERO_RANGE ->
          settings.zeroRanges() ? keeping(flag, range(kind, settings.longestFile(), 1)) : null;
      default -> Op.of(OpKind.FSYNC, 0, 0);
    };
  }

  private @Nullable Op read(int size, boolean flag) {
    return data(OpKind.READ, Math.max(size, 1), settings.readBoundary(), flag);
  }

  private @Nullable Op write(boolean flag) {
    return data(OpKind.WRITE, settings.longestFile(), settings.writeBoundary(), flag);
  }

  private @Nullable Op data(OpKind kind, int limit, int boundary, boolean flag) {
    Access access = settings.access();
    if (access == Access.DIRECT || (access == Access.MIXED && flag)) {
      int whole = boundary % Settings.DIRECT_ALIGNMENT == 0 ? boundary : Settings.DIRECT_ALIGNMENT;
      int end = kind == OpKind.READ ? Math.ceilDiv(limit, whole) * whole : limit;
      Op op = range(kind, end, whole);
      if (op == null || op.length() < whole) {
        return null;
      }
      return Op.of(kind, op.offset(), aligned(op.length(), whole)).asDirect();
    }
    return range(kind, limit, boundary);
  }

  private @Nullable Op mapRead(int size) {
    return range(OpKind.MAP_READ, size, settings.readBoundary());
  }

  private @Nullable Op mapWrite(int size) {
    Op op = range(OpKind.MAP_WRITE, settings.longestFile(), settings.writeBoundary());
    if (op != null && op.end() > size) {
      postponed = op.by(thread);
      return Op.of(OpKind.TRUNCATE, 0, op.end());
    }
    return op;
  }

  private static @Nullable Op keeping(boolean keepSize, @Nullable Op op) {
    return op != null && keepSize ? op.keepingSize() : op;
  }

  /** A range that ends at {@code limit} at the latest; null when it would be empty. */
  private @Nullable Op range(OpKind kind, int limit, int boundary) {
    int length = below(settings.longestOp() + 1);
    if (limit == 0) {
      return null;
    }
    int offset = aligned(below(limit), boundary);
    length = Math.min(length, limit - offset);
    return length == 0 ? null : Op.of(kind, offset, length);
  }

  private int below(int bound) {
    return random.nextInt(bound);
  }

  private static int aligned(int value, int boundary) {
    return value - value % boundary;
  }
}
