package dev.diolab.benchmarks.verify.faults;

import static dev.diolab.benchmarks.verify.faults.FaultImage.BLOCK;

import dev.diolab.benchmarks.verify.faults.FaultImage.Member;
import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.util.List;

/**
 * Requests on another file that are in flight with the one that meets the fault: an overwrite, a
 * write to unwritten blocks, and a read.
 */
final class Bystanders {
  private static final int SEED = 3;
  private static final long OVERWRITE_AT = 2 * BLOCK;
  private static final long FILL_AT = 9 * BLOCK;
  private static final long READ_AT = 5 * BLOCK;

  private final DioFile file;
  private final Expected expected;
  private final DioRequest overwrite;
  private final DioRequest fill;
  private final DioRequest read;

  Bystanders(World world, Expected expected) throws IOException {
    this.file = world.open(Member.OTHER);
    this.expected = expected;
    this.overwrite = request(world, OVERWRITE_AT);
    this.fill = request(world, FILL_AT);
    this.read = request(world, READ_AT);
  }

  private static DioRequest request(World world, long offset) {
    return world.request(offset, FaultImage.data(SEED, offset, BLOCK), false);
  }

  /** Submits the writes. */
  void write(AioContext context) throws IOException {
    expected.write(OVERWRITE_AT, FaultImage.data(SEED, OVERWRITE_AT, BLOCK));
    expected.write(FILL_AT, FaultImage.data(SEED, FILL_AT, BLOCK));
    expected.doubt(FILL_AT, BLOCK); // not visible before its conversion, which may come later
    context.write(file, overwrite);
    context.write(file, fill);
  }

  /** Submits the read. */
  void read(AioContext context) {
    context.read(file, read);
  }

  List<DioRequest> requests() {
    return List.of(overwrite, fill, read);
  }

  /**
   * They succeed; but where the journal fails, the write to unwritten blocks may tell of that too.
   */
  void judge(Judge judge, FaultPoint point) {
    for (DioRequest each : requests()) {
      Attempt its = Attempt.of(() -> judge.requireBytes(BLOCK, each.result()));
      boolean mayFail = each == fill && point.ends() == FaultPoint.Ends.READ_ONLY;
      judge.require(
          !its.failed() || (mayFail && its.isReadOnly() && its.tellsOf(point)),
          () -> "another request in flight reports " + its.label());
    }
  }
}
