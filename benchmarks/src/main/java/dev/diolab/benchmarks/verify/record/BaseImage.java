package dev.diolab.benchmarks.verify.record;

import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Formatted, poisoned images of 8 MiB that recordings start from.
 *
 * <p>Thread safety: all methods may be called at once.
 */
final class BaseImage {
  /** Bytes of every verified image. */
  static final int BYTES = 8 << 20;

  /** About the smallest that a volume can have: it wraps after some dozens of commits. */
  private static final int JOURNAL_BLOCKS = 160;

  private static final Map<Integer, byte[]> FORMATTED = new ConcurrentHashMap<>();

  private BaseImage() {}

  /** A device over a new volume with blocks of {@code blockSize}. */
  static OverlayDevice formatted(int blockSize) throws IOException {
    byte[] image = FORMATTED.get(blockSize);
    if (image == null) {
      OverlayDevice device = new OverlayDevice(new byte[BYTES]);
      VolumeFormatter.poison(device, (done, total) -> {});
      VolumeFormatter.format(
          device, new VolumeOptions(blockSize, JOURNAL_BLOCKS, Script.FILES + 1));
      image = device.contents();
      FORMATTED.put(blockSize, image);
    }
    return new OverlayDevice(image);
  }
}
