package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.device.DeviceLog;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.device.RecordingDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.file.ReadOnlyVolumeException;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import dev.diolab.engine.format.BlockSeal;
import dev.diolab.engine.format.Bytes;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.InodeRecord;
import dev.diolab.engine.format.Poison;
import dev.diolab.engine.format.Superblock;
import dev.diolab.engine.journal.RecoverySummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What mkfs and mount owe when the device, the options or the image do not fit. */
class MountTest {
  private static final int DEVICE_BYTES = 4 << 20;
  private static final int JOURNAL_BLOCKS = 160;

  private final FailingDevice device = new FailingDevice(new MemoryDevice(DEVICE_BYTES));

  private static VolumeOptions options(int blockSize) {
    return new VolumeOptions(blockSize, JOURNAL_BLOCKS, 32);
  }

  private static Volume mount(FailingDevice device) throws IOException {
    return Volume.mount(device, Strategies.byName("i-mutex"), Policies.byName("end-io"));
  }

  private static Volume mountQuietly(FailingDevice device) throws IOException {
    return Volume.mount(
        device,
        Strategies.byName("i-mutex"),
        Policies.byName("end-io"),
        MountOptions.withoutCommitThread());
  }

  @Test
  void mkfsRefusesBlocksThatTheDeviceCannotTransfer() throws IOException {
    VolumeFormatter.poison(device, (done, total) -> {});
    FailingDevice coarse = new FailingDevice(device, 4096);
    assertThatThrownBy(() -> VolumeFormatter.format(coarse, options(1024)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("block size 1024 is not a multiple")
        .hasMessageContaining("alignment of 4096");
    MemorySegment everything = device.allocateBuffer(DEVICE_BYTES);
    device.read(everything, 0, 0, DEVICE_BYTES);
    for (int at = 0; at < DEVICE_BYTES; at += Long.BYTES) {
      assertThat(Poison.isPoison(everything, at)).isTrue();
    }
  }

  @Test
  void mountRefusesBlocksThatTheDeviceCannotTransfer() throws IOException {
    VolumeFormatter.format(device, options(1024));
    FailingDevice coarse = new FailingDevice(device, 4096);
    assertThatThrownBy(() -> mount(coarse))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("block size 1024 is not a multiple");
  }

  @Test
  void mkfsRefusesAJournalTooSmallForTheDeepestTree() {
    assertThatThrownBy(() -> VolumeFormatter.format(device, new VolumeOptions(4096, 64, 32)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("journal of 64 blocks is too small");
  }

  @Test
  void interruptedMkfsLeavesAnImageThatSaysSo() throws IOException {
    VolumeFormatter.format(device, options(4096));
    try (Volume volume = mount(device)) {
      volume.create().fallocate(0, 64 * 1024, false);
    }
    for (int write = 1; write < 5; write++) {
      int[] left = {write};
      device.failWrites(offset -> left[0]-- == 0);
      assertThatThrownBy(() -> VolumeFormatter.format(device, options(4096)))
          .hasMessageContaining("fails as told");
      device.failWrites(offset -> false);
      assertThat(VolumeFormatter.isOurs(device)).isTrue();
      assertThatThrownBy(() -> mount(device))
          .isInstanceOf(CorruptImageException.class)
          .hasMessageContaining("mkfs did not finish");
    }
    VolumeFormatter.format(device, options(4096));
    try (Volume volume = mount(device)) {
      assertThatThrownBy(() -> volume.open(1)).hasMessageContaining("no such inode");
    }
  }

  @Test
  void imageOfAnotherVersionIsRefusedBeforeItsLogIsReadAsDamaged() throws IOException {
    VolumeFormatter.format(device, options(4096));
    FailingDevice crashed;
    try (Volume volume = mountQuietly(device)) {
      volume.create().fsync();
      crashed = device.copyOfContents();
    }
    edit(crashed, 0, Superblock.SEAL, block -> Bytes.putInt(block, 8, 1));
    FailingDevice untouched = crashed.copyOfContents();
    assertThatThrownBy(() -> mount(crashed))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("superblock: version 1, expected 2")
        .hasMessageContaining("format it again");
    assertThat(contents(crashed)).isEqualTo(contents(untouched));
    VolumeFormatter.format(crashed, options(4096));
    mount(crashed).close();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 32) * 4096 + 1})
  void mountRefusesASizeThatNoFileHas(long size) throws IOException {
    VolumeFormatter.format(device, options(4096));
    try (Volume volume = mount(device)) {
      volume.create();
    }
    edit(
        device, 1 + JOURNAL_BLOCKS, InodeRecord.SEAL, block -> InodeRecord.putSize(block, 0, size));
    assertThatThrownBy(() -> mount(device))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("inode 1: size is " + size + ", expected 0 to " + (1L << 44));
  }

  @Test
  void mountTakesTheLargestSizeThatAFileCanHave() throws IOException {
    VolumeFormatter.format(device, options(4096));
    try (Volume volume = mount(device)) {
      volume.create().truncate(1L << 44);
    }
    try (Volume volume = mount(device)) {
      assertThat(volume.open(1).size()).isEqualTo(1L << 44);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyWriteIsDurableAfterAnUnmount(boolean journalled) throws IOException {
    VolumeFormatter.format(device, options(4096));
    RecordingDevice recording = new RecordingDevice(device);
    MountOptions options =
        journalled
            ? MountOptions.withoutCommitThread()
            : MountOptions.withoutCommitThread().withoutJournal();
    for (int mount = 0; mount < 2; mount++) {
      try (Volume volume =
          Volume.mount(
              recording, Strategies.byName("i-mutex"), Policies.byName("end-io"), options)) {
        DioFile file = mount == 0 ? volume.create() : volume.open(1);
        DioRequest request = new DioRequest(volume.allocateBuffer(8192));
        file.write(request.prepare(0, 0, 8192, false));
      }
    }
    DeviceLog log = recording.log();
    assertThat(log.writes())
        .allMatch(
            write ->
                write.fua() || log.flushes().stream().anyMatch(each -> write.end() < each.begin()));
  }

  @Test
  void unmountThatCannotFlushTheDataSaysSo() throws IOException {
    VolumeFormatter.format(device, options(4096));
    Volume volume = mountQuietly(device);
    device.failNextFlush();
    assertThatThrownBy(volume::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("flush fails as told");
  }

  @Test
  void matchingImageHasAsManyInodes() throws IOException {
    VolumeFormatter.format(device, new VolumeOptions(4096, JOURNAL_BLOCKS, 20));
    assertThat(VolumeFormatter.matches(device, new VolumeOptions(4096, JOURNAL_BLOCKS, 20)))
        .isTrue();
    assertThat(VolumeFormatter.matches(device, new VolumeOptions(4096, JOURNAL_BLOCKS, 21)))
        .isFalse();
  }

  @Test
  void mountThatFailsLeavesNoThreadBehind() throws IOException {
    VolumeFormatter.format(device, options(4096));
    flipByte((1 + JOURNAL_BLOCKS) * 4096L + 100);
    Set<Thread> before = commitThreads();
    assertThatThrownBy(() -> mount(device))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("inode record");
    assertThat(commitThreads()).isEqualTo(before);
  }

  @Test
  void truncateThatCannotReadTheTreeStopsTheVolumeBeforeOldDataComesBack() throws IOException {
    VolumeFormatter.format(device, options(1024));
    try (Volume volume = mount(device)) {
      DioFile file = volume.create();
      for (int i = 0; i < 8; i++) {
        file.fallocate(i * 4096L, 1024, false);
      }
      file.fsync();
    }
    Volume volume = mount(device);
    DioFile file = volume.open(1);
    long size = file.size();
    device.failReads(offset -> true);
    assertThatThrownBy(() -> file.truncate(0)).hasMessageContaining("fails as told");
    device.failReads(offset -> false);
    assertThatThrownBy(() -> file.truncate(size)).isInstanceOf(ReadOnlyVolumeException.class);
    assertThatThrownBy(volume::close).isInstanceOf(ReadOnlyVolumeException.class);
    try (Volume again = mount(device)) {
      assertThat(again.open(1).size()).isEqualTo(size);
      again.open(1).truncate(0);
      assertThat(again.open(1).extents().extents()).isZero();
    }
  }

  @Test
  void mountWithoutCommitThreadStartsNoThread() throws IOException {
    VolumeFormatter.format(device, options(4096));
    Set<Thread> before = commitThreads();
    try (Volume volume = mountQuietly(device)) {
      volume.create().fsync();
      assertThat(volume.counters().journalCommits()).isOne();
      assertThat(commitThreads()).isEqualTo(before);
    }
  }

  @Test
  void mountAfterAnUnmountFindsNothingToRecover() throws IOException {
    VolumeFormatter.format(device, options(4096));
    try (Volume volume = mountQuietly(device)) {
      volume.create().fallocate(0, 64 * 1024, false);
    }
    try (Volume volume = mountQuietly(device)) {
      assertThat(volume.recovery()).isEqualTo(new RecoverySummary(0, 0, 0, 0, 0));
      assertThat(volume.orphansProcessed()).isZero();
    }
  }

  @Test
  void mountAfterACrashTellsWhatItRecovered() throws IOException {
    VolumeFormatter.format(device, options(4096));
    FailingDevice[] crashed = new FailingDevice[1];
    try (Volume volume = mountQuietly(device)) {
      DioFile file = volume.create();
      DioFile other = volume.create();
      file.fsync();
      DioRequest request = new DioRequest(volume.allocateBuffer(8192));
      device.failWrites(
          offset -> {
            device.failWrites(each -> false);
            commitAndCopy(other, crashed);
            return false;
          });
      file.write(request.prepare(0, 0, 8192, false));
    }
    try (Volume volume = mountQuietly(crashed[0])) {
      assertThat(volume.recovery().transactions()).isEqualTo(2);
      assertThat(volume.recovery().lastTid()).isPositive();
      assertThat(volume.recovery().blocksWritten()).isPositive();
      assertThat(volume.orphansProcessed()).isOne();
    }
    try (Volume volume = mountQuietly(crashed[0])) {
      assertThat(volume.recovery().transactions()).isZero();
      assertThat(volume.orphansProcessed()).isZero();
    }
  }

  private void commitAndCopy(DioFile other, FailingDevice[] copy) {
    try {
      other.fallocate(0, 4096, false);
      other.fsync();
      copy[0] = device.copyOfContents();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void flipByte(long at) throws IOException {
    long sector = at / 512 * 512;
    MemorySegment buffer = device.allocateBuffer(512);
    device.read(buffer, 0, sector, 512);
    long index = at - sector;
    buffer.set(ValueLayout.JAVA_BYTE, index, (byte) ~buffer.get(ValueLayout.JAVA_BYTE, index));
    device.write(buffer, 0, sector, 512);
  }

  /** Changes a block of 4 KiB and gives it the right checksums. */
  private static void edit(
      FailingDevice device, long number, BlockSeal seal, Consumer<byte[]> change)
      throws IOException {
    MemorySegment buffer = device.allocateBuffer(4096);
    device.read(buffer, 0, number * 4096, 4096);
    byte[] block = buffer.toArray(ValueLayout.JAVA_BYTE);
    change.accept(block);
    seal.seal(block, number);
    device.write(MemorySegment.ofArray(block), 0, number * 4096, 4096);
  }

  private static byte[] contents(FailingDevice device) throws IOException {
    MemorySegment everything = device.allocateBuffer(DEVICE_BYTES);
    device.read(everything, 0, 0, DEVICE_BYTES);
    return everything.toArray(ValueLayout.JAVA_BYTE);
  }

  private static Set<Thread> commitThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("diolab-commit"))
        .collect(Collectors.toSet());
  }
}
