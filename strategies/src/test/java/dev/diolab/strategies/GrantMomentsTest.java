package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import dev.diolab.engine.locking.Rules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The moments of a grant come once each and in order, however the request ends. */
class GrantMomentsTest extends ContractTest {
  private static final String[] ALL = {"submitted", "ioDone", "close"};

  private final Noting strategy = new Noting();

  private Bench open() throws IOException {
    return open(new Setup(strategy, Policies.byName("end-io"), 4096, Setup.Medium.MEMORY));
  }

  @Test
  void requestsThatSucceed() throws IOException {
    Bench bench = open();
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 8192));
    assertThat(strategy.takeMoments()).containsExactly(ALL);
    bench.write(file, 0, Bench.data(1, 8192), true);
    assertThat(strategy.takeMoments()).containsExactly(ALL);
    bench.read(file, 0, 8192);
    assertThat(strategy.takeMoments()).containsExactly(ALL);
    bench.read(file, 8192, 8192);
    assertThat(strategy.takeMoments()).containsExactly(ALL);
  }

  @Test
  void writesThatFailInTheDevice() throws IOException {
    Bench bench = open();
    DioFile file = bench.volume().create();
    file.fallocate(0, 8192, false);
    long data = bench.device().sizeBytes() / 16;
    bench.device().failWrites(offset -> offset > data);
    for (long offset : new long[] {0, 8192}) {
      assertThatThrownBy(() -> bench.write(file, offset, Bench.data(1, 8192)))
          .isInstanceOf(IOException.class);
      assertThat(strategy.takeMoments()).containsExactly(ALL);
    }
    bench.device().failWrites(offset -> false);
  }

  @Test
  void writesThatFindNoSpace() throws IOException {
    Bench bench = open();
    DioFile hog = bench.volume().create();
    assertThatThrownBy(() -> hog.fallocate(0, Bench.DEVICE_BYTES, false))
        .isInstanceOf(NoSpaceException.class);
    DioFile file = bench.volume().create();
    file.truncate(8192);
    for (long offset : new long[] {0, 8192}) {
      assertThatThrownBy(() -> bench.write(file, offset, Bench.data(1, 8192)))
          .isInstanceOf(NoSpaceException.class);
      assertThat(strategy.takeMoments()).containsExactly(ALL);
    }
  }

  @Test
  void extendingWriteThatFailsBeforeItMaps() throws IOException {
    Bench bench = open();
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4096));
    file.truncate(1000);
    strategy.takeMoments();
    long data = bench.device().sizeBytes() / 16;
    bench.device().failWrites(offset -> offset > data);
    assertThatThrownBy(() -> bench.write(file, 8192, Bench.data(1, 4096)))
        .isInstanceOf(IOException.class);
    assertThat(strategy.takeMoments()).containsExactly(ALL);
    bench.device().failWrites(offset -> false);
    assertThat(file.size()).isEqualTo(1000);
  }

  @Test
  void requestsOnAnUnlinkedFile() throws IOException {
    Bench bench = open();
    DioFile file = bench.volume().create();
    bench.volume().unlink(file.inodeNumber());
    assertThatThrownBy(() -> bench.write(file, 0, Bench.data(1, 4096)))
        .isInstanceOf(IOException.class);
    assertThat(strategy.takeMoments()).containsExactly(ALL);
    assertThatThrownBy(() -> bench.read(file, 0, 4096)).isInstanceOf(IOException.class);
    assertThat(strategy.takeMoments()).containsExactly(ALL);
  }

  /** Locks nothing, and notes what the path tells the grant of each read and write. */
  private static final class Noting implements DioStrategy, InodeLocking {
    private final List<String> moments = new ArrayList<>();

    List<String> takeMoments() {
      List<String> taken = List.copyOf(moments);
      moments.clear();
      return taken;
    }

    private Grant noting() {
      return new Grant() {
        @Override
        public void submitted() {
          moments.add("submitted");
        }

        @Override
        public void ioDone() {
          moments.add("ioDone");
        }

        @Override
        public void close() {
          moments.add("close");
        }
      };
    }

    @Override
    public String name() {
      return "noting";
    }

    @Override
    public String origin() {
      return "a test";
    }

    @Override
    public String summary() {
      return "locks nothing";
    }

    @Override
    public Rules rules() {
      return Rules.plain().syncingUnderLock().overwritingWithFua();
    }

    @Override
    public Set<Guarantee> guarantees() {
      return EnumSet.noneOf(Guarantee.class);
    }

    @Override
    public String defaultPolicy() {
      return "end-io";
    }

    @Override
    public InodeLocking attach(InodeView inode) {
      return this;
    }

    @Override
    public Grant directRead(DirectIo io) {
      return noting();
    }

    @Override
    public Grant directWrite(DirectIo io) {
      return noting();
    }

    @Override
    public Grant truncate(long newSize) {
      return Grant.NOTHING_HELD;
    }

    @Override
    public Grant fallocate(long offset, long bytes) {
      return Grant.NOTHING_HELD;
    }

    @Override
    public Grant bufferedWrite(long offset, long bytes) {
      return Grant.NOTHING_HELD;
    }

    @Override
    public Grant punch(long offset, long bytes) {
      return Grant.NOTHING_HELD;
    }

    @Override
    public Grant fsync() {
      return Grant.NOTHING_HELD;
    }
  }
}
