package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import dev.diolab.engine.file.ReadOnlyVolumeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a volume owes when its device fails: nothing that was acknowledged is lost or made up. */
class ReadOnlyContractTest extends ContractTest {
  private static final String SETUPS = "dev.diolab.strategies.Setup#all";
  private static final int THREADS = 4;

  @ParameterizedTest
  @MethodSource(SETUPS)
  void afterTheJournalFailedEveryChangeIsRefusedAndReadsGoOn(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 16 * 1024));
    file.fallocate(0, 64 * 1024, true);
    file.fsync();
    bench.device().failWrites(bench::isInJournal);
    assertThat(bench.volume().isReadOnly()).isFalse();
    file.truncate(32 * 1024);

    assertRefused(file::fsync);

    assertThat(bench.volume().isReadOnly()).isTrue();
    bench.device().failWrites(offset -> false);
    assertRefused(file::fsync);
    assertRefused(file::fdatasync);
    assertRefused(() -> bench.write(file, 0, Bench.data(2, 4096)));
    assertRefused(() -> bench.write(file, 0, Bench.data(2, 4096), true));
    assertRefused(() -> bench.write(file, 20 * 1024, Bench.data(2, 4096)));
    assertRefused(() -> bench.write(file, 60 * 1024, Bench.data(2, 4096)));
    assertRefused(() -> file.fallocate(0, 4096, true));
    assertRefused(() -> file.truncate(0));
    assertRefused(() -> bench.volume().create());
    assertRefused(() -> bench.volume().unlink(file.inodeNumber()));
    assertThat(bench.read(file, 0, 16 * 1024)).isEqualTo(Bench.data(1, 16 * 1024));
    assertThat(bench.volume().open(file.inodeNumber()).size()).isEqualTo(32 * 1024);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void unmountAfterTheJournalFailedSaysWhatToDoAndTheNextMountHasWhatWasDurable(Setup setup)
      throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 16 * 1024), true);
    bench.write(file, 16 * 1024, Bench.data(2, 16 * 1024));
    bench.device().failWrites(bench::isInJournal);

    assertThatThrownBy(() -> bench.volume().close())
        .isInstanceOf(ReadOnlyVolumeException.class)
        .hasMessageContaining("fails as told")
        .hasMessageContaining("mount it again")
        .hasCauseInstanceOf(IOException.class);

    bench.device().failWrites(offset -> false);
    DioFile after = bench.crashAndReopen(file);
    assertThat(bench.readAll(after)).isEqualTo(Bench.data(1, 16 * 1024));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void fsyncAfterAFailedFlushDoesNotVouchForEarlierWrites(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    DioFile other = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4096));
    file.fsync();
    bench.write(file, 0, Bench.data(2, 4096));
    bench.device().failNextFlush();

    assertRefused(other::fsync);

    assertRefused(file::fsync);
    assertRefused(() -> bench.write(file, 0, Bench.data(3, 4096), true));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void failedWriteOfDataFailsItsRequestAndNothingElse(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 64 * 1024, false);
    bench.write(file, 0, Bench.data(1, 4096), true);
    for (long offset : new long[] {0, 8192, 64 * 1024}) {
      bench.device().failWrites(at -> !bench.isInJournal(at));
      assertThatThrownBy(() -> bench.write(file, offset, Bench.data(2, 4096), true))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(ReadOnlyVolumeException.class)
          .hasMessageContaining("fails as told");
      bench.device().failWrites(at -> false);
    }
    assertThat(bench.volume().isReadOnly()).isFalse();
    bench.write(file, 8192, Bench.data(3, 4096), true);
    DioFile after = bench.crashAndReopen(file);
    assertThat(bench.read(after, 0, 4096)).isEqualTo(Bench.data(1, 4096));
    assertThat(bench.read(after, 4096, 4096)).containsOnly(0);
    assertThat(bench.read(after, 8192, 4096)).isEqualTo(Bench.data(3, 4096));
    assertThat(after.size()).isEqualTo(64 * 1024);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void failedExtendingWriteFreesAllBlocksBehindTheSize(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 4096));
    file.fallocate(0, 64 * 1024, true);
    bench.device().failWrites(at -> !bench.isInJournal(at));
    assertThatThrownBy(() -> bench.write(file, 4096, Bench.data(2, 8192)))
        .hasMessageContaining("fails as told");
    bench.device().failWrites(at -> false);
    if (setup.policy().allowsDirectConversion()) {
      assertThat(file.size()).isEqualTo(4096);
      assertThat(file.extents()).isEqualTo(new ExtentSummary(1, 4096 / bench.blockSize(), 0));
    } else { // only the write-out failed: the file has grown, and its pages stay dirty
      file.fsync();
      DioFile after = bench.crashAndReopen(file);
      assertThat(after.size()).isEqualTo(12 * 1024);
      assertThat(bench.read(after, 4096, 8192)).isEqualTo(Bench.data(2, 8192));
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void writersWhoseJournalFailsKeepWhatTheyWerePromised(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile shared = bench.volume().create();
    shared.fallocate(0, (long) THREADS * Pieces.COUNT * Pieces.BYTES, false);
    List<Pieces> pieces = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      pieces.add(new Pieces(bench, bench.volume().create(), 0));
      pieces.add(new Pieces(bench, shared, (long) i * Pieces.COUNT));
    }
    shared.fsync();
    AtomicInteger journalWritesLeft = new AtomicInteger(60);
    bench
        .device()
        .failWrites(at -> bench.isInJournal(at) && journalWritesLeft.decrementAndGet() < 0);
    inThreads(
        THREADS,
        thread -> {
          SplittableRandom random = new SplittableRandom(thread);
          boolean refused = false;
          while (!refused) {
            refused = pieces.get(2 * thread + random.nextInt(2)).step(random);
          }
        });
    assertThat(bench.volume().isReadOnly()).isTrue();
    assertThatThrownBy(() -> bench.volume().close()).isInstanceOf(ReadOnlyVolumeException.class);
    bench.device().failWrites(at -> false);
    bench.crashAndReopen(shared);
    for (Pieces each : pieces) {
      each.requireKept();
    }
  }

  /** One thread's pieces of a file, and which version of each it knows to be durable. */
  private static final class Pieces {
    static final int COUNT = 16;
    static final int BYTES = 4096;

    private final Bench bench;
    private final DioFile file;
    private final long firstPiece;
    private final int[] tried = new int[COUNT];
    private final int[] written = new int[COUNT];
    private final int[] durable = new int[COUNT];

    Pieces(Bench bench, DioFile file, long firstPiece) {
      this.bench = bench;
      this.file = file;
      this.firstPiece = firstPiece;
    }

    /** One random operation; true when it was refused. */
    boolean step(SplittableRandom random) throws IOException {
      try {
        if (random.nextInt(4) == 0) {
          int[] before = written.clone();
          file.fsync();
          System.arraycopy(before, 0, durable, 0, COUNT);
        } else {
          write(random.nextInt(COUNT), random.nextInt(3) == 0);
        }
        return false;
      } catch (ReadOnlyVolumeException e) {
        return true;
      }
    }

    private void write(int piece, boolean dsync) throws IOException {
      int version = ++tried[piece];
      bench.write(file, offset(piece), Bench.data(version, BYTES), dsync);
      written[piece] = version;
      if (dsync) {
        durable[piece] = version;
      }
    }

    private long offset(int piece) {
      return (firstPiece + piece) * BYTES;
    }

    /** Looks at the volume that is mounted now. */
    void requireKept() throws IOException {
      DioFile after = bench.volume().open(file.inodeNumber());
      for (int piece = 0; piece < COUNT; piece++) {
        byte[] found = bench.read(after, offset(piece), BYTES);
        List<byte[]> allowed = new ArrayList<>();
        if (durable[piece] == 0) {
          allowed.add(new byte[found.length]);
        }
        for (int version = Math.max(1, durable[piece]); version <= tried[piece]; version++) {
          allowed.add(Bench.data(version, BYTES));
        }
        assertThat(allowed).as("piece %d of %s", piece, file.inodeNumber()).contains(found);
      }
    }
  }

  private static void assertRefused(ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOf(ReadOnlyVolumeException.class)
        .hasMessageContaining("read-only since its journal failed")
        .hasMessageContaining("fails as told")
        .hasMessageContaining("mount it again");
  }
}
