package dev.diolab.engine.extent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a look-up costs, counted in nodes and bytes rather than by the clock. */
class ExtentTreeScaleTest {
  private static final int MILLION = 1_000_000;

  /** MetaBlock, array header and the slot in the cache, generously. */
  private static final int OVERHEAD_BYTES = 128;

  @ParameterizedTest
  @CsvSource({"1024, false", "4096, false", "4096, true"})
  void millionExtentsStayShallowAndSmall(int blockSize, boolean backwards) throws IOException {
    TestVolume volume = new TestVolume(blockSize, MILLION + MILLION / 4);
    int[] depthAt = new int[7];
    for (int i = 0; i < MILLION; i++) {
      volume.allocate(2L * (backwards ? MILLION - i : i), 1, ExtentState.WRITTEN);
      for (int power = 0, count = 1; power < depthAt.length; power++, count *= 10) {
        if (i + 1 == count) {
          depthAt[power] = volume.tree.depth();
        }
      }
    }

    assertThat(volume.tree.count()).isEqualTo(MILLION);
    // Half full nodes at worst: each level multiplies the extents by at least that.
    int fanout = (blockSize - 16) / 12 / 2;
    for (int power = 0, count = 1; power < depthAt.length; power++, count *= 10) {
      int bound = (int) Math.ceil(Math.log(Math.max(1.0, count / 4.0)) / Math.log(fanout)) + 1;
      assertThat(depthAt[power]).as("depth of %d extents", count).isLessThanOrEqualTo(bound);
    }
    assertThat(volume.tree.depth()).isLessThanOrEqualTo(3);

    long[] nodes = new long[1];
    volume.tree.forEach(
        new ExtentVisitor() {
          @Override
          public void extent(long logical, long physical, int blocks, ExtentState state) {}

          @Override
          public void node(long block, int depth) {
            nodes[0]++;
          }
        });
    assertThat(nodes[0] * (blockSize + OVERHEAD_BYTES)).isLessThanOrEqualTo(64L << 20);
  }

  @Test
  void lookUpAllocatesNothing() throws IOException {
    TestVolume volume = new TestVolume(1024, 20_000);
    for (int i = 0; i < 6000; i++) {
      volume.allocate(2L * i, 1, ExtentState.UNWRITTEN);
    }
    assertThat(volume.tree.depth()).isGreaterThanOrEqualTo(2);
    Mapping out = new Mapping();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;

    // The first rounds run in the interpreter, which may box what compiled code does not.
    for (int round = 0; round < 20; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 50_000; i++) {
        volume.tree.map(i % 12_000, 8, out);
      }
      best = Math.min(best, threads.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(best).isZero();
  }
}
