package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.FileMapping;
import dev.diolab.engine.file.MountOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads, writes and mappings through the page cache, alone and mixed with direct I/O. */
class BufferedContractTest extends ContractTest {
  private static final String SETUPS = "dev.diolab.strategies.Setup#buffered";

  @ParameterizedTest
  @MethodSource(SETUPS)
  void oddRangesReadAsTheyWereWritten(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.writeBuffered(file, 1, Bench.data(1, 10_001));
    bench.writeBuffered(file, 4_095, Bench.data(2, 2));
    byte[] expected = new byte[10_002];
    System.arraycopy(Bench.data(1, 10_001), 0, expected, 1, 10_001);
    System.arraycopy(Bench.data(2, 2), 0, expected, 4_095, 2);

    assertThat(file.size()).isEqualTo(10_002);
    assertThat(bench.readBuffered(file, 0, 20_000)).isEqualTo(expected);
    assertThat(bench.read(file, 0, 10_240)).isEqualTo(expected);
    assertThat(bench.readBuffered(bench.remountAndReopen(file), 0, 20_000)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void readsStopAtTheEndOfTheFile(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.writeBuffered(file, 0, Bench.data(1, 5_000));
    assertThat(bench.readBuffered(file, 4_990, 100)).hasSize(10);
    assertThat(bench.readBuffered(file, 5_000, 100)).isEmpty();
    assertThat(bench.readBuffered(file, 9_000_000, 100)).isEmpty();
    assertThat(bench.read(file, 4_608, 4_096)).hasSize(392);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void oneThreadNeverSeesTheTwoKindsOfAccessDiffer(Setup setup) throws IOException {
    Bench bench = open(setup);
    mix(bench, bench.volume().create(), 600_000, 400);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void fileLargerThanTheMemoryForPagesKeepsItsBytes(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.remountAndReopen(bench.volume().create(), oneMebibyteOfPages());
    mix(bench, file, 3 << 20, 300);
  }

  private static MountOptions oneMebibyteOfPages() {
    return MountOptions.withoutCommitThread().withPageCache(1 << 20);
  }

  /** Random operations of all kinds in one thread, each read compared, and the whole at the end. */
  private static void mix(Bench bench, DioFile file, int most, int operations) throws IOException {
    Random random = new Random(7);
    byte[] model = new byte[most];
    int size = 0;
    for (int i = 0; i < operations; i++) {
      int offset = random.nextInt(most - 70_000);
      int bytes = 1 + random.nextInt(70_000 - 512);
      int sector = offset / 512 * 512;
      int sectors = (bytes + 511) / 512 * 512;
      switch (random.nextInt(9)) {
        case 0, 1 -> {
          bench.writeBuffered(file, offset, Bench.data(i, bytes));
          System.arraycopy(Bench.data(i, bytes), 0, model, offset, bytes);
          size = Math.max(size, offset + bytes);
        }
        case 2, 3 -> {
          bench.write(file, sector, Bench.data(i, sectors), random.nextBoolean());
          System.arraycopy(Bench.data(i, sectors), 0, model, sector, sectors);
          size = Math.max(size, sector + sectors);
        }
        case 4 -> {
          file.truncate(offset);
          Arrays.fill(model, Math.min(size, offset), most, (byte) 0);
          size = offset;
        }
        case 5 -> file.fsync();
        case 6 -> {
          int end = Math.min(size, offset + bytes);
          if (offset < end) {
            store(file, offset, Bench.data(i, end - offset));
            System.arraycopy(Bench.data(i, end - offset), 0, model, offset, end - offset);
          }
        }
        case 7 -> {
          byte[] expected = part(model, size, sector, sectors);
          assertThat(bench.read(file, sector, sectors)).as("operation %d", i).isEqualTo(expected);
        }
        default -> {
          byte[] expected = part(model, size, offset, bytes);
          assertThat(bench.readBuffered(file, offset, bytes))
              .as("operation %d", i)
              .isEqualTo(expected);
        }
      }
      assertThat(file.size()).as("operation %d", i).isEqualTo(size);
    }
    byte[] expected = Arrays.copyOf(model, size);
    assertThat(bench.readBuffered(file, 0, Math.max(1, size))).isEqualTo(expected);
    assertThat(bench.readAll(file)).isEqualTo(expected);
    file.fsync();
    assertThat(bench.readAll(bench.crashCheckAndReopen(file))).isEqualTo(expected);
  }

  private static byte[] part(byte[] model, int size, int offset, int bytes) {
    int from = Math.min(size, offset);
    return Arrays.copyOfRange(model, from, Math.max(from, Math.min(size, offset + bytes)));
  }

  private static void store(DioFile file, int offset, byte[] data) throws IOException {
    int page = offset / 4096 * 4096;
    try (FileMapping mapping = file.mmap(page, offset - page + data.length)) {
      mapping.store(offset - page, MemorySegment.ofArray(data), 0, data.length);
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void whatATruncateCutOffReadsAsZerosAfterLaterGrowth(Setup setup) throws IOException {
    Bench bench = open(setup);
    for (Growth growth : GROWTHS) {
      DioFile file = bench.volume().create();
      bench.write(file, 0, Bench.data(1, 12_288));
      bench.readBuffered(file, 0, 12_288);
      file.truncate(700);
      growth.run(bench, file);
      assertThat(Arrays.copyOfRange(bench.readBuffered(file, 0, 8_192), 700, 8_192))
          .containsOnly(0);
      file.fsync();
      assertThat(Arrays.copyOfRange(bench.read(file, 0, 8_192), 700, 8_192)).containsOnly(0);
      assertThat(bench.read(file, 0, 512)).isEqualTo(Bench.data(1, 512));
    }
  }

  private static final Growth[] GROWTHS = {
    (bench, file) -> file.truncate(20_000),
    (bench, file) -> bench.writeBuffered(file, 15_001, Bench.data(2, 10)),
    (bench, file) -> bench.write(file, 16_384, Bench.data(2, 512)),
    (bench, file) -> file.fallocate(0, 20_000, false),
  };

  @ParameterizedTest
  @MethodSource(SETUPS)
  void storesOfAMappingReachFileReadsAndTheDevice(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.truncate(9_000);
    try (FileMapping mapping = file.mmap(4_096, 8_192)) {
      mapping.store(10, MemorySegment.ofArray(Bench.data(1, 6_000)), 0, 6_000);
      byte[] loaded = new byte[4_894];
      mapping.load(10, MemorySegment.ofArray(loaded), 0, loaded.length);
      assertThat(loaded).isEqualTo(Bench.data(1, 4_894));
    }
    assertThat(file.size()).isEqualTo(9_000);
    assertThat(bench.readBuffered(file, 4_106, 6_000)).isEqualTo(Bench.data(1, 4_894));
    file.fsync();
    DioFile after = bench.crashCheckAndReopen(file);
    assertThat(bench.readBuffered(after, 4_106, 6_000)).isEqualTo(Bench.data(1, 4_894));
    assertThat(bench.readBuffered(after, 0, 4_106)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void bytesStoredBehindTheEndAreLost(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.writeBuffered(file, 0, Bench.data(1, 100));
    try (FileMapping mapping = file.mmap(0, 8_192)) {
      mapping.store(50, MemorySegment.ofArray(Bench.data(2, 1_000)), 0, 1_000);
      assertThatThrownBy(() -> mapping.store(4_096, MemorySegment.ofArray(new byte[1]), 0, 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("SIGBUS");
      assertThatThrownBy(() -> mapping.load(4_096, MemorySegment.ofArray(new byte[1]), 0, 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("SIGBUS");
    }
    file.truncate(4_096);
    byte[] all = bench.readBuffered(file, 0, 4_096);
    assertThat(Arrays.copyOfRange(all, 50, 100)).isEqualTo(Bench.data(2, 50));
    assertThat(Arrays.copyOfRange(all, 100, 4_096)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void directRequestsTransferFromAndToAMapping(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile source = bench.volume().create();
    DioFile file = bench.volume().create();
    int bytes = 100 * 4_096;
    bench.writeBuffered(source, 0, Bench.data(1, bytes));
    try (FileMapping mapping = source.mmap(0, bytes)) {
      DioRequest request = new DioRequest(mapping);
      assertThat(file.write(request.prepare(512, 1_024, bytes - 1_024, false)))
          .isEqualTo(bytes - 1_024);
      assertThat(bench.read(file, 1_024, bytes - 1_024))
          .isEqualTo(Arrays.copyOfRange(Bench.data(1, bytes), 512, bytes - 512));
      bench.write(file, 0, Bench.data(2, bytes));
      assertThat(file.read(request.prepare(0, 0, bytes, false))).isEqualTo(bytes);
    }
    assertThat(bench.readBuffered(source, 0, bytes)).isEqualTo(Bench.data(2, bytes));
    assertThat(bench.readAll(source)).isEqualTo(Bench.data(2, bytes));
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void directWriteFromAMappingOfTheSameFileCopies(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.writeBuffered(file, 0, Bench.data(1, 65_536));
    try (FileMapping mapping = file.mmap(0, 16_384)) {
      DioRequest request = new DioRequest(mapping);
      assertThat(file.write(request.prepare(0, 32_768, 16_384, false))).isEqualTo(16_384);
    }
    byte[] expected = Bench.data(1, 65_536);
    System.arraycopy(expected, 0, expected, 32_768, 16_384);
    assertThat(bench.readAll(file)).isEqualTo(expected);
    assertThat(bench.readBuffered(file, 0, 65_536)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void bufferThatMapsTheVeryRangeOfTheRequestKeepsItsBytes(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    int bytes = 80 * 4_096;
    bench.writeBuffered(file, 0, Bench.data(1, bytes));
    try (FileMapping mapping = file.mmap(0, bytes)) {
      DioRequest request = new DioRequest(mapping);
      assertThat(file.write(request.prepare(0, 0, bytes, false))).isEqualTo(bytes);
      assertThat(bench.readAll(file)).isEqualTo(Bench.data(1, bytes));
      assertThat(file.read(request.prepare(0, 0, bytes, false))).isEqualTo(bytes);
      assertThat(bench.readAll(file)).isEqualTo(Bench.data(1, bytes));
    }
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void pageThatCannotBeWrittenOutStaysDirtyAndFsyncTells(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, Bench.data(1, 8_192), true);
    bench.writeBuffered(file, 0, Bench.data(2, 8_192));
    bench.device().failWrites(offset -> !bench.isInJournal(offset));
    assertThatThrownBy(file::fsync)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("fails as told");
    bench.device().failWrites(offset -> false);
    assertThat(bench.readBuffered(file, 0, 8_192)).isEqualTo(Bench.data(2, 8_192));
    file.fsync();
    assertThat(bench.read(bench.crashCheckAndReopen(file), 0, 8_192))
        .isEqualTo(Bench.data(2, 8_192));
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#all")
  void crashBeforeAWriteOutLeavesTheOldSizeAndADsyncWriteStays(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file =
        bench.remountAndReopen(bench.volume().create(), MountOptions.withoutCommitThread());
    bench.writeBuffered(file, 0, Bench.data(1, 700));
    file.fsync();
    bench.writeBuffered(file, 700, Bench.data(2, 20_000));
    assertThat(bench.readBuffered(bench.crashedOpen(file), 0, 50_000))
        .isEqualTo(Bench.data(1, 700));

    bench.writeBuffered(file, 20_700, Bench.data(3, 10), true);
    byte[] after = bench.readBuffered(bench.crashedOpen(file), 0, 50_000);
    assertThat(after).hasSize(20_710);
    assertThat(Arrays.copyOfRange(after, 20_700, 20_710)).isEqualTo(Bench.data(3, 10));
    assertThat(Arrays.copyOf(after, 700)).isEqualTo(Bench.data(1, 700));
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#all")
  void directDsyncWriteBehindPagesThatAreDirtyCoversItself(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file =
        bench.remountAndReopen(bench.volume().create(), MountOptions.withoutCommitThread());
    bench.writeBuffered(file, 0, Bench.data(1, 65_536));
    bench.write(file, 16_384, Bench.data(2, 4_096), true);
    DioFile after = bench.crashedOpen(file);
    assertThat(after.size()).isGreaterThanOrEqualTo(20_480);
    assertThat(bench.readBuffered(after, 16_384, 4_096)).isEqualTo(Bench.data(2, 4_096));
    assertThat(bench.readBuffered(after, 0, 16_384)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void dirtyPagesOfAnUnlinkedFileAreForgotten(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    long free = bench.volume().freeBlocks();
    bench.writeBuffered(file, 0, Bench.data(1, 65_536));
    bench.volume().unlink(file.inodeNumber());
    DioFile successor = bench.volume().create();
    successor.fsync();
    assertThat(bench.volume().freeBlocks()).isEqualTo(free);
    assertThatThrownBy(() -> bench.readBuffered(file, 0, 10)).hasMessageContaining("unlinked");
    assertThat(bench.readBuffered(successor, 0, 10)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void writeThatDoesNotFitLeavesNothingBehindTheSize(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.writeBuffered(file, 0, Bench.data(1, 10_000));
    file.fsync();
    long free = bench.volume().freeBlocks();
    byte[] tooMuch = new byte[Bench.DEVICE_BYTES];
    assertThatThrownBy(() -> bench.writeBuffered(file, 10_000, tooMuch))
        .isInstanceOf(dev.diolab.engine.extent.NoSpaceException.class);
    file.fsync();
    assertThat(file.size()).isEqualTo(10_000);
    assertThat(bench.volume().freeBlocks()).isEqualTo(free);
    assertThat(bench.readBuffered(file, 0, 20_000)).isEqualTo(Bench.data(1, 10_000));
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.strategies.Setup#all")
  void readsGoOnWhenTheJournalHasFailed(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.writeBuffered(file, 0, Bench.data(1, 10_000));
    file.fsync();
    bench.writeBuffered(file, 4_000, Bench.data(2, 3_000));
    bench.device().failNextFlush();
    assertThatThrownBy(file::fsync).isInstanceOf(IOException.class);
    assertThat(bench.volume().isReadOnly()).isTrue();
    assertThatThrownBy(() -> bench.writeBuffered(file, 0, new byte[1]))
        .hasMessageContaining("read-only");
    byte[] expected = Bench.data(1, 10_000);
    System.arraycopy(Bench.data(2, 3_000), 0, expected, 4_000, 3_000);
    assertThat(bench.readBuffered(file, 0, 10_000)).isEqualTo(expected);
    assertThat(bench.read(file, 0, 10_240)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void threadsOfAllKindsKeepTheirOwnPages(Setup setup) throws Exception {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    bench.write(file, 0, new byte[512 * 1024]);
    int threads = 4;
    inThreads(
        threads,
        thread -> {
          Random random = new Random(thread);
          byte[][] mine = new byte[128][];
          for (int i = 0; i < 300; i++) {
            int page = random.nextInt(128 / threads) * threads + thread;
            byte[] data = Bench.data(random.nextInt(1000), 4_096);
            byte[] expected = mine[page] == null ? new byte[4_096] : mine[page];
            switch (random.nextInt(5)) {
              case 0 -> bench.writeBuffered(file, page * 4096L, data);
              case 1 -> bench.write(file, page * 4096L, data);
              case 2 -> store(file, page * 4096, data);
              case 3 -> {
                assertThat(bench.read(file, page * 4096L, 4096)).isEqualTo(expected);
                data = expected;
              }
              default -> {
                assertThat(bench.readBuffered(file, page * 4096L, 4096)).isEqualTo(expected);
                data = expected;
              }
            }
            mine[page] = data;
          }
          file.fsync();
          for (int page = thread; page < 128; page += threads) {
            byte[] expected = mine[page] == null ? new byte[4_096] : mine[page];
            assertThat(bench.read(file, page * 4096L, 4096)).isEqualTo(expected);
          }
        });
    assertThat(file.size()).isEqualTo(512 * 1024);
  }

  /** Makes a file longer. */
  private interface Growth {
    void run(Bench bench, DioFile file) throws IOException;
  }

  @ParameterizedTest
  @MethodSource(SETUPS)
  void writeOutLeavesBlocksOfThePageAloneThatNobodyWroteTo(Setup setup) throws IOException {
    Bench bench = open(setup);
    DioFile file = bench.volume().create();
    file.fallocate(0, 4096, false);
    bench.writeBuffered(file, bench.blockSize() / 2, Bench.data(1, 100));
    file.fsync();
    if (!setup.convertsByItself()) {
      assertThat(file.extents().unwrittenBlocks()).isEqualTo(4096 / bench.blockSize() - 1);
    }
    assertThat(bench.read(file, 0, 4096)).isEqualTo(bench.readBuffered(file, 0, 4096));
  }
}
