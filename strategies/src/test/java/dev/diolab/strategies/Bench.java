package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.check.Checker;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.file.ReadOnlyVolumeException;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A poisoned volume on a device in memory or on a file, and short words for reading and writing it.
 */
final class Bench implements AutoCloseable {
  static final int DEVICE_BYTES = 16 << 20;
  private static final int JOURNAL_BLOCKS = 256;

  private final Setup setup;
  private final FailingDevice device;
  private final List<Volume> mounted = new ArrayList<>();

  /** Devices that hold, or held, a volume of this bench. */
  private final List<BlockDevice> images = new ArrayList<>();

  private Volume volume;

  private Bench(Setup setup, FailingDevice device, Volume volume) {
    this.setup = setup;
    this.device = device;
    this.volume = volume;
    mounted.add(volume);
    images.add(device);
  }

  static Bench of(Setup setup) throws IOException {
    FailingDevice device = new FailingDevice(newDevice(setup.medium()));
    VolumeFormatter.poison(device, (done, total) -> {});
    VolumeFormatter.format(device, new VolumeOptions(setup.blockSize(), JOURNAL_BLOCKS, 32));
    return new Bench(setup, device, mount(device, setup));
  }

  private static BlockDevice newDevice(Setup.Medium medium) throws IOException {
    if (medium == Setup.Medium.MEMORY) {
      return new MemoryDevice(DEVICE_BYTES);
    }
    Path directory = Files.createDirectories(Path.of("target", "images"));
    Path image = Files.createTempFile(directory, "contract", ".img");
    Files.delete(image);
    FileDevice device = FileDevice.create(image, DEVICE_BYTES);
    Files.delete(image); // open until the device is closed, and gone with the process in any case
    return device;
  }

  private static Volume mount(BlockDevice device, Setup setup) throws IOException {
    return mount(device, setup, MountOptions.defaults());
  }

  private static Volume mount(BlockDevice device, Setup setup, MountOptions options)
      throws IOException {
    return Volume.mount(
        device,
        setup.strategy(),
        setup.policy(),
        setup.journalled() ? options : options.withoutJournal());
  }

  Volume volume() {
    return volume;
  }

  FailingDevice device() {
    return device;
  }

  int blockSize() {
    return setup.blockSize();
  }

  /** Whether a transfer to {@code deviceOffset} belongs to the journal. */
  boolean isInJournal(long deviceOffset) {
    long block = deviceOffset / blockSize();
    return block >= 1 && block <= JOURNAL_BLOCKS;
  }

  /**
   * Leaves the mounted volume as a crash would, everything that was not committed lost, and mounts
   * the image again.
   */
  DioFile crashAndReopen(DioFile file) throws IOException {
    volume = mount(crashedImage(), setup);
    mounted.add(volume);
    return volume.open(file.inodeNumber());
  }

  /** As {@link #crashAndReopen}, as if a check had found nothing. */
  DioFile crashCheckAndReopen(DioFile file) throws IOException {
    volume = mount(device.copyOfContents(), setup, MountOptions.defaults().acceptingChecked());
    mounted.add(volume);
    return volume.open(file.inodeNumber());
  }

  /** The image as it is on the device now, mounted on a device of its own. */
  Bench crashedCopy() throws IOException {
    FailingDevice copy = crashedImage();
    Bench crashed = new Bench(setup, copy, mount(copy, setup));
    mounted.add(crashed.volume);
    return crashed;
  }

  /** What a crash leaves now; its log and orphans are still to be recovered. */
  private FailingDevice crashedImage() throws IOException {
    FailingDevice image = device.copyOfContents();
    requireSound(image);
    images.add(image);
    return image;
  }

