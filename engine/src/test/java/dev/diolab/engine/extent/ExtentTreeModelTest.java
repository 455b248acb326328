package dev.diolab.engine.extent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tree against a model of arrays, all invariants checked after every operation. */
class ExtentTreeModelTest {
  private static final int BLOCKS = 400;

  enum Kind {
    ALLOCATE_WRITTEN,
    ALLOCATE_UNWRITTEN,
    CONVERT,
    UNCONVERT,
    PUNCH,
    TRUNCATE,
    MAP,
    COMMIT
  }

  record Op(Kind kind, int at, int count) {}

  @Provide
  Arbitrary<Op> ops() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.integers().between(0, BLOCKS - 1),
            Arbitraries.integers().between(1, 40))
        .as(Op::new);
  }

  @Property(tries = 120)
  void treeOfSmallBlocksAgreesWithAnArray(@ForAll List<@From("ops") Op> ops) throws IOException {
    run(1024, ops);
  }

  @Property(tries = 120)
  void treeOfLargeBlocksAgreesWithAnArray(@ForAll List<@From("ops") Op> ops) throws IOException {
    run(4096, ops);
  }

  private static void run(int blockSize, List<Op> ops) throws IOException {
    ExtentModel model = new ExtentModel(new TestVolume(blockSize, 2 * BLOCKS), BLOCKS);
    for (Op op : ops) {
      apply(model, op);
      model.check();
    }
  }

  /**
   * Every second block is allocated first, which makes as many extents as there are and a tree of
   * depth 2; then everything else happens at random.
   */
  @ParameterizedTest
  @CsvSource({"1024, 1600, 1", "1024, 1600, 2", "2048, 3000, 3", "4096, 6000, 4", "4096, 6000, 5"})
  void fragmentedTreeAgreesWithAnArray(int blockSize, int blocks, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    TestVolume volume = new TestVolume(blockSize, blocks * 3L / 2);
    ExtentModel model = new ExtentModel(volume, blocks);
    for (int at = 0; at < blocks; at += 2) {
      model.allocate(at, 1, random.nextBoolean());
    }
    assertThat(model.check().depth).isGreaterThanOrEqualTo(2);
    for (int i = 0; i < 4000; i++) {
      apply(model, randomOp(random, blocks));
      model.check();
    }
    model.truncate(0);
    Structure empty = model.check();
    assertThat(empty.extents).isEmpty();
    assertThat(empty.nodes).isEmpty();
    assertThat(empty.depth).isZero();
  }

  private static Op randomOp(SplittableRandom random, int blocks) {
    int at = random.nextInt(blocks);
    int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 64 : 2);
    int dice = random.nextInt(100);
    if (dice < 35) {
      return new Op(dice % 2 == 0 ? Kind.ALLOCATE_WRITTEN : Kind.ALLOCATE_UNWRITTEN, at, count);
    } else if (dice < 50) {
      return new Op(Kind.CONVERT, at, count);
    } else if (dice < 60) {
      return new Op(Kind.UNCONVERT, at, count);
    } else if (dice < 70) {
      return new Op(Kind.PUNCH, at, count);
    } else if (dice < 72) {
      // Mostly near the end, so that the tree stays large; at times most of it goes.
      int tail = random.nextInt(10) == 0 ? blocks : blocks / 16;
      return new Op(Kind.TRUNCATE, blocks - 1 - random.nextInt(tail), count);
    } else if (dice < 90) {
      return new Op(Kind.MAP, at, count);
    }
    return new Op(Kind.COMMIT, at, count);
  }

  private static void apply(ExtentModel model, Op op) throws IOException {
    switch (op.kind()) {
      case ALLOCATE_WRITTEN -> model.allocate(op.at(), op.count(), false);
      case ALLOCATE_UNWRITTEN -> model.allocate(op.at(), op.count(), true);
      case CONVERT -> model.convert(op.at(), op.count());
      case UNCONVERT -> model.unconvert(op.at(), op.count());
      case PUNCH -> model.punch(op.at(), op.count());
      case TRUNCATE -> model.truncate(op.at());
      case MAP -> model.map(op.at(), op.count());
      case COMMIT -> model.commit();
    }
  }
}
