package dev.diolab.benchmarks.verify.corruption;

import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Makes the images that are attacked, the same ones every time. */
final class SoundImages {
  private static final int JOURNAL_BLOCKS = 161;
  private static final int INODES = 20;
  private static final int REQUEST_BYTES = 64 << 10;
  private static final byte DATA = 0x5A;

  private final int blockSize;
  private final HistoryDevice device;

  private SoundImages(int blockSize) throws IOException {
    this.blockSize = blockSize;
    // With 1 KiB blocks two groups, with 4 KiB blocks one.
    this.device = new HistoryDevice(blockSize == 1024 ? 9 << 20 : 8 << 20, blockSize);
    VolumeFormatter.poison(device, (done, total) -> {});
    VolumeFormatter.format(device, new VolumeOptions(blockSize, JOURNAL_BLOCKS, INODES));
    device.forgetVersions();
  }

  /** All kinds of images with small and with large blocks. */
  static List<SoundImage> all() throws IOException {
    List<SoundImage> all = new ArrayList<>();
    for (int blockSize : new int[] {1024, 4096}) {
      String blocks = ", blocks of " + blockSize + " bytes";
      all.add(new SoundImages(blockSize).unmounted("unmounted" + blocks));
      all.add(new SoundImages(blockSize).crashed("crashed" + blocks));
      all.add(new SoundImages(blockSize).wrapped("crashed, log wrapped" + blocks));
    }
    return all;
  }

  private SoundImage unmounted(String name) throws IOException {
    try (Volume volume = Mounts.mount(device)) {
      makeFiles(volume);
    }
    return SoundImage.of(name, device);
  }

  /**
   * A log with conversions, revokes and an inode on the orphan list, whose extending write was in
   * flight.
   */
  private SoundImage crashed(String name) throws IOException {
    try (Volume volume = Mounts.mount(device)) {
      makeFiles(volume);
    }
    List<SoundImage> made = new ArrayList<>();
    try (Volume volume = Mounts.mount(device)) {
      DioFile fragmented = volume.open(1);
      write(volume, fragmented, 2L * blockSize, blockSize);
      write(volume, fragmented, 8L * blockSize, blockSize);
      fragmented.fsync();
      volume.open(4).truncate(0);
      fragmented.fsync();
      DioFile extended = volume.create();
      write(volume, extended, 0, blockSize);
      extended.fsync();
      long data = (1L + JOURNAL_BLOCKS + INODES) * blockSize;
      device.interruptNextWrite(
          data,
          () -> {
            fragmented.fsync();
            made.add(SoundImage.of(name, device));
          });
      write(volume, extended, blockSize, 4 * blockSize);
    }
    return made.get(0);
  }

  /** A log that went round once; blocks of older transactions stand behind its head. */
  private SoundImage wrapped(String name) throws IOException {
    List<SoundImage> made = new ArrayList<>();
    try (Volume volume = Mounts.mount(device)) {
      makeFiles(volume);
      DioFile file = volume.open(1);
      for (int i = 0; i < 60; i++) {
        write(volume, file, 4L * (i + 1) * blockSize, blockSize);
        file.fsync();
      }
      DioFile late = volume.create();
      write(volume, late, 0, 2 * blockSize);
      late.fsync();
      made.add(SoundImage.of(name, device));
    }
    return made.get(0);
  }

  /**
   * File 1 has a deep tree, file 2 one long extent, file 3 no block, file 4 a tree to be freed; a
   * fifth one was removed again.
   */
  private void makeFiles(Volume volume) throws IOException {
    DioFile deep = volume.create();
    fragment(volume, deep, 400);
    DioFile whole = volume.create();
    write(volume, whole, 0, REQUEST_BYTES);
    volume.create().truncate(12345);
    DioFile freed = volume.create();
    fragment(volume, freed, 30);
    DioFile removed = volume.create();
    fragment(volume, removed, 10);
    volume.unlink(removed.inodeNumber());
    deep.fsync();
  }

  private void fragment(Volume volume, DioFile file, int extents) throws IOException {
    for (int i = 0; i < extents; i++) {
      file.fallocate(2L * i * blockSize, blockSize, false);
    }
    for (int i = 0; i < extents; i += 3) {
      write(volume, file, 2L * i * blockSize, blockSize);
    }
  }

  private static void write(Volume volume, DioFile file, long offset, int bytes)
      throws IOException {
    MemorySegment data = volume.allocateBuffer(bytes);
    data.fill(DATA);
    file.write(new DioRequest(data).prepare(0, offset, bytes, false));
  }
}
