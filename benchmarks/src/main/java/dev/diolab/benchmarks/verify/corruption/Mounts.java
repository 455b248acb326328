package dev.diolab.benchmarks.verify.corruption;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.InodeRecord;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mounts images the way that the attack uses them: one strategy, and no thread of their own. */
final class Mounts {
  private Mounts() {}

  static Volume mount(BlockDevice device) throws IOException {
    return Volume.mount(
        device,
        Strategies.byName("iomap-endio"),
        Policies.byName("end-io"),
        MountOptions.withoutCommitThread());
  }

  /** Every file that can be opened. */
  static List<DioFile> files(Volume volume, Geometry geometry) {
    int inodes = geometry.inodeTableBlocks() * geometry.blockSize() / InodeRecord.BYTES;
    List<DioFile> files = new ArrayList<>();
    for (int number = 1; number <= inodes; number++) {
      DioFile file = fileOrNull(volume, number);
      if (file != null) {
        files.add(file);
      }
    }
    return files;
  }

  private static @Nullable DioFile fileOrNull(Volume volume, int number) {
    try {
      return volume.open(number);
    } catch (IOException e) {
      return null; // there is no such file
    }
  }
}
