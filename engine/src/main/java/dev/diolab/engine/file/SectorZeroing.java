package dev.diolab.engine.file;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Zeroes bytes on the device: a sector of which only a part is meant is read, changed and written
 * back. The caller keeps everybody else away from those sectors.
 */
final class SectorZeroing {
  private SectorZeroing() {}

  /** Zeroes {@code bytes} bytes of one block. */
  static void zero(Volume volume, long deviceOffset, int bytes) throws IOException {
    int sector = volume.device().offsetAlignment();
    long end = deviceOffset + bytes;
    long firstWhole = (deviceOffset + sector - 1) / sector * sector;
    long endWhole = end / sector * sector;
    if (firstWhole > endWhole) {
      zeroInSector(volume, deviceOffset, bytes);
      return;
    }
    if (deviceOffset < firstWhole) {
      zeroInSector(volume, deviceOffset, (int) (firstWhole - deviceOffset));
    }
    if (firstWhole < endWhole) {
      volume.writeZeros(firstWhole, endWhole - firstWhole);
    }
    if (endWhole < end) {
      zeroInSector(volume, endWhole, (int) (end - endWhole));
    }
  }

  private static void zeroInSector(Volume volume, long from, int bytes) throws IOException {
    BlockDevice device = volume.device();
    int size = device.offsetAlignment();
    int keep = (int) (from % size);
    MemorySegment sector = device.allocateBuffer(size);
    device.read(sector, 0, from - keep, size);
    sector.asSlice(keep, bytes).fill((byte) 0);
    device.write(sector, 0, from - keep, size);
    volume.counts().bytesZeroed.add(bytes);
  }
}
