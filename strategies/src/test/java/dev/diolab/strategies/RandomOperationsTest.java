package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random operations of one thread against an array that does the same (the idea of fsx). */
class RandomOperationsTest extends ContractTest {
  private static final int SECTOR = 512;
  private static final int MAX_FILE = 256 * 1024;
  private static final int OPERATIONS = 600;

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#functional")
  void fileHoldsWhatTheModelHolds(Setup setup) throws IOException {
    for (long seed = 1; seed <= 3; seed++) {
      run(setup, seed);
    }
  }

  private void run(Setup setup, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    byte[] model = new byte[0];
    for (int i = 0; i < OPERATIONS; i++) {
      switch (random.nextInt(12)) {
        case 0 -> {
          int size = random.nextInt(MAX_FILE);
          file.truncate(size);
          model = Arrays.copyOf(model, size);
        }
        case 1, 2 -> {
          int offset = random.nextInt(MAX_FILE - SECTOR);
          int bytes = 1 + random.nextInt(MAX_FILE - offset);
          boolean keepSize = random.nextBoolean();
          file.fallocate(offset, bytes, keepSize);
          model = keepSize ? model : Arrays.copyOf(model, Math.max(model.length, offset + bytes));
        }
        case 3 -> file.fsync();
        case 4 -> file = bench.remountAndReopen(file);
        default -> model = write(bench, file, model, random, i);
      }
      assertThat(file.size()).as("seed %d, operation %d", seed, i).isEqualTo(model.length);
      if (i % 10 == 0) {
        assertThat(bench.readAll(file)).as("seed %d, operation %d", seed, i).isEqualTo(model);
      }
    }
    assertThat(bench.readAll(file)).as("seed %d", seed).isEqualTo(model);
  }

  private static byte[] write(
      Bench bench, DioFile file, byte[] model, SplittableRandom random, int operation)
      throws IOException {
    int sectors = MAX_FILE / SECTOR;
    int from = random.nextInt(sectors - 1);
    int count = 1 + random.nextInt(Math.min(64, sectors - from));
    byte[] data = Bench.data(operation, count * SECTOR);
    bench.write(file, (long) from * SECTOR, data, random.nextInt(8) == 0);
    byte[] written = Arrays.copyOf(model, Math.max(model.length, (from + count) * SECTOR));
    System.arraycopy(data, 0, written, from * SECTOR, data.length);
    return written;
  }
}
