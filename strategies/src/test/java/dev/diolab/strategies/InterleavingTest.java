package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two operations on one file, the second at the worst moment of the first. */
class InterleavingTest extends ContractTest {

  static Stream<Setup> setups() {
    return Setup.all()
        .map(
            setup ->
                new Setup(
                    new HookedStrategy(setup.strategy()),
                    setup.policy(),
                    setup.blockSize(),
                    setup.medium()));
  }

  static Stream<Setup> setupsThatLock() {
    return setups().filter(setup -> !setup.strategy().isCeiling());
  }

  private static HookedStrategy hooks(Setup setup) {
    return (HookedStrategy) setup.strategy();
  }

  @ParameterizedTest
  @MethodSource("setupsThatLock")
  void truncateThatFollowsAGrantedWriteWins(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 8192));
    AtomicReference<Thread> truncater = new AtomicReference<>(Thread.currentThread());
    hooks(setup)
        .afterNextWriteIsGranted(
            () -> {
              truncater.set(started(() -> file.truncate(0)));
              awaitAsleep(truncater.get());
              return null;
            });

    bench.write(file, 4096, Bench.data(2, 4096));
    truncater.get().join();

    assertThat(file.size()).isZero();
    assertThat(file.extents()).isEqualTo(new ExtentSummary(0, 0, 0));
    bench.write(file, 0, Bench.data(3, 4096));
    assertThat(bench.readAll(file)).isEqualTo(Bench.data(3, 4096));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void operationThatFindsItsFileUnlinkedFailsAndLeavesTheNewOwnerOfTheInodeAlone(Setup setup)
      throws IOException {
    for (FileAction late : LATE_ACTIONS) {
      Bench bench = open(setup);
      DioFile file = bench.volume().create();
      bench.write(file, 0, Bench.data(1, 8192));
      AtomicReference<DioFile> successor = new AtomicReference<>(file);
      hooks(setup)
          .beforeNext(
              () -> {
                bench.volume().unlink(file.inodeNumber());
                successor.set(bench.volume().create());
                bench.write(successor.get(), 0, Bench.data(2, 4096));
                return null;
              });

      assertThatThrownBy(() -> late.run(bench, file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("inode " + file.inodeNumber() + " was unlinked");

      DioFile owner = successor.get();
      assertThat(owner.inodeNumber()).isEqualTo(file.inodeNumber());
      assertThat(bench.readAll(owner)).isEqualTo(Bench.data(2, 4096));
      assertThat(owner.extents()).isEqualTo(new ExtentSummary(1, 4096 / bench.blockSize(), 0));
      assertThat(bench.volume().open(owner.inodeNumber()).size()).isEqualTo(4096);
    }
  }

  private static final FileAction[] LATE_ACTIONS = {
    (bench, file) -> bench.read(file, 0, 4096),
    (bench, file) -> bench.write(file, 0, Bench.data(3, 4096)),
    (bench, file) -> bench.write(file, 16 * 1024, Bench.data(3, 4096)),
    (bench, file) -> file.truncate(100),
    (bench, file) -> file.truncate(64 * 1024),
    (bench, file) -> file.fallocate(0, 64 * 1024, false),
    (bench, file) -> file.fsync(),
    (bench, file) -> bench.volume().unlink(file.inodeNumber()),
  };

  private static Thread started(FileCall call) {
    Thread thread =
        new Thread(
            () -> {
              try {
                call.run();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    return thread;
  }

  /** Returns when {@code thread} waits for somebody, or is over. */
  private static void awaitAsleep(Thread thread) {
    Thread.State state = thread.getState();
    while (state != Thread.State.WAITING && state != Thread.State.TERMINATED) {
      Thread.onSpinWait();
      state = thread.getState();
    }
  }

  private interface FileCall {
    void run() throws IOException;
  }

  private interface FileAction {
    void run(Bench bench, DioFile file) throws IOException;
  }
}