  /** What a crash leaves now, as it is, for a test that looks at it from within the device. */
  FailingDevice copyOfDevice() {
    try {
      return device.copyOfContents();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The device, to be damaged by the test: its image is not checked at the end. */
  FailingDevice deviceToDamage() {
    images.remove(device);
    return device;
  }

  private static void requireSound(BlockDevice image) {
    assertThat(Checker.check(image).findings()).as("findings of the check").isEmpty();
  }

  /**
   * Unmounts everything that was mounted here, also what a test turned read-only, and checks the
   * images that are left.
   */
  @Override
  public void close() throws IOException {
    for (Volume each : mounted) {
      boolean failedBefore = each.isReadOnly();
      try {
        each.close();
      } catch (ReadOnlyVolumeException e) {
        if (!failedBefore) {
          throw e;
        }
      }
    }
    try {
      images.forEach(Bench::requireSound);
    } finally {
      device.close();
    }
  }

  /** Unmounts and mounts again. */
  DioFile remountAndReopen(DioFile file) throws IOException {
    volume.close();
    volume = mount(device, setup);
    mounted.add(volume);
    return volume.open(file.inodeNumber());
  }

  /** The same with other options. */
  DioFile remountAndReopen(DioFile file, MountOptions options) throws IOException {
    volume.close();
    volume = mount(device, setup, options);
    mounted.add(volume);
    return volume.open(file.inodeNumber());
  }

  /** The file as a crash now would leave it, while this volume goes on. */
  DioFile crashedOpen(DioFile file) throws IOException {
    Volume crashed = mount(crashedImage(), setup);
    mounted.add(crashed);
    return crashed.open(file.inodeNumber());
  }

  void write(DioFile file, long offset, byte[] data) throws IOException {
    write(file, offset, data, false);
  }

  void write(DioFile file, long offset, byte[] data, boolean dsync) throws IOException {
    file.write(request(data).prepare(0, offset, data.length, dsync));
  }

  /** Up to {@code bytes} bytes from {@code offset}: what one read returns. */
  byte[] read(DioFile file, long offset, int bytes) throws IOException {
    MemorySegment buffer = volume.allocateBuffer(bytes);
    buffer.fill((byte) 0x77);
    int done = file.read(new DioRequest(buffer).prepare(0, offset, bytes, false));
    return buffer.asSlice(0, done).toArray(ValueLayout.JAVA_BYTE);
  }

  /** The whole contents. */
  byte[] readAll(DioFile file) throws IOException {
    int sector = device.offsetAlignment();
    int bytes = (int) ((file.size() + sector - 1) / sector * sector);
    return bytes == 0 ? new byte[0] : read(file, 0, bytes);
  }

  void writeBuffered(DioFile file, long offset, byte[] data) throws IOException {
    writeBuffered(file, offset, data, false);
  }

  void writeBuffered(DioFile file, long offset, byte[] data, boolean dsync) throws IOException {
    file.writeBuffered(request(data).prepare(0, offset, data.length, dsync));
  }

  /** Up to {@code bytes} bytes from {@code offset}: what one read through the cache returns. */
  byte[] readBuffered(DioFile file, long offset, int bytes) throws IOException {
    MemorySegment buffer = volume.allocateBuffer(bytes);
    buffer.fill((byte) 0x77);
    int done = file.readBuffered(new DioRequest(buffer).prepare(0, offset, bytes, false));
    return buffer.asSlice(0, done).toArray(ValueLayout.JAVA_BYTE);
  }

  private DioRequest request(byte[] data) {
    MemorySegment buffer = volume.allocateBuffer(data.length);
    MemorySegment.copy(data, 0, buffer, ValueLayout.JAVA_BYTE, 0, data.length);
    return new DioRequest(buffer);
  }

  /**
   * {@code bytes} bytes that are neither zero nor poison and differ from place to place and from
   * seed to seed.
   */
  static byte[] data(int seed, int bytes) {
    byte[] data = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      data[i] = (byte) (1 + Math.floorMod(31 * seed + i % 251 + i / 512, 96));
    }
    return data;
  }
}
